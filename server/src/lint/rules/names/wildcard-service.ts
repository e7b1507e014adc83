import { hasWildcard } from "../../../policy/wildcard.js";
import { defineRule } from "../../rule.js";

export const wildcardService = defineRule({
  name: "wildcard-service",
  group: "names",
  severity: "info",
  since: "0.1.0",
  summary: "The service of an action or ARN is a pattern",
  fix: "none",
  accessAnalyzer: "WILDCARD_IN_SERVICE_NAME",
  about: { action: ({ service }) => hasWildcard(service) },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-wildcard-in-service-name",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html",
  ],

  action({ service, node }, _statement, { report }) {
    report({ at: node, message: `\`${service}\` stands for more than one service.` });
  },

  resource(resource, _statement, { report }) {
    const { value } = resource;
    if (!value.startsWith("arn:")) return;
    const start = value.indexOf(":", 4) + 1;
    const end = value.indexOf(":", start);
    if (start === 0 || end < 0) return;
    const service = value.slice(start, end);
    if (!hasWildcard(service) || service.includes("${")) return;
    report({ at: resource, message: `\`${service}\` stands for more than one service.` });
  },
});
