import { isMissing } from "../../element-meant.js";
import { defineRule } from "../../rule.js";

export const missingPrincipal = defineRule({
  name: "missing-principal",
  group: "grammar",
  severity: "error",
  since: "0.1.0",
  summary: "A statement of a resource or trust policy does not say for whom it is",
  fix: "suggestion",
  accessAnalyzer: "MISSING_PRINCIPAL",
  appliesTo: ["resource", "trust", "rcp", "endpoint"],
  absence: true,
  about: { statement: ({ has }) => !has("Principal", "NotPrincipal") },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-missing-principal",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
  ],

  statement(statement, { report, edits, kind }) {
    if (!isMissing(statement, "Principal", "NotPrincipal")) return;
    const message = "The statement has no `Principal`: nothing says for whom it is.";
    // Only there is no choice.
    const insert = () => edits.insertMember(statement.node, "Principal", "*", statement.elements.Effect);
    const fix = kind === "rcp" ? { title: 'Add `"Principal": "*"`', edits: insert() } : undefined;
    report({ at: statement, message, fix });
  },
});
