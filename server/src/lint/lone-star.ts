/**
 * What a condition means whose value is `*` alone, which matches any text: a question about the key being there.
 * See https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
import type { Condition } from "../policy/condition.js";
import { isNegated, takesWildcards } from "../policy/condition-types.js";
import type { ValueNode } from "../syntax/tree.js";

export interface LoneStar {
  readonly node: ValueNode;
  /** When does the condition hold: where the key is in the request, where it is not, in any case, in none? */
  readonly holds: "present" | "absent" | "always" | "never";
}

export function loneStar({ operator, values }: Condition): LoneStar | undefined {
  if (!takesWildcards(operator)) return undefined;
  const node = values.find((it) => it.type === "string" && it.value === "*");
  return node && { node, holds: holdsWhen(operator) };
}

function holdsWhen(operator: Condition["operator"]): LoneStar["holds"] {
  const { qualifier, ifExists } = operator;
  if (!isNegated(operator)) return ifExists || qualifier === "ForAllValues" ? "always" : "present";
  return qualifier === "ForAnyValue" && !ifExists ? "never" : "absent";
}
