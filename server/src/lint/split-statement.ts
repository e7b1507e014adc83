/** The fix that gives some actions of a statement one of their own, about other resources. */
import type { ActionPattern } from "../policy/action-pattern.js";
import type { Statement } from "../policy/policy.js";
import type { Edits, Json } from "../syntax/edits.js";
import type { Edit } from "../syntax/span.js";
import { toJson } from "../syntax/to-json.js";

/** To be offered by a check of the policy: the new statement stands behind the old one. */
export function splitStatement(
  statement: Statement,
  actions: readonly ActionPattern[],
  resources: readonly string[],
  edits: Edits,
): readonly Edit[] {
  const split: Record<string, Json> = {};
  for (const { key, value } of statement.node.members) {
    const folded = key.value.toLowerCase();
    // A second statement with the same Sid would be an error.
    if (folded === "sid" || value === undefined) continue;
    if (folded === "action") split[key.value] = oneOrList(actions.map((it) => it.value));
    else if (folded === "resource") split[key.value] = oneOrList(resources);
    else split[key.value] = toJson(value);
  }
  return [...edits.removeItems(actions.map(({ node }) => node)), ...edits.insertAfter(statement.node, split)];
}

export function oneOrList(texts: readonly string[]): Json {
  return texts.length === 1 ? (texts[0] ?? "") : [...texts];
}
