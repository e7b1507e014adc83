import type { Action } from "../../../catalogue/catalogue.js";
import type { ActionPattern } from "../../../policy/action-pattern.js";
import type { Policy, Statement } from "../../../policy/policy.js";
import { matchesPattern } from "../../../policy/wildcard.js";
import { ALLOW } from "../../../policy/words.js";
import type { Json } from "../../../syntax/edits.js";
import { defineRule, type Fix, type RuleContext } from "../../rule.js";

const PASS_ROLE = "iam:passrole";

export const missingDependentAction = defineRule({
  name: "missing-dependent-action",
  group: "names",
  severity: "info",
  since: "0.1.0",
  summary: "An action may need another one that the policy does not allow",
  fix: "suggestion",
  absence: true,
  appliesTo: ["identity"],
  presets: ["strict"],
  references: [
    "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
  ],

  policy(policy, context) {
    for (const statement of policy.statements) {
      if (statement.effect?.value !== ALLOW) continue;
      for (const action of statement.actions) {
        const named = action.wildcard ? undefined : context.catalogue.action(action.folded);
        const missing = named === undefined ? [] : dependentsOf(named).filter((it) => !isAllowed(it, policy));
        if (missing.length === 0) continue;
        context.report({
          at: action,
          message: `\`${action.value}\` can need ${missing.map((it) => `\`${it}\``).join(", ")} too.`,
          fix: addition(statement, action, missing, context),
        });
      }
    }
  },
});

function dependentsOf({ dependentActions, resourceTypes }: Action): readonly string[] {
  if (dependentActions.length === 0 && resourceTypes.every((it) => it.dependentActions.length === 0))
    return [];
  return [...new Set([...dependentActions, ...resourceTypes.flatMap((it) => it.dependentActions)])];
}

/** Anywhere in the policy, on whatever resource and condition. */
function isAllowed(name: string, { statements }: Policy): boolean {
  const folded = name.toLowerCase();
  const matches = (pattern: ActionPattern) => matchesPattern(pattern.folded, folded);
  return statements.some(
    ({ effect, actions, notActions }) =>
      effect?.value === ALLOW && (notActions.length > 0 ? !notActions.some(matches) : actions.some(matches)),
  );
}

/**
 * Into the same list where the statement is about every resource and asks for nothing that they may not send; otherwise
 * into a statement of their own.
 */
function addition(
  { node, resources, conditions }: Statement,
  action: ActionPattern,
  missing: readonly string[],
  { edits }: RuleContext,
): Fix {
  const what = missing.length === 1 ? `\`${missing[0]}\`` : `these ${missing.length} actions`;
  const roles = missing.some((it) => it.toLowerCase() === PASS_ROLE);
  if (!roles && conditions.length === 0 && resources.some(({ value }) => value === "*"))
    return { title: `Add ${what}`, edits: edits.replaceItem(action.node, [action.value, ...missing]) };
  const others = missing.filter((it) => it.toLowerCase() !== PASS_ROLE);
  const statements: readonly Json[] = [
    ...(others.length > 0 ? [allow(others, "*")] : []),
    // Which roles, only the author knows; `unresolved-placeholder` reminds of it.
    ...(roles ? [allow(["iam:PassRole"], "arn:aws:iam::<aws-account-id>:role/<role-name>")] : []),
  ];
  return {
    title: `Allow ${what} in a statement of ${missing.length === 1 ? "its" : "their"} own`,
    edits: [...statements].reverse().flatMap((it) => edits.insertAfter(node, it)),
  };
}

function allow(actions: readonly string[], resource: string): Json {
  const [only, ...rest] = actions;
  return {
    Effect: ALLOW,
    Action: only !== undefined && rest.length === 0 ? only : actions,
    Resource: resource,
  };
}
