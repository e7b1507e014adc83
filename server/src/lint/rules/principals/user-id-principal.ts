import { isOfType } from "../../../policy/principal.js";
import { defineRule } from "../../rule.js";

export const userIdPrincipal = defineRule({
  name: "user-id-principal",
  group: "principals",
  severity: "warning",
  since: "0.1.0",
  summary: "A principal is the unique ID of a user, usually of one that was deleted",
  fix: "none",
  accessAnalyzer: "INVALID_USER_REFERENCE",
  appliesTo: ["resource", "trust", "endpoint", "unknown"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-general-warning-invalid-user-reference",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids",
  ],

  principal(principal, _statement, { report }) {
    if (!principal.value.startsWith("AIDA") || !isOfType(principal, "AWS")) return;
    if (!USER_ID.test(principal.value)) return;
    report({
      at: principal,
      message: `\`${principal.value}\` is the ID of a user: of a deleted one, unless somebody wrote it by hand.`,
    });
  },
});

const USER_ID = /^AIDA[A-Z\d]{12,124}$/;
