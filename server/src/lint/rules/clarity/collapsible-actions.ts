import type { ActionPattern } from "../../../policy/action-pattern.js";
import type { Statement } from "../../../policy/policy.js";
import { defineRule, type RuleContext } from "../../rule.js";

/** So many actions at least make a wildcard worth its while. */
const ENOUGH = 5;

export const collapsibleActions = defineRule({
  name: "collapsible-actions",
  group: "clarity",
  severity: "hint",
  since: "0.1.0",
  summary: "All actions that a wildcard would match are listed one by one",
  fix: "suggestion",
  presets: ["strict"],
  references: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html"],

  statement({ actions, notActions }, context) {
    check(actions, context);
    check(notActions, context);
  },
});

function check(actions: Statement["actions"], { catalogue, report, edits }: RuleContext): void {
  if (actions.length < ENOUGH) return;
  const done = new Set<ActionPattern>();
  for (const [pattern, listed] of byPattern(actions)) {
    const [first, ...others] = listed.filter((it) => !done.has(it));
    if (first === undefined || others.length + 1 < ENOUGH) continue;
    const names = new Set(listed.map(({ folded }) => folded));
    const matched = catalogue.expand(pattern);
    if (matched.length === 0 || !matched.every(({ fullName }) => names.has(fullName.toLowerCase()))) continue;
    for (const action of listed) done.add(action);
    report({
      at: first,
      message: `These ${others.length + 1} actions are all that \`${pattern}\` matches today.`,
      related: others.map((at) => ({ at, message: "Matched by it as well." })),
      fix: {
        title: `Write \`${pattern}\``,
        edits: [...edits.setText(first.node, pattern), ...edits.removeItems(others.map(({ node }) => node))],
      },
    });
  }
}

/** Listed actions by what could stand for them: all of the service first, then all that start with the same word. */
function byPattern(actions: readonly ActionPattern[]): ReadonlyMap<string, readonly ActionPattern[]> {
  const groups = new Map<string, ActionPattern[]>();
  const add = (pattern: string, action: ActionPattern) => {
    const known = groups.get(pattern);
    if (known === undefined) groups.set(pattern, [action]);
    else known.push(action);
  };
  const plain = actions.filter(({ wildcard, service }) => !wildcard && service !== "");
  for (const action of plain) add(`${action.service}:*`, action);
  for (const action of plain) {
    const verb = /^[A-Z][a-z]+/.exec(action.name)?.[0];
    if (verb !== undefined) add(`${action.service}:${verb}*`, action);
  }
  return groups;
}
