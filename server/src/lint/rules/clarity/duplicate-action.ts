import { type ActionPattern, strictlyCovers } from "../../../policy/action-pattern.js";
import { defineRule } from "../../rule.js";

export const duplicateAction = defineRule({
  name: "duplicate-action",
  group: "clarity",
  severity: "hint",
  since: "0.1.0",
  summary: "An action is in the same list twice",
  fix: "safe",
  tag: "unnecessary",
  accessAnalyzer: "REDUNDANT_ACTION",
  about: { statement: ({ hasSeveral }) => hasSeveral("Action", "NotAction") },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-redundant-action",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html",
  ],

  statement({ actions, notActions }, { report, edits }) {
    for (const list of [actions, notActions]) {
      for (const [first, again] of repeated(list)) {
        const [second, ...others] = again;
        // `redundant-action` takes them all out at once.
        if (second === undefined || list.some((it) => strictlyCovers(it, first))) continue;
        report({
          at: second,
          message: `\`${second.value}\` is in the list already.`,
          related: [
            { at: first, message: "The first." },
            ...others.map((it) => ({ at: it, message: "And again." })),
          ],
          fix: {
            title: again.length === 1 ? "Remove the repetition" : "Remove the repetitions",
            edits: edits.removeItems(again.map(({ node }) => node)),
          },
        });
      }
    }
  },
});

/** The entries that come again, each with its repetitions; case does not count. */
function repeated(list: readonly ActionPattern[]): ReadonlyMap<ActionPattern, readonly ActionPattern[]> {
  if (!mayRepeat(list)) return NO_GROUPS;
  const groups = new Map<ActionPattern, ActionPattern[]>();
  const first = new Map<string, ActionPattern>();
  for (const action of list) {
    const known = first.get(action.folded);
    if (known === undefined) first.set(action.folded, action);
    else groups.set(known, [...(groups.get(known) ?? []), action]);
  }
  return groups;
}

const NO_GROUPS: ReadonlyMap<ActionPattern, readonly ActionPattern[]> = new Map();

/** From here on a set is quicker than looking at all pairs. */
const MANY = 24;

/** Told by checksums, so that hardly any text is compared with another. */
function mayRepeat(list: readonly ActionPattern[]): boolean {
  if (list.length > MANY) return new Set(list.map(({ words }) => words.checksum)).size < list.length;
  for (let i = 1; i < list.length; i++) {
    const sum = (list[i] as ActionPattern).words.checksum;
    for (let j = 0; j < i; j++) if ((list[j] as ActionPattern).words.checksum === sum) return true;
  }
  return false;
}
