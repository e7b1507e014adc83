import type { StatementElement } from "../../../policy/words.js";
import { defineRule } from "../../rule.js";

const PAIRS: readonly (readonly [StatementElement, StatementElement])[] = [
  ["Action", "NotAction"],
  ["Resource", "NotResource"],
  ["Principal", "NotPrincipal"],
];

export const conflictingElements = defineRule({
  name: "conflicting-elements",
  group: "grammar",
  severity: "error",
  since: "0.1.0",
  summary: "A statement has an element and its opposite",
  fix: "suggestion",
  accessAnalyzer: "UNSUPPORTED_ELEMENT_COMBINATION",
  about: { statement: ({ has }) => PAIRS.some(([positive, negative]) => has(positive) && has(negative)) },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-unsupported-element-combination",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html",
  ],

  statement({ elements }, { report, edits }) {
    for (const pair of PAIRS) {
      const [positive, negative] = pair.map((name) => elements[name]);
      if (positive === undefined || negative === undefined) continue;
      const [first, second] = positive.start < negative.start ? [positive, negative] : [negative, positive];
      report({
        at: second.key,
        message: `\`${second.key.value}\` cannot stand beside \`${first.key.value}\`.`,
        related: [{ at: first.key, message: "Its opposite." }],
        fix: [second, first].map((member) => ({
          title: `Remove \`${member.key.value}\``,
          edits: edits.removeMember(member),
        })),
      });
    }
  },
});
