import { isIntrinsicName } from "../../../policy/intrinsic.js";
import { nearest } from "../../../policy/nearest.js";
import { hasPlaceholder } from "../../../policy/placeholder.js";
import { PRINCIPAL_TYPES, type PrincipalType } from "../../../policy/words.js";
import { defineRule } from "../../rule.js";

export const invalidPrincipalKey = defineRule({
  name: "invalid-principal-key",
  group: "principals",
  severity: "error",
  since: "0.1.0",
  summary: "A principal has a type that does not exist",
  fix: "suggestion",
  accessAnalyzer: "INVALID_PRINCIPAL_KEY",
  appliesTo: ["resource", "trust", "endpoint", "unknown"],
  about: { statement: ({ has }) => has("Principal", "NotPrincipal") },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-principal-key",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
  ],

  statement({ elements }, { report, edits }) {
    for (const name of ["Principal", "NotPrincipal"] as const) {
      const value = elements[name]?.value;
      if (value?.type !== "object") continue;
      for (const { key } of value.members) {
        if (TYPES.has(key.value) || isIntrinsicName(key.value) || hasPlaceholder(key.value)) continue;
        const meant = meantType(key.value);
        const taken = value.members.some((it) => it.key.value === meant);
        report({
          at: key,
          message: `\`${key.value}\` is not a type of principal: there are ${LIST}.`,
          fix:
            meant === undefined || taken
              ? undefined
              : { title: `Rename to \`${meant}\``, edits: edits.setText(key, meant) },
        });
      }
    }
  },
});

const TYPES: ReadonlySet<string> = new Set(PRINCIPAL_TYPES);
const LIST = "`AWS`, `Service`, `Federated` and `CanonicalUser`";
/** What people write for identities and accounts, which all are `AWS`. */
const IDENTITIES = new Set(["account", "arn", "group", "iam", "role", "root", "user"]);

function meantType(key: string): PrincipalType | undefined {
  if (IDENTITIES.has(key.toLowerCase())) return "AWS";
  return nearest(key, PRINCIPAL_TYPES) as PrincipalType | undefined;
}
