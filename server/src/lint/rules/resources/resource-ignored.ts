import { actionFit, canFit } from "../../action-fit.js";
import { defineRule } from "../../rule.js";
import { splitStatement } from "../../split-statement.js";

export const resourceIgnored = defineRule({
  name: "resource-ignored",
  group: "resources",
  severity: "info",
  since: "0.1.0",
  summary: "An action that takes no resource is given one",
  fix: "suggestion",
  appliesTo: ["identity", "boundary", "session", "scp", "endpoint"],
  about: { statement: canFit },
  references: [
    "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html#actions_table",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html",
  ],

  statement(statement, { catalogue, report, edits }) {
    const actions = actionFit(statement, catalogue)?.withoutResource ?? [];
    const [first, ...others] = actions;
    const resource = statement.elements.Resource?.value;
    if (first === undefined || resource === undefined) return;
    const what = others.length === 0 ? "takes" : `and ${others.length} more take`;
    report({
      at: first,
      message: `\`${first.value}\` ${what} no resource, so ${others.length === 0 ? "it needs" : "they need"} \`"Resource": "*"\`.`,
      related: others.map((it) => ({ at: it, message: "Likewise." })),
      fix:
        actions.length === statement.actions.length
          ? { title: "Write `*` as the resource", edits: edits.replaceValue(resource, "*") }
          : {
              title: `Move ${others.length === 0 ? `\`${first.value}\`` : `these ${actions.length} actions`} to a statement about \`*\``,
              edits: splitStatement(statement, actions, ["*"], edits),
            },
    });
  },
});
