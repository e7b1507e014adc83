import { failsWithoutKey } from "../../../policy/absent-key.js";
import { hasWildcard } from "../../../policy/wildcard.js";
import { ALLOW, DENY } from "../../../policy/words.js";
import { defineRule } from "../../rule.js";
import { neverSends, unsentKeys } from "../../unsent-keys.js";

export const conditionKeyNeverSent = defineRule({
  name: "condition-key-never-sent",
  group: "conditions",
  severity: "warning",
  since: "0.1.0",
  summary: "A condition asks for a key that none of the statement's actions sends, wildcards included",
  fix: "none",
  about: { condition: ({ known }, key) => known && !key.startsWith("aws:") },
  references: [
    "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
  ],

  condition(condition, statement, { report, catalogue }) {
    if (!failsWithoutKey(condition) || statement.actions.length === 0) return;
    const effect = statement.effect?.value;
    if (effect !== ALLOW && effect !== DENY) return;
    const key = condition.key.value.toLowerCase();
    const nobody = statement.actions.every((action) => {
      // Among the actions of all services somebody always sends it.
      if (action.service === "" || hasWildcard(action.service)) return false;
      const matched = catalogue.expand(action.folded);
      return matched.length > 0 && matched.every((it) => neverSends(catalogue, it, key));
    });
    // `unsupported-condition-key` reports what concerns actions that are named.
    if (!nobody || unsentKeys(statement, catalogue).some((it) => it.condition === condition)) return;
    report({
      at: condition.key,
      message: `None of the statement's actions sends \`${condition.key.value}\`, so it never ${effect === ALLOW ? "allows" : "denies"} anything.`,
    });
  },
});
