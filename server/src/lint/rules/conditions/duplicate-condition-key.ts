import { toJson } from "../../../syntax/to-json.js";
import { itemsOf } from "../../../syntax/tree.js";
import { defineRule } from "../../rule.js";

export const duplicateConditionKey = defineRule({
  name: "duplicate-condition-key",
  group: "conditions",
  severity: "error",
  since: "0.1.0",
  summary: "An operator has the same condition key twice, written in different case",
  fix: "suggestion",
  accessAnalyzer: "DUPLICATE_KEYS_WITH_DIFFERENT_CASE",
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-duplicate-keys-with-different-case",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html",
  ],

  condition({ member, key }, _statement, { report, edits }) {
    const { members } = member.parent;
    if (members.length < 2) return;
    const folded = key.value.toLowerCase();
    const first = members.find(
      (it) => it.key.value.length === folded.length && it.key.value.toLowerCase() === folded,
    );
    // A key in the very same spelling is JSON's own matter.
    if (first === undefined || first === member || first.key.value === key.value) return;
    const items = [...itemsOf(first.value), ...itemsOf(member.value)];
    const values = [...new Set(items.map(toJson))];
    const single = items.every(({ type }) => type !== "object" && type !== "array" && type !== "invalid");
    report({
      at: key,
      message: `\`${key.value}\` is \`${first.key.value}\` again: condition keys have no case.`,
      related: [{ at: first.key, message: "The first." }],
      fix: {
        title: `Move its values to \`${first.key.value}\``,
        edits:
          first.value === undefined || !single
            ? []
            : [...edits.replaceValue(first.value, values), ...edits.removeMember(member)],
      },
    });
  },
});
