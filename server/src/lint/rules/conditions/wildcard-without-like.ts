import { writeOperator } from "../../../policy/condition-types.js";
import { findVariables } from "../../../policy/variable.js";
import { hasWildcard } from "../../../policy/wildcard.js";
import { underOperator } from "../../condition-edits.js";
import { abbreviate, defineRule } from "../../rule.js";

export const wildcardWithoutLike = defineRule({
  name: "wildcard-without-like",
  group: "conditions",
  severity: "warning",
  since: "0.1.0",
  summary: "A value has a wildcard, but its operator takes it literally",
  fix: "suggestion",
  accessAnalyzer: "WILDCARD_WITHOUT_LIKE_OPERATOR",
  about: { condition: ({ family, base }) => family === "String" && !base.endsWith("Like") },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-general-warning-wildcard-without-like-operator",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_String",
  ],

  condition(condition, statement, { report, edits }) {
    const { operator, values } = condition;
    for (const node of values) {
      if (node.type !== "string" || !hasWildcard(literalPart(node.value))) continue;
      const like = LIKE.get(operator.base);
      const other = like && writeOperator({ ...operator, base: like });
      report({
        at: node,
        message: `\`${operator.value}\` takes the wildcard in \`${abbreviate(node.value)}\` for a plain character.`,
        fix:
          other === undefined
            ? undefined
            : { title: `Use \`${other}\``, edits: underOperator(condition, statement, other, edits) },
      });
    }
  },
});

/** Comparison without regard to case has no counterpart that takes wildcards. */
const LIKE: ReadonlyMap<string, string> = new Map([
  ["StringEquals", "StringLike"],
  ["StringNotEquals", "StringNotLike"],
]);

/** Without variables: `${*}` is how a policy writes a star that is meant as one. */
function literalPart(text: string): string {
  if (!text.includes("${")) return text;
  return findVariables(text).reduceRight(
    (rest, { start, end }) => rest.slice(0, start) + rest.slice(end),
    text,
  );
}
