import { covers, fillsFields, mayCover, neighboursIn } from "../../../policy/resource-pattern.js";
import { hasWildcard } from "../../../policy/wildcard.js";
import type { StringNode } from "../../../syntax/tree.js";
import { abbreviate, defineRule } from "../../rule.js";

export const redundantResource = defineRule({
  name: "redundant-resource",
  group: "clarity",
  severity: "hint",
  since: "0.1.0",
  summary: "A resource is already matched by a broader pattern in the same list",
  fix: "safe",
  tag: "unnecessary",
  accessAnalyzer: "REDUNDANT_RESOURCE",
  about: { statement: ({ hasSeveral }) => hasSeveral("Resource", "NotResource") },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-redundant-resource",
  ],

  statement({ resources, notResources }, { report, edits }) {
    for (const list of [resources, notResources]) {
      if (list.length < 2) continue;
      // One finding for each broad pattern, as Access Analyzer has it; `duplicate-resource` reports equal entries.
      for (const [wide, [first, ...others]] of narrowByWide(list)) {
        if (first === undefined) continue;
        const name = `\`${abbreviate(first.value, 60)}\``;
        report({
          at: first,
          message: `${others.length === 0 ? `${name} is` : `${name} and ${others.length} more are`} already matched by \`${abbreviate(wide.value, 60)}\`.`,
          related: [
            { at: wide, message: "The broader pattern." },
            ...others.map((other) => ({ at: other, message: "Matched by it as well." })),
          ],
          fix: {
            title: others.length === 0 ? `Remove ${name}` : `Remove these ${others.length + 1} resources`,
            edits: edits.removeItems([first, ...others]),
            safe: fillsFields(wide.value),
          },
        });
      }
    }
  },
});

/** The entries that a broader one covers, by the broadest that does. */
function narrowByWide(list: readonly StringNode[]): ReadonlyMap<StringNode, readonly StringNode[]> {
  const patterns = list.filter(({ value }) => hasWildcard(value));
  if (patterns.length === 0) return NO_GROUPS;
  const neighbours = patterns.map(({ value }) => neighboursIn(value));
  const groups = new Map<StringNode, StringNode[]>();
  for (const narrow of list) {
    const own = neighboursIn(narrow.value);
    const wider = patterns.filter(
      ({ value }, index) => mayCover(neighbours[index] as number, own) && covers(value, narrow.value),
    );
    const widest =
      wider.length < 2 ? wider[0] : wider.find((it) => !wider.some(({ value }) => covers(value, it.value)));
    if (widest !== undefined) groups.set(widest, [...(groups.get(widest) ?? []), narrow]);
  }
  return groups;
}

const NO_GROUPS: ReadonlyMap<StringNode, readonly StringNode[]> = new Map();
