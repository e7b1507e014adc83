import { type ActionBits, actionBitsOf, bitsOf, mayTakeIn } from "../../../policy/action-bits.js";
import { type ActionPattern, strictlyCovers } from "../../../policy/action-pattern.js";
import { coversExtent, coversResource, extentOf } from "../../../policy/extent.js";
import type { Policy, Statement } from "../../../policy/policy.js";
import { hasWildcard } from "../../../policy/wildcard.js";
import { DENY } from "../../../policy/words.js";
import type { StringNode } from "../../../syntax/tree.js";
import { defineRule } from "../../rule.js";
import { nameOf } from "../../statement-name.js";

/** Comparing each with each takes its time, and no policy within AWS's quotas has so many. */
const MANY = 150;

export const subsumedStatement = defineRule({
  name: "subsumed-statement",
  group: "clarity",
  severity: "hint",
  since: "0.1.0",
  summary: "Another statement already says everything that this one says",
  fix: "safe",
  tag: "unnecessary",
  references: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_statement.html"],

  policy(policy, { report, edits }) {
    for (const { narrow, wide } of subsumed(policy)) {
      report({
        at: narrow,
        message: `All of this is already ${wide.effect?.value === DENY ? "denied" : "allowed"} by ${nameOf(wide)}.`,
        related: [{ at: wide, message: "The broader statement." }],
        fix: { title: "Remove the statement", edits: edits.removeItem(narrow.node) },
      });
    }
  },
});

function subsumed({ statements }: Policy): readonly { narrow: Statement; wide: Statement }[] {
  if (statements.length < 2 || statements.length > MANY) return [];
  // Statements that say the same have the same answer, and policies that are made by a program have many of those.
  const answers = new Map<string, Statement | undefined>();
  const found: { narrow: Statement; wide: Statement }[] = [];
  const bits = statements.map(actionBitsOf);
  for (const narrow of statements) {
    const [first] = narrow.actions;
    const wanted = first && bitsOf(first.words);
    const wider = statements.filter(
      (it, index) =>
        (wanted === undefined || mayTakeIn(bits[index] as ActionBits, wanted)) &&
        it !== narrow &&
        mayCover(it, narrow),
    );
    const key = wider.length === 0 ? undefined : extentOf(narrow)?.key;
    if (key === undefined) continue;
    if (!answers.has(key))
      answers.set(
        key,
        wider.find((it) => coversStrictly(it, narrow)),
      );
    const wide = answers.get(key);
    if (wide !== undefined) found.push({ narrow, wide });
  }
  return found;
}

/** A look at the entries one by one, which settles nearly every pair before anything is read in full. */
function mayCover(wide: Statement, narrow: Statement): boolean {
  if (wide.shape.effect !== narrow.shape.effect || wide.conditions.length > narrow.conditions.length)
    return false;
  for (const it of narrow.actions) if (!mayCoverAction(wide, it)) return false;
  for (const it of narrow.resources) if (!mayCoverResource(wide, it)) return false;
  return true;
}

function mayCoverAction({ actions }: Statement, action: ActionPattern): boolean {
  if (actions.length === 0) return true;
  const { folded, checksum } = action.words;
  for (const it of actions) {
    const { words } = it;
    if (words.checksum === checksum && words.folded === folded) return true;
    if (words.wildcard && strictlyCovers(it, action)) return true;
  }
  return false;
}

function mayCoverResource({ resources }: Statement, resource: StringNode): boolean {
  if (resources.length === 0) return true;
  const { value } = resource;
  for (const it of resources)
    if (it.value === value || (hasWildcard(it.value) && coversResource(it.value, value))) return true;
  return false;
}

/** Of statements that say the same neither goes; `redundant-statement` reports those. */
function coversStrictly(wide: Statement, narrow: Statement): boolean {
  const [outer, inner] = [extentOf(wide), extentOf(narrow)];
  if (outer === undefined || inner === undefined || outer.key === inner.key) return false;
  return coversExtent(outer, inner) && !coversExtent(inner, outer);
}
