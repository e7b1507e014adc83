import { contradict } from "../../contradiction.js";
import { defineRule } from "../../rule.js";

export const contradictoryConditions = defineRule({
  name: "contradictory-conditions",
  group: "conditions",
  severity: "warning",
  since: "0.1.0",
  summary: "Two conditions on one key can never hold together, so the statement never applies",
  fix: "none",
  about: { statement: ({ has }) => has("Condition") },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html",
  ],

  statement({ conditions }, { report }) {
    if (conditions.length < 2) return;
    const reported = new Set<string>();
    for (const [index, later] of conditions.entries()) {
      const key = later.key.value.toLowerCase();
      if (reported.has(key)) continue;
      for (let i = 0; i < index; i++) {
        const earlier = conditions[i];
        if (earlier?.key.value.toLowerCase() !== key || !contradict(earlier, later)) continue;
        reported.add(key);
        report({
          at: later.member,
          message: `No request meets this and \`${earlier.block.key.value}\` on \`${earlier.key.value}\`, so the statement never applies.`,
          related: [{ at: earlier.member, message: "The condition that it contradicts." }],
        });
        break;
      }
    }
  },
});
