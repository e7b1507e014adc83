/**
 * What the checks say of one document that goes to AWS: only what AWS would refuse, and whether it lets everybody in.
 * For a bucket, S3 says what that means.
 */
import type { Inspection } from "../account/change/check-plan.js";
import type { Catalogue } from "../catalogue/catalogue.js";
import { defaultConfiguration } from "../lint/configuration.js";
import { lint } from "../lint/lint.js";
import { rules } from "../lint/rules/index.js";
import { publicPrincipal } from "../lint/rules/security/public-principal.js";
import { findPolicies } from "../policy/find-policies.js";
import { detectKind } from "../policy/kind.js";
import { isPublicPolicy } from "../policy/public-policy.js";
import type { PolicyKind } from "../policy/words.js";
import { parseDocument } from "../syntax/document.js";

/** @param resourceType of a policy of a resource, as CloudFormation names it */
export function inspectDocument(
  text: string,
  kind: PolicyKind,
  resourceType: string | undefined,
  catalogue: Catalogue,
): Inspection {
  const document = parseDocument(text, "json");
  const policies = findPolicies(document.tree.root, true).map((policy) => {
    const detected = { policy, ...detectKind(policy, { override: kind }) };
    return resourceType === undefined ? detected : { ...detected, resourceType };
  });
  const { rules: configured } = defaultConfiguration(rules);
  const findings = lint(document, policies, { rules: configured, catalogue, variables: {} });
  return {
    errors: findings.filter(({ severity }) => severity === "error").map(({ message }) => message),
    isPublic:
      resourceType === "AWS::S3::Bucket"
        ? policies.some(({ policy }) => isPublicPolicy(policy))
        : findings.some(({ rule }) => rule === publicPrincipal),
  };
}
