import { servicesOf } from "../../../policy/action-bits.js";
import type { ActionPattern } from "../../../policy/action-pattern.js";
import { coversTargets, type Extent, extentOf, takesInAction } from "../../../policy/extent.js";
import type { Policy, Statement } from "../../../policy/policy.js";
import { ALLOW, DENY } from "../../../policy/words.js";
import { defineRule, type RuleContext } from "../../rule.js";
import { nameOf } from "../../statement-name.js";

export const shadowedAllow = defineRule({
  name: "shadowed-allow",
  group: "security",
  severity: "warning",
  since: "0.1.0",
  summary: "What a statement allows is denied altogether by another one",
  fix: "suggestion",
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_AccessPolicyLanguage_Interplay.html",
  ],

  policy(policy, context) {
    const denies = unconditionalDenies(policy);
    if (denies.length === 0) return;
    for (const statement of policy.statements) {
      if (statement.effect?.value !== ALLOW) continue;
      for (const { deny, extent } of denies) {
        const services = servicesOf(deny);
        if ((services & servicesOf(statement)) === 0) continue;
        const denied = statement.actions.filter(
          ({ folded, words }) => (services & words.services) !== 0 && takesInAction(extent.actions, folded),
        );
        const allow = denied.length > 0 ? extentOf(statement) : undefined;
        if (allow === undefined || allow.actions.negated || !coversTargets(extent, allow)) continue;
        report(statement, denied, deny, context);
      }
    }
  },
});

function unconditionalDenies({ statements }: Policy): readonly { deny: Statement; extent: Extent }[] {
  return statements.flatMap((deny) => {
    const always = deny.effect?.value === DENY && deny.conditions.length === 0;
    const extent = always ? extentOf(deny) : undefined;
    return extent === undefined ? [] : [{ deny, extent }];
  });
}

function report(
  statement: Statement,
  denied: readonly ActionPattern[],
  deny: Statement,
  { report: add, edits }: RuleContext,
): void {
  const [first, ...others] = denied;
  if (first === undefined) return;
  const whole = denied.length === statement.actions.length;
  const what =
    others.length === 0 ? `\`${first.value}\` is` : `\`${first.value}\` and ${others.length} more are`;
  const title = others.length === 0 ? `Remove \`${first.value}\`` : `Remove these ${denied.length} actions`;
  add({
    at: first,
    message: `${what} never allowed, because ${nameOf(deny)} denies ${others.length === 0 ? "it" : "them"} without a condition.`,
    related: [
      { at: deny, message: "The statement that denies." },
      ...others.map((at) => ({ at, message: "Denied as well." })),
    ],
    fix: whole
      ? { title: "Remove the statement", edits: edits.removeItem(statement.node) }
      : { title, edits: edits.removeItems(denied.map(({ node }) => node)) },
  });
}
