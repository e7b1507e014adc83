import { canonicalStatement } from "../../../policy/canonical-statement.js";
import { ofStatement, type Policy, type Statement } from "../../../policy/policy.js";
import { defineRule } from "../../rule.js";

export const redundantStatement = defineRule({
  name: "redundant-statement",
  group: "clarity",
  severity: "hint",
  since: "0.1.0",
  summary: "Two statements say the same",
  fix: "safe",
  tag: "unnecessary",
  accessAnalyzer: "REDUNDANT_STATEMENT",
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-redundant-statement",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_statement.html",
  ],

  policy(policy, { report, edits }) {
    for (const group of alike(policy)) {
      const seen = new Map<string, Statement>();
      for (const statement of group) {
        const meaning = meaningOf(statement);
        const first = seen.get(meaning);
        if (first === undefined) {
          seen.set(meaning, statement);
          continue;
        }
        const name = first.sid === undefined ? "an earlier one" : `\`${first.sid.value}\``;
        report({
          at: statement,
          message: `The statement says the same as ${name}.`,
          related: [{ at: first, message: "The same statement." }],
          fix: { title: "Remove the statement", edits: edits.removeItem(statement.node) },
        });
      }
    }
  },
});

const meaningOf = ofStatement.answered(canonicalStatement);

/** Groups of statements that could be equal: as many parts, with the same sum, in whatever order. */
function alike({ statements }: Policy): readonly (readonly Statement[])[] {
  if (statements.length < 2) return [];
  const whole = statements.filter(
    ({ effect, actions, notActions }) => effect !== undefined && actions.length + notActions.length > 0,
  );
  return groupedBy(whole, countOfParts).flatMap((group) => groupedBy(group, signatureOf));
}

/** Groups of two and more. */
function groupedBy(
  statements: readonly Statement[],
  by: (statement: Statement) => number,
): readonly (readonly Statement[])[] {
  const groups = new Map<number, Statement[]>();
  for (const statement of statements) {
    const key = by(statement);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [statement]);
    else group.push(statement);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

function countOfParts({ actions, notActions, resources, notResources, conditions }: Statement): number {
  let count = 0;
  for (const list of [actions, notActions, resources, notResources, conditions])
    count = (count * 31 + list.length) | 0;
  return count;
}

const signatureOf = ofStatement.answered((statement): number => {
  const { effect, actions, resources, conditions } = statement;
  let sum = checksum(effect?.value ?? "");
  for (const { words } of actions) sum += words.checksum;
  for (const { value } of resources) sum += checksum(value);
  for (const { key } of conditions) sum += checksum(key.value);
  return sum;
});

/** The same for the same text, whatever its case: sums of it do not depend on the order of the parts. */
function checksum(text: string): number {
  let sum = 0;
  for (let i = 0; i < text.length; i++) sum = (sum * 31 + (text.charCodeAt(i) | 32)) | 0;
  return sum;
}
