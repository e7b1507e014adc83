import type { ActionPattern } from "../../../policy/action-pattern.js";
import { addCondition } from "../../../policy/add-condition.js";
import { isNegated } from "../../../policy/condition-types.js";
import { matchesPattern } from "../../../policy/wildcard.js";
import { ALLOW } from "../../../policy/words.js";
import { defineRule } from "../../rule.js";

const ATTRIBUTES = "dynamodb:attributes";
const SELECT = "dynamodb:Select";
const SPECIFIC = "SPECIFIC_ATTRIBUTES";

/** The actions that return items, in lower case; the others never send `dynamodb:Select`. */
const READS = ["getitem", "batchgetitem", "query", "scan", "partiqlselect"].map((name) => `dynamodb:${name}`);

export const unselectedDynamodbAttributes = defineRule({
  name: "unselected-dynamodb-attributes",
  group: "conditions",
  severity: "warning",
  since: "0.1.0",
  summary: "DynamoDB attributes are limited, but a read that names none still returns all of them",
  fix: "suggestion",
  accessAnalyzer: "DYNAMODB_ATTRIBUTES_WITHOUT_SELECT",
  absence: true,
  about: {
    condition: (operator, key) =>
      key === ATTRIBUTES && !isNegated(operator) && operator.base.startsWith("String"),
  },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-security-warning-dynamodb-attributes-without-select",
    "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html",
  ],

  condition({ key }, statement, { report, edits }) {
    if (statement.effect?.value !== ALLOW) return;
    const { actions, notActions, conditions } = statement;
    if (notActions.length === 0 && !actions.some(reads)) return;
    const selects = conditions.some(
      (it) =>
        it.key.value.toLowerCase() === SELECT.toLowerCase() &&
        it.operator.base === "StringEquals" &&
        it.values.every((value) => value.type === "string" && value.value === SPECIFIC),
    );
    if (selects) return;
    // Writes do not send the key: `IfExists` lets them be.
    const onlyReads = actions.length > 0 && actions.every((it) => READS.includes(it.folded));
    report({
      at: key,
      message: `A read that names no attributes is not held to \`${key.value}\` and returns whole items.`,
      fix: {
        title: `Require \`${SELECT}\` to be \`${SPECIFIC}\``,
        edits: addCondition(
          statement,
          onlyReads ? "StringEquals" : "StringEqualsIfExists",
          SELECT,
          SPECIFIC,
          edits,
        ),
      },
    });
  },
});

function reads({ folded, wildcard }: ActionPattern): boolean {
  return wildcard ? READS.some((read) => matchesPattern(folded, read)) : READS.includes(folded);
}
