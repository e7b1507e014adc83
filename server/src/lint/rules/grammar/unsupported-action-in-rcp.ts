import { hasWildcard } from "../../../policy/wildcard.js";
import { DENY } from "../../../policy/words.js";
import { defineRule } from "../../rule.js";

export const unsupportedActionInRcp = defineRule({
  name: "unsupported-action-in-rcp",
  group: "grammar",
  severity: "error",
  since: "0.1.0",
  summary: "A resource control policy names an action of a service that it cannot govern",
  fix: "none",
  accessAnalyzer: "RCP_SYNTAX_ERROR_ACTION",
  appliesTo: ["rcp"],
  about: { action: ({ service }, catalogue) => !catalogue.rcpServices.includes(service) },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-rcp-syntax-error-action",
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html#rcp-supported-services",
  ],

  action({ service, value, start, end }, statement, { report, catalogue }) {
    if (service === "") {
      // AWS's own policy, which every organization has, allows everything; another Allow has a rule of its own.
      if (value !== "*" || statement.effect?.value !== DENY) return;
    } else if (!hasWildcard(service) && catalogue.service(service) === undefined) return;
    const what = service === "" || hasWildcard(service) ? "every service" : `\`${service}\``;
    report({
      at: { start, end },
      message: `\`${value}\` is about ${what}: a resource control policy names actions of services that take part in it.`,
    });
  },
});
