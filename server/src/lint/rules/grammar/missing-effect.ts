import { EFFECTS } from "../../../policy/words.js";
import { isMissing } from "../../element-meant.js";
import { defineRule } from "../../rule.js";

export const missingEffect = defineRule({
  name: "missing-effect",
  group: "grammar",
  severity: "error",
  since: "0.1.0",
  summary: "A statement says neither allow nor deny",
  fix: "suggestion",
  accessAnalyzer: "MISSING_EFFECT",
  absence: true,
  about: { statement: ({ has }) => !has("Effect") },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-missing-effect",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_effect.html",
  ],

  statement(statement, { report, edits }) {
    if (!isMissing(statement, "Effect")) return;
    const { node, elements } = statement;
    report({
      at: statement,
      message: "The statement has no `Effect`.",
      fix: EFFECTS.map((effect) => ({
        title: `Add \`"Effect": "${effect}"\``,
        edits:
          elements.Sid === undefined
            ? edits.prependMember(node, "Effect", effect)
            : edits.insertMember(node, "Effect", effect, elements.Sid),
      })),
    });
  },
});
