import { type ActionPattern, strictlyCovers } from "../../../policy/action-pattern.js";
import { hasWildcard } from "../../../policy/wildcard.js";
import { defineRule } from "../../rule.js";

export const redundantAction = defineRule({
  name: "redundant-action",
  group: "clarity",
  severity: "hint",
  since: "0.1.0",
  summary: "An action is already matched by a broader pattern in the same list",
  fix: "safe",
  tag: "unnecessary",
  accessAnalyzer: "REDUNDANT_ACTION",
  about: { statement: ({ hasSeveral }) => hasSeveral("Action", "NotAction") },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-redundant-action",
  ],

  statement({ actions, notActions }, { report, edits }) {
    for (const list of [actions, notActions]) {
      // One finding for each broad pattern, as Access Analyzer has it; `duplicate-action` reports equal entries.
      for (const [wide, [first, ...others]] of narrowByWide(list)) {
        if (first === undefined) continue;
        const what =
          others.length === 0 ? `\`${first.value}\` is` : `\`${first.value}\` and ${others.length} more are`;
        report({
          at: first,
          message: `${what} already matched by \`${wide.value}\`.`,
          related: [
            { at: wide, message: "The broader pattern." },
            ...others.map((other) => ({ at: other, message: "Matched by it as well." })),
          ],
          fix: {
            title:
              others.length === 0 ? `Remove \`${first.value}\`` : `Remove these ${others.length + 1} actions`,
            edits: edits.removeItems([first, ...others].map(({ node }) => node)),
          },
        });
      }
    }
  },
});

/** The entries that a broader one covers, by the broadest that does. */
function narrowByWide(list: readonly ActionPattern[]): ReadonlyMap<ActionPattern, readonly ActionPattern[]> {
  const patterns = list.length < 2 ? NONE : list.filter(({ words }) => words.wildcard);
  if (patterns.length === 0) return NO_GROUPS;
  const candidatesFor = patterns.length > MANY ? byService(patterns) : () => patterns;
  const groups = new Map<ActionPattern, ActionPattern[]>();
  for (const action of list) {
    const wider = candidatesFor(action.service).filter((other) => strictlyCovers(other, action));
    const widest =
      wider.length < 2 ? wider[0] : wider.find((it) => !wider.some((other) => strictlyCovers(other, it)));
    if (widest !== undefined) groups.set(widest, [...(groups.get(widest) ?? []), action]);
  }
  return groups;
}

/** From here on those of other services are not even looked at. */
const MANY = 8;

function byService(patterns: readonly ActionPattern[]): (service: string) => readonly ActionPattern[] {
  const manyServices = patterns.filter(({ service }) => service === "" || hasWildcard(service));
  const ofService = new Map<string, ActionPattern[]>();
  for (const pattern of patterns) {
    const known = ofService.get(pattern.service);
    if (known === undefined) ofService.set(pattern.service, [pattern, ...manyServices]);
    else known.push(pattern);
  }
  return (service) => ofService.get(service) ?? manyServices;
}

const NONE: readonly never[] = [];
const NO_GROUPS: ReadonlyMap<ActionPattern, readonly ActionPattern[]> = new Map();
