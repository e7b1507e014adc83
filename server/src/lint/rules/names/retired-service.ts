import { REJECTED_SERVICES } from "../../long-gone.js";
import { defineRule } from "../../rule.js";

export const retiredService = defineRule({
  name: "retired-service",
  group: "names",
  severity: "warning",
  since: "0.1.0",
  summary: "AWS has dropped the service of an action",
  fix: "suggestion",
  tag: "deprecated",
  about: {
    action: ({ folded, service }, catalogue) =>
      catalogue.standing(folded) === "retired-service" && !REJECTED_SERVICES.has(service),
  },
  references: [
    "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
  ],

  action({ service, name, node, start, end }, _statement, { report, edits, catalogue }) {
    const retired = catalogue.retired(service);
    if (retired === undefined) return;
    const successors = retired.successors
      .map((prefix) => `${prefix}:${name}`)
      .filter((it) => catalogue.standing(it) === "known");
    report({
      at: { start, end },
      message: `AWS no longer has the service \`${retired.name}\`: its reference has been without it since ${retired.since}.`,
      fix: successors.map((it) => ({ title: `Replace with \`${it}\``, edits: edits.setText(node, it) })),
    });
  },
});
