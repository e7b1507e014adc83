/**
 * What the checks say of one document that goes to AWS, as the configuration for its file has them: the errors, and
 * whether a bucket lets everybody in, which S3 defines.
 */
import type { DocumentToInspect, Inspection } from "../account/change/check-plan.js";
import { lint } from "../lint/lint.js";
import { applySuppressions } from "../lint/suppression.js";
import { findPolicies } from "../policy/find-policies.js";
import { detectKind } from "../policy/kind.js";
import { isPublicPolicy } from "../policy/public-policy.js";
import { parseDocument } from "../syntax/document.js";
import type { Workspace } from "./workspace.js";

/** @param path of the file that the document stands in; what is in none is checked as in the first folder */
export function inspectDocument(
  { text, kind, resourceType }: DocumentToInspect,
  path: string | undefined,
  workspace: Workspace,
): Inspection {
  const document = parseDocument(text, "json");
  const policies = findPolicies(document.tree.root, true).map((policy) => {
    const detected = { policy, ...detectKind(policy, { override: kind }) };
    return resourceType === undefined ? detected : { ...detected, resourceType };
  });
  const { catalogue } = workspace;
  const { configuration, folder } = workspace.configurationFor(path);
  const shown = path === undefined || folder === undefined ? "" : workspace.relativePath(folder, path);
  const findings = lint(document, policies, { rules: configuration.rules, catalogue, variables: {} });
  const today = workspace.today();
  const errors = applySuppressions(findings, { configuration, path: shown, today }, document).filter(
    ({ severity }) => severity === "error",
  );
  const isPublic =
    resourceType === "AWS::S3::Bucket" && policies.some(({ policy }) => isPublicPolicy(policy));
  return {
    refused: errors.filter(({ rule }) => rule.severity === "error").map(({ message }) => message),
    forbidden: errors
      .filter(({ rule }) => rule.severity !== "error")
      .map(({ rule, message }) => `${message} (${rule.name})`),
    isPublic,
  };
}
