import { writeOperator } from "../../../policy/condition-types.js";
import { underOperator } from "../../condition-edits.js";
import { defineRule } from "../../rule.js";

export const forAllValuesOfSingleValue = defineRule({
  name: "for-all-values-of-single-value",
  group: "conditions",
  severity: "warning",
  since: "0.1.0",
  summary: "`ForAllValues` is used with a condition key that has one value",
  fix: "suggestion",
  accessAnalyzer: "FORALLVALUES_WITH_SINGLE_VALUED_KEY",
  about: {
    condition: ({ qualifier, family }, key, catalogue) => {
      if (qualifier !== "ForAllValues" || family === undefined || family === "Null") return false;
      const known = catalogue.conditionKey(key);
      return known !== undefined && !known.multivalued && !MAYBE_SEVERAL.test(key);
    },
  },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-security-warning-forallvalues-with-single-valued-key",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html",
  ],

  condition(condition, statement, { report, edits }) {
    const { operator, key } = condition;
    const other = writeOperator({ ...operator, qualifier: undefined });
    report({
      at: key,
      message: `\`${key.value}\` has one value, and \`ForAllValues\` also holds where the request lacks it.`,
      fix: { title: `Use \`${other}\``, edits: underOperator(condition, statement, other, edits) },
    });
  },
});

/**
 * Keys with a list of values, whatever the reference says: SAML attributes and audience claims, which a provider may
 * send as one, and what AWS's own policies compare with `ForAllValues` while Access Analyzer keeps silent.
 */
const MAYBE_SEVERAL = /^saml:|:(?:aud|oaud|ProviderAction)$/i;
