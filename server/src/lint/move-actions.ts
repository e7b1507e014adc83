/** The fix that gives some actions of a statement one of their own, without the condition that does not fit them. */
import type { ActionPattern } from "../policy/action-pattern.js";
import type { Condition } from "../policy/condition.js";
import type { Statement } from "../policy/policy.js";
import type { Edits, Json } from "../syntax/edits.js";
import { toJson } from "../syntax/to-json.js";
import { removeCondition } from "./condition-edits.js";
import type { Fix } from "./rule.js";

/**
 * To be offered by a check of the policy: the new statement stands behind the old one.
 * Without an action that stays, it is the condition that goes.
 */
export function moveActions(
  statement: Statement,
  actions: readonly ActionPattern[],
  key: string,
  edits: Edits,
): Fix | undefined {
  if (actions.length === statement.actions.length) {
    const condition = statement.conditions.find((it) => isKey(it, key));
    return (
      condition && { title: `Remove the condition on \`${key}\``, edits: removeCondition(condition, edits) }
    );
  }
  const moved: Record<string, Json> = {};
  for (const { key: element, value } of statement.node.members) {
    const name = element.value;
    const folded = name.toLowerCase();
    // A second statement with the same Sid would be an error.
    if (folded === "sid") continue;
    if (folded === "action")
      moved[name] = actions.length === 1 ? (actions[0]?.value ?? "") : actions.map((it) => it.value);
    else if (folded !== "condition") moved[name] = value === undefined ? null : toJson(value);
    else {
      const rest = withoutKey(statement, key);
      if (rest !== undefined) moved[name] = rest;
    }
  }
  const what = actions.length === 1 ? `\`${actions[0]?.value}\`` : `these ${actions.length} actions`;
  return {
    title: `Move ${what} to a statement without \`${key}\``,
    edits: [
      ...edits.removeItems(actions.map(({ node }) => node)),
      ...edits.insertAfter(statement.node, moved),
    ],
  };
}

/** The conditions on other keys; `undefined` where there are none. */
function withoutKey(statement: Statement, key: string): Json | undefined {
  const blocks: Record<string, Record<string, Json>> = {};
  for (const condition of statement.conditions) {
    const { value } = condition.member;
    if (isKey(condition, key) || value === undefined) continue;
    const operator = condition.block.key.value;
    blocks[operator] = { ...blocks[operator], [condition.key.value]: toJson(value) };
  }
  return Object.keys(blocks).length === 0 ? undefined : blocks;
}

function isKey(condition: Condition, key: string): boolean {
  return condition.key.value.toLowerCase() === key.toLowerCase();
}
