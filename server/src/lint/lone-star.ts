/**
 * What a condition means whose value is `*` alone, which matches any text: a question about the key being there.
 * See https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
import type { Condition, ConditionOperator } from "../policy/condition.js";
import { isNegated, takesWildcards } from "../policy/condition-types.js";
import type { ValueNode } from "../syntax/tree.js";

/** When does a condition with such a value hold: where the key is in the request, where it is not, in any case, in none? */
export type HoldsWithStar = "present" | "absent" | "always" | "never";

/** `undefined` for operators that take a star for a plain character. */
export function holdsWithStar(operator: ConditionOperator): HoldsWithStar | undefined {
  if (!takesWildcards(operator)) return undefined;
  const { qualifier, ifExists } = operator;
  if (!isNegated(operator)) return ifExists || qualifier === "ForAllValues" ? "always" : "present";
  return qualifier === "ForAnyValue" && !ifExists ? "never" : "absent";
}

/** The value that is a star, under an operator that takes wildcards. */
export function loneStar({ operator, values }: Condition): ValueNode | undefined {
  if (!takesWildcards(operator)) return undefined;
  return values.find((it) => it.type === "string" && it.value === "*");
}
