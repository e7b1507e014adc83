/** How a fix changes the operator of a condition: the key moves, its neighbours below the old operator stay. */
import type { Condition } from "../policy/condition.js";
import type { Statement } from "../policy/policy.js";
import type { Edits, Json } from "../syntax/edits.js";
import type { Edit } from "../syntax/span.js";
import { toJson } from "../syntax/to-json.js";
import type { MemberNode, ObjectNode } from "../syntax/tree.js";

/** Puts a condition's key below another operator. No edits where that operator has the key already. */
export function underOperator(
  { block, member, key }: Condition,
  statement: Statement,
  operator: string,
  edits: Edits,
  value?: Json,
): readonly Edit[] {
  const all = statement.elements.Condition?.value;
  const moved = value ?? (member.value && toJson(member.value));
  if (all?.type !== "object" || block.value?.type !== "object" || moved === undefined) return [];
  const alone = block.value.members.length === 1;
  const target = blockOf(statement, operator, block)?.value;
  if (target !== undefined) {
    const folded = key.value.toLowerCase();
    if (target.type !== "object" || target.members.some((it) => it.key.value.toLowerCase() === folded))
      return [];
    return [...edits.removeMember(alone ? block : member), ...edits.insertMember(target, key.value, moved)];
  }
  if (alone) {
    return [
      claim(all),
      ...edits.setText(block.key, operator),
      ...(value === undefined || member.value === undefined ? [] : edits.replaceValue(member.value, value)),
    ];
  }
  return [...edits.removeMember(member), ...edits.insertMember(all, operator, { [key.value]: moved }, block)];
}

/** Renames an operator with all its keys. No edits where the statement has the other one already. */
export function renameOperator(
  block: MemberNode,
  statement: Statement,
  operator: string,
  edits: Edits,
): readonly Edit[] {
  if (blockOf(statement, operator, block) !== undefined) return [];
  return [claim(block.parent), ...edits.setText(block.key, operator)];
}

/** Writes another key. No edits where the operator has that one already. */
export function renameKey({ member, key }: Condition, name: string, edits: Edits): readonly Edit[] {
  const folded = name.toLowerCase();
  const taken = member.parent.members.some((it) => it !== member && it.key.value.toLowerCase() === folded);
  return taken ? [] : edits.setText(key, name);
}

/** Takes a condition out, with its operator or the whole element where nothing else is left in them. */
export function removeCondition({ block, member }: Condition, edits: Edits): readonly Edit[] {
  if (member.parent.members.length > 1) return edits.removeMember(member);
  const element = block.parent.parent;
  return edits.removeMember(block.parent.members.length > 1 || element?.type !== "member" ? block : element);
}

/**
 * An edit that changes nothing, at one place for all fixes that give a condition another operator: so that of two
 * that would both add the same one, only the first is applied, and the second joins it in the next round.
 */
function claim({ start }: ObjectNode): Edit {
  return { start, end: start, newText: "" };
}

function blockOf(statement: Statement, operator: string, except: MemberNode): MemberNode | undefined {
  const all = statement.elements.Condition?.value;
  if (all?.type !== "object") return undefined;
  const folded = operator.toLowerCase();
  return all.members.find((it) => it !== except && it.key.value.toLowerCase() === folded);
}
