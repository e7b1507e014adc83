/**
 * What a condition says of a request that does not carry its key, told from the operator and the values alone.
 * See https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
import type { Condition } from "./condition.js";
import { isNegated, NULL } from "./condition-types.js";
import { readBoolean } from "./condition-values.js";

/** Does the condition fail where the request lacks the key? `false` where that cannot be told. */
export function failsWithoutKey(condition: Condition): boolean {
  const { operator, values } = condition;
  if (!operator.known || values.length === 0) return false;
  if (operator.base === NULL) return values.every((value) => truthOf(value) === false);
  return !operator.ifExists && operator.qualifier !== "ForAllValues" && !isNegated(operator);
}

/** Does the condition hold where the request lacks the key? `false` where that cannot be told. */
export function holdsWithoutKey(condition: Condition): boolean {
  const { operator, values } = condition;
  if (!operator.known || values.length === 0) return false;
  if (operator.base === NULL) return values.some((value) => truthOf(value) === true);
  if (operator.qualifier === "ForAnyValue") return operator.ifExists;
  return operator.ifExists || operator.qualifier === "ForAllValues" || isNegated(operator);
}

/** A Boolean value, written as one or as text. */
export function truthOf(value: Condition["values"][number]): boolean | undefined {
  if (value.type === "boolean") return value.value;
  return value.type === "string" ? readBoolean(value.value) : undefined;
}
