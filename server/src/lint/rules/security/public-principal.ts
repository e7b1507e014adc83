import { everyone } from "../../../policy/anyone.js";
import type { Policy, Statement } from "../../../policy/policy.js";
import { isAnyone } from "../../../policy/principal.js";
import { coversPattern } from "../../../policy/wildcard.js";
import { ALLOW, DENY } from "../../../policy/words.js";
import { narrowsCallers, sparesCallers } from "../../narrowing-condition.js";
import { defineRule } from "../../rule.js";

export const publicPrincipal = defineRule({
  name: "public-principal",
  group: "security",
  severity: "warning",
  since: "0.1.0",
  summary: "Everyone is allowed in, and nothing narrows it",
  fix: "none",
  appliesTo: ["resource", "trust"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-anonymous",
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status",
  ],

  policy(policy, { report, kind }) {
    for (const statement of policy.statements) {
      if (statement.principals.length === 0 || statement.effect?.value !== ALLOW) continue;
      const everybody = statement.principals.find(isAnyone);
      // A trust policy does not take the bare form at all.
      if (everybody === undefined || (kind === "trust" && everybody.type === undefined)) continue;
      if (statement.conditions.some(narrowsCallers) || isFenced(statement, policy)) continue;
      const what = kind === "trust" ? "take on the role" : "do this";
      report({
        at: everybody,
        message: `Everyone in the world may ${what}: no condition narrows \`${everybody.value}\`.`,
      });
    }
  },
});

/** Does a Deny keep the same actions from everybody but some? */
function isFenced({ actions }: Statement, { statements }: Policy): boolean {
  return statements.some(
    (other) =>
      other.effect?.value === DENY &&
      other.conditions.length > 0 &&
      other.conditions.every(sparesCallers) &&
      everyone(other) &&
      actions.length > 0 &&
      actions.every((it) => other.actions.some((denied) => coversPattern(denied.folded, it.folded))),
  );
}
