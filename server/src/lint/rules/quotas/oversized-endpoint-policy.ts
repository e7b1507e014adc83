import { ENDPOINT_POLICY } from "../../../policy/policy-quota.js";
import { sizeOf } from "../../../policy/policy-size.js";
import { defineRule } from "../../rule.js";

export const oversizedEndpointPolicy = defineRule({
  name: "oversized-endpoint-policy",
  group: "quotas",
  severity: "error",
  since: "0.1.0",
  summary: "The policy of a VPC endpoint is longer than AWS takes",
  fix: "safe",
  appliesTo: ["endpoint"],
  references: ["https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html"],

  policy({ node }, { report, edits, text }) {
    if (node.end - node.start <= ENDPOINT_POLICY) return;
    const { characters, dense } = sizeOf(text, node);
    report({
      at: node,
      message: `The policy has ${characters} characters; an endpoint policy may have ${ENDPOINT_POLICY}, white space included.`,
      fix:
        dense <= ENDPOINT_POLICY
          ? { title: "Take out the white space", edits: edits.minify(node) }
          : undefined,
    });
  },
});
