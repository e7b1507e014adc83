import { addCondition } from "../../../policy/add-condition.js";
import { parseArn } from "../../../policy/arn.js";
import { awsPrincipal } from "../../../policy/aws-principal.js";
import type { Statement } from "../../../policy/policy.js";
import { isAnyone, type Principal } from "../../../policy/principal.js";
import { hasWildcard } from "../../../policy/wildcard.js";
import { ALLOW } from "../../../policy/words.js";
import { defineRule, type Fix, type RuleContext } from "../../rule.js";

export const wildcardInPrincipal = defineRule({
  name: "wildcard-in-principal",
  group: "principals",
  severity: "error",
  since: "0.1.0",
  summary: "The name of a principal has a wildcard in it",
  fix: "suggestion",
  accessAnalyzer: "UNSUPPORTED_WILDCARD_IN_PRINCIPAL",
  appliesTo: ["resource", "trust", "endpoint", "unknown"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-unsupported-wildcard-in-principal",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
  ],

  principal(principal, statement, context) {
    const { type, value } = principal;
    if (!hasWildcard(value) || type === undefined || isAnyone(principal)) return;
    // Outside of trust policies a provider is the mistake, whatever its name.
    if (!TYPES.has(type.value) || (type.value === "Federated" && context.kind !== "trust")) return;
    context.report({
      at: principal,
      message: `\`${value}\` has a wildcard: a principal of type \`${type.value}\` is named in full.`,
      fix: compareInCondition(principal, statement, context),
    });
  },
});

const TYPES: ReadonlySet<string> = new Set(["AWS", "Service", "Federated", "CanonicalUser"]);

/** Trusts the account and lets a condition compare the name, which can have wildcards. */
function compareInCondition(
  principal: Principal,
  statement: Statement,
  { edits }: RuleContext,
): Fix | undefined {
  const { principals, effect } = statement;
  const named = awsPrincipal(principal);
  if (effect?.value !== ALLOW || principals.length !== 1 || principals[0] !== principal) return undefined;
  if (named === undefined || named.account === "" || hasWildcard(named.account)) return undefined;
  const partition = parseArn(principal.value)?.partition ?? "aws";
  const arn = (resource: string) => `arn:${partition}:iam::${named.account}:${resource}`;
  if (named.what === "session" && named.name !== "" && !hasWildcard(named.name)) {
    const role = arn(`role/${named.name}`);
    return {
      title: `Trust every session of the role: \`${role}\``,
      edits: edits.setText(principal.node, role),
    };
  }
  if (named.what !== "role" && named.what !== "user") return undefined;
  const added = addCondition(statement, "ArnLike", "aws:PrincipalArn", principal.value, edits);
  if (added.length === 0) return undefined;
  return {
    title: "Trust the account, and compare `aws:PrincipalArn` in a condition",
    edits: [...edits.setText(principal.node, arn("root")), ...added],
  };
}
