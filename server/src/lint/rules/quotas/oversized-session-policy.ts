import { SESSION_POLICY } from "../../../policy/policy-quota.js";
import { sizeOf } from "../../../policy/policy-size.js";
import { defineRule } from "../../rule.js";

export const oversizedSessionPolicy = defineRule({
  name: "oversized-session-policy",
  group: "quotas",
  severity: "error",
  since: "0.1.0",
  summary: "A session policy is longer than a request may carry",
  fix: "safe",
  appliesTo: ["session"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",
    "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html",
  ],

  policy({ node }, { report, edits, text }) {
    if (node.end - node.start <= SESSION_POLICY) return;
    const { characters, dense } = sizeOf(text, node);
    report({
      at: node,
      message: `The policy has ${characters} characters; a session policy may have ${SESSION_POLICY}, white space included.`,
      fix:
        dense <= SESSION_POLICY
          ? { title: "Take out the white space", edits: edits.minify(node) }
          : undefined,
    });
  },
});
