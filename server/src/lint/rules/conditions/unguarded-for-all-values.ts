import { failsWithoutKey } from "../../../policy/absent-key.js";
import { addCondition } from "../../../policy/add-condition.js";
import { NULL } from "../../../policy/condition-types.js";
import { ALLOW } from "../../../policy/words.js";
import { defineRule } from "../../rule.js";

export const unguardedForAllValues = defineRule({
  name: "unguarded-for-all-values",
  group: "conditions",
  severity: "info",
  since: "0.1.0",
  summary: "An Allow under `ForAllValues` also applies where the request has no value at all",
  fix: "suggestion",
  presets: ["strict"],
  // `for-all-values-of-single-value` is about the other keys.
  about: {
    condition: ({ qualifier, base }, key, catalogue) =>
      qualifier === "ForAllValues" && base !== NULL && catalogue.conditionKey(key)?.multivalued === true,
  },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html",
  ],

  condition({ key }, statement, { report, edits }) {
    if (statement.effect?.value !== ALLOW) return;
    const name = key.value.toLowerCase();
    if (statement.conditions.some((it) => it.key.value.toLowerCase() === name && failsWithoutKey(it))) return;
    report({
      at: key,
      message: `The condition also holds where the request has no \`${key.value}\`.`,
      fix: {
        title: `Ask for \`${key.value}\` with \`${NULL}\``,
        edits: addCondition(statement, NULL, key.value, "false", edits),
      },
    });
  },
});
