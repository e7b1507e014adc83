import { isIntrinsic } from "../../../policy/intrinsic.js";
import type { StatementElement } from "../../../policy/words.js";
import { itemsOf, type MemberNode, type ValueNode } from "../../../syntax/tree.js";
import { defineRule, type RuleContext } from "../../rule.js";

const TEXTS: readonly StatementElement[] = ["Sid", "Effect"];
const LISTS: readonly StatementElement[] = ["Action", "NotAction", "Resource", "NotResource"];
const PRINCIPALS: readonly StatementElement[] = ["Principal", "NotPrincipal"];

export const invalidElementType = defineRule({
  name: "invalid-element-type",
  group: "grammar",
  severity: "error",
  since: "0.1.0",
  summary: "An element holds another type of value than the policy language asks for",
  fix: "suggestion",
  accessAnalyzer: "DATA_TYPE_MISMATCH",
  about: { statement: ({ flat }) => !flat },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-data-type-mismatch",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html",
  ],

  policy({ elements }, context) {
    text(elements.Version, context);
    text(elements.Id, context);
    const statement = elements.Statement;
    for (const item of itemsOf(statement?.value)) {
      if (item.type !== "object") mismatch(item, "A statement", "an object", context);
    }
  },

  statement({ elements }, context) {
    for (const name of TEXTS) text(elements[name], context);
    for (const name of LISTS) texts(elements[name], context);
    for (const name of PRINCIPALS) {
      const value = elements[name]?.value;
      if (value?.type === "object" && !isIntrinsic(value)) for (const it of value.members) texts(it, context);
      else if (value?.type === "array") {
        // An empty list is an empty list of principals, whatever else it is.
        if (value.items.length > 0) mismatch(value, `\`${name}\``, '`"*"` or an object', context);
      } else if (value?.type !== "string") mismatch(value, `\`${name}\``, '`"*"` or an object', context);
    }
    const condition = elements.Condition?.value;
    if (condition?.type !== "object") return mismatch(condition, "`Condition`", "an object", context);
    if (isIntrinsic(condition)) return;
    for (const { key, value } of condition.members) {
      if (value?.type !== "object") mismatch(value, `\`${key.value}\``, "an object", context);
      else if (!isIntrinsic(value)) for (const it of value.members) conditionValues(it, context);
    }
  },
});

function text(member: MemberNode | undefined, context: RuleContext): void {
  if (member !== undefined && member.value?.type !== "string")
    mismatch(member.value, `\`${member.key.value}\``, "a string", context);
}

function texts(member: MemberNode | undefined, context: RuleContext): void {
  if (member === undefined) return;
  for (const item of itemsOf(member.value)) {
    if (item.type !== "string") mismatch(item, `An entry of \`${member.key.value}\``, "a string", context);
  }
}

function conditionValues({ key, value }: MemberNode, context: RuleContext): void {
  for (const item of itemsOf(value)) {
    if (item.type === "object" || item.type === "array" || item.type === "null")
      mismatch(item, `A value of \`${key.value}\``, "a string, a number or a boolean", context);
  }
}

const WORDS = {
  array: "a list",
  object: "an object",
  number: "a number",
  boolean: "a boolean",
  null: "null",
};

function mismatch(
  value: ValueNode | undefined,
  what: string,
  wanted: string,
  { report, edits, text: source }: RuleContext,
): void {
  // Torn text has a problem of its own.
  if (value === undefined || value.type === "invalid" || (value.type === "string" && wanted === "a string"))
    return;
  if (isIntrinsic(value)) return;
  const word = value.type === "string" ? "a string" : WORDS[value.type];
  const scalar = value.type === "number" || value.type === "boolean";
  report({
    at: value,
    message: `${what} is ${word}, but must be ${wanted}.`,
    fix:
      wanted === "a string" && scalar
        ? {
            title: "Put it in quotes",
            edits: edits.replaceValue(value, source.slice(value.start, value.end)),
          }
        : undefined,
  });
}
