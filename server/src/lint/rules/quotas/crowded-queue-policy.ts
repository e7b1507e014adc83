import { defineRule } from "../../rule.js";

const STATEMENTS = 20;
const ACTIONS = 7;
const PRINCIPALS = 50;
const CONDITIONS = 10;

export const crowdedQueuePolicy = defineRule({
  name: "crowded-queue-policy",
  group: "quotas",
  severity: "error",
  since: "0.1.0",
  summary: "The policy of a queue has more statements, actions, principals or conditions than SQS takes",
  fix: "none",
  appliesTo: ["resource"],
  references: [
    "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html",
  ],

  policy({ statements, elements }, { report, resourceType }) {
    if (resourceType !== "AWS::SQS::Queue") return;
    const [principals, conditions] = [
      statements.flatMap((it) => [...it.principals, ...it.notPrincipals]),
      statements.flatMap((it) => it.conditions.map(({ key }) => key)),
    ];
    const tooMany = (found: number, quota: number, what: string) =>
      `The policy has ${found} ${what}; that of a queue may have ${quota}.`;
    const [extraStatement, extraPrincipal, extraCondition] = [
      statements[STATEMENTS],
      principals[PRINCIPALS],
      conditions[CONDITIONS],
    ];
    if (extraStatement !== undefined)
      report({
        at: elements.Statement?.key ?? extraStatement,
        message: tooMany(statements.length, STATEMENTS, "statements"),
      });
    if (extraPrincipal !== undefined)
      report({ at: extraPrincipal, message: tooMany(principals.length, PRINCIPALS, "principals") });
    if (extraCondition !== undefined)
      report({ at: extraCondition, message: tooMany(conditions.length, CONDITIONS, "conditions") });
  },

  statement({ actions, elements }, { report, resourceType }) {
    if (resourceType !== "AWS::SQS::Queue" || actions.length <= ACTIONS) return;
    const at = elements.Action?.key;
    if (at === undefined) return;
    report({
      at,
      message: `The statement has ${actions.length} actions; one of a queue's may have ${ACTIONS}.`,
    });
  },
});
