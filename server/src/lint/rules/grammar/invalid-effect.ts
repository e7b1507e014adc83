import { nearest } from "../../../policy/nearest.js";
import { hasPlaceholder } from "../../../policy/placeholder.js";
import { EFFECTS } from "../../../policy/words.js";
import { defineRule } from "../../rule.js";

export const invalidEffect = defineRule({
  name: "invalid-effect",
  group: "grammar",
  severity: "error",
  since: "0.1.0",
  summary: "An effect is neither `Allow` nor `Deny`",
  fix: "suggestion",
  accessAnalyzer: "INVALID_EFFECT",
  about: { statement: ({ effect, has }) => effect === undefined && has("Effect") },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-effect",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_effect.html",
  ],

  statement({ effect }, { report, edits }) {
    if (effect === undefined || hasPlaceholder(effect.value)) return;
    const meant = nearest(effect.value, EFFECTS);
    report({
      at: effect,
      message:
        meant?.toLowerCase() === effect.value.toLowerCase()
          ? `\`${effect.value}\` is written \`${meant}\`.`
          : `\`${effect.value}\` is neither \`Allow\` nor \`Deny\`.`,
      fix: EFFECTS.filter((it) => meant === undefined || it === meant).map((it) => ({
        title: `Replace with \`${it}\``,
        edits: edits.setText(effect, it),
      })),
    });
  },
});
