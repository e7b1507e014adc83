import { DOCUMENT_PARAMETER, IDENTITY_POLICY } from "../../../policy/policy-quota.js";
import { sizeOf } from "../../../policy/policy-size.js";
import { defineRule } from "../../rule.js";

export const oversizedDocument = defineRule({
  name: "oversized-document",
  group: "quotas",
  severity: "error",
  since: "0.1.0",
  summary: "A document is longer than IAM’s API takes, because of its white space",
  fix: "safe",
  appliesTo: ["identity", "boundary", "trust"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html",
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html",
  ],

  policy({ node }, { report, edits, text }) {
    // One that is part of a template is written anew before it is sent.
    if (node.parent !== undefined || node.end - node.start <= DOCUMENT_PARAMETER) return;
    const { characters, dense } = sizeOf(text, node);
    // Longer ones are too long without white space as well, which other rules say.
    if (dense > IDENTITY_POLICY) return;
    report({
      at: node,
      message: `The document has ${characters} characters; IAM’s API takes ${DOCUMENT_PARAMETER}, white space included.`,
      fix: { title: "Take out the white space", edits: edits.minify(node) },
    });
  },
});
