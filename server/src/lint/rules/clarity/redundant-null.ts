import { failsWithoutKey } from "../../../policy/absent-key.js";
import { NULL } from "../../../policy/condition-types.js";
import { removeCondition } from "../../condition-edits.js";
import { loneStar } from "../../lone-star.js";
import { defineRule } from "../../rule.js";

export const redundantNull = defineRule({
  name: "redundant-null",
  group: "clarity",
  severity: "hint",
  since: "0.1.0",
  summary: "A condition asks for a key that another condition needs anyway",
  fix: "safe",
  tag: "unnecessary",
  about: { condition: ({ base }) => base === NULL },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Null",
  ],

  condition(condition, { conditions }, { report, edits }) {
    const { key } = condition;
    if (conditions.length < 2 || !failsWithoutKey(condition)) return;
    const name = key.value.toLowerCase();
    // A lone star asks for nothing but the key either; `wildcard-for-present-key` is about that one.
    const other = conditions.find(
      (it) =>
        it.operator.base !== NULL &&
        it.key.value.toLowerCase() === name &&
        failsWithoutKey(it) &&
        loneStar(it) === undefined,
    );
    if (other === undefined) return;
    report({
      at: key,
      message: `\`${other.operator.value}\` already fails where \`${key.value}\` is absent.`,
      related: [{ at: other.key, message: "The condition that needs the key." }],
      fix: { title: `Remove \`${NULL}\` of \`${key.value}\``, edits: removeCondition(condition, edits) },
    });
  },
});
