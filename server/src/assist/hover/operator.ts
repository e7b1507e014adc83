/** What a hover says about a condition operator: what it compares, how sets of values count, and what absence means. */
import { type ConditionOperator, parseOperator } from "../../policy/condition.js";
import { isNegated, takesWildcards } from "../../policy/condition-types.js";
import { userGuidePage } from "../reference-page.js";
import { link, paragraphs } from "./markdown.js";

const SETS = "reference_policies_condition-single-vs-multi-valued-context-keys";

const MEANINGS: Readonly<Record<string, string>> = {
  StringEquals: "The text is exactly one of the values; case counts.",
  StringNotEquals: "The text is none of the values; case counts.",
  StringEqualsIgnoreCase: "The text is one of the values, whatever the case.",
  StringNotEqualsIgnoreCase: "The text is none of the values, whatever the case.",
  StringLike: "The text fits one of the patterns; case counts.",
  StringNotLike: "The text fits none of the patterns; case counts.",
  NumericEquals: "The number equals one of the values.",
  NumericNotEquals: "The number equals none of the values.",
  NumericLessThan: "The number is below the value.",
  NumericLessThanEquals: "The number is at most the value.",
  NumericGreaterThan: "The number is above the value.",
  NumericGreaterThanEquals: "The number is at least the value.",
  DateEquals: "The time is exactly the value.",
  DateNotEquals: "The time is another one.",
  DateLessThan: "The time is before the value.",
  DateLessThanEquals: "The time is the value or before it.",
  DateGreaterThan: "The time is after the value.",
  DateGreaterThanEquals: "The time is the value or after it.",
  Bool: "The key is true or false, as the value says.",
  BinaryEquals: "The bytes are those of the value, which is written in Base64.",
  IpAddress: "The address is in one of the ranges.",
  NotIpAddress: "The address is in none of the ranges.",
  ArnEquals: "The ARN fits one of the patterns, part by part. The same as `ArnLike`.",
  ArnNotEquals: "The ARN fits none of the patterns. The same as `ArnNotLike`.",
  ArnLike: "The ARN fits one of the patterns, part by part.",
  ArnNotLike: "The ARN fits none of the patterns.",
  Null: "`true`: the key is absent from the request. `false`: it is present.",
};

export function operatorText(name: string): string | undefined {
  const operator = parseOperator(name);
  const meaning = Object.hasOwn(MEANINGS, operator.base) ? MEANINGS[operator.base] : undefined;
  if (meaning === undefined) return undefined;
  return paragraphs(
    `**${name}**`,
    meaning,
    wildcards(operator),
    qualifier(operator),
    absence(operator),
    operator.qualifier === undefined
      ? link("Condition operators", userGuidePage("reference_policies_elements_condition_operators"))
      : link("Operators for several values", userGuidePage(SETS)),
  );
}

function wildcards(operator: ConditionOperator): string | undefined {
  if (operator.base === "Null") return undefined;
  return takesWildcards(operator) ? "`*` stands for any characters, `?` for one." : undefined;
}

function qualifier({ qualifier: set }: ConditionOperator): string | undefined {
  if (set === "ForAnyValue")
    return "`ForAnyValue`: at least one of the request's values must match. Without any it fails.";
  if (set === "ForAllValues")
    return "`ForAllValues`: all of the request's values must match. Without any it holds.";
  return undefined;
}

function absence(operator: ConditionOperator): string | undefined {
  if (operator.base === "Null" || operator.qualifier !== undefined) return undefined;
  if (operator.ifExists) return "`IfExists`: also holds for requests without the key.";
  return isNegated(operator) ? "Holds for requests without the key." : "Fails for requests without the key.";
}
