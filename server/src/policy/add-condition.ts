/** How a condition is added: below its operator where the statement has that, and with all that is missing above it. */
import type { Edits, Json } from "../syntax/edits.js";
import type { Edit } from "../syntax/span.js";
import type { Statement } from "./policy.js";

/** No edits where `Condition` is no object, or has the key below that operator already. */
export function addCondition(
  statement: Statement,
  operator: string,
  key: string,
  value: Json,
  edits: Edits,
): readonly Edit[] {
  const element = statement.elements.Condition;
  if (element === undefined) {
    return edits.insertMember(statement.node, "Condition", { [operator]: { [key]: value } });
  }
  if (element.value?.type !== "object") return [];
  const block = element.value.members.find((it) => it.key.value.toLowerCase() === operator.toLowerCase());
  if (block === undefined) return edits.insertMember(element.value, operator, { [key]: value });
  if (block.value?.type !== "object") return [];
  const isThere = block.value.members.some((it) => it.key.value.toLowerCase() === key.toLowerCase());
  return isThere ? [] : edits.insertMember(block.value, key, value);
}
