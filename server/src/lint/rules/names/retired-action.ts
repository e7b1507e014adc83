import { isLongGone } from "../../long-gone.js";
import { defineRule } from "../../rule.js";

export const retiredAction = defineRule({
  name: "retired-action",
  group: "names",
  severity: "warning",
  since: "0.1.0",
  summary: "AWS has dropped an action",
  fix: "suggestion",
  tag: "deprecated",
  about: { action: ({ folded }, catalogue) => catalogue.standing(folded) === "retired" },
  references: [
    "https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/migrate-granularaccess-iam-mapping-reference.html",
    "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
  ],

  action(action, statement, { report, edits, catalogue }) {
    const { folded, value, node } = action;
    const exact = catalogue.retired(folded);
    // Access Analyzer calls those unknown, and so does `unknown-action`.
    if (exact !== undefined && isLongGone(exact, catalogue)) return;
    const gone = exact === undefined ? catalogue.retiredLike(folded) : [exact];
    const there = new Set([...statement.actions, ...statement.notActions].map((it) => it.folded));
    const dead = new Set(gone.map(({ name }) => name.toLowerCase()));
    const living = exact === undefined ? catalogue.expand(folded).map(({ fullName }) => fullName) : [];
    const now = [...new Set([...gone.flatMap(({ successors }) => successors), ...living])].filter(
      (it) => !dead.has(it.toLowerCase()) && !there.has(it.toLowerCase()),
    );
    const { since = "" } = gone[0] ?? {};
    const [only] = now;
    report({
      at: action,
      message: gone.some((it) => it.listed)
        ? `AWS no longer honours \`${value}\`: finer actions replaced it in ${since}.`
        : `AWS's reference has been without \`${value}\` since ${since}.`,
      fix:
        only === undefined
          ? undefined
          : {
              title:
                now.length === 1
                  ? `Replace with \`${only}\``
                  : `Replace with the ${now.length} actions of today`,
              edits: edits.replaceItem(node, now),
            },
    });
  },
});
