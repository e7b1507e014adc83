/** The JSON schema of `iam-policy.config.json`, told by the rules. Written to `schemas/` by `npm run generate`. */
import { POLICY_KINDS } from "../policy/words.js";
import { pageUrl } from "./page.js";
import { PRESETS, type Rule, SEVERITIES } from "./rule.js";

export function configurationSchema(rules: readonly Rule[]): object {
  const severity = { enum: [...SEVERITIES, "off"] };
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "IAM Policy Studio",
    type: "object",
    additionalProperties: false,
    properties: {
      $schema: { type: "string" },
      preset: {
        description: "The rules to start from: `aws` has only the checks of IAM Access Analyzer.",
        enum: [...PRESETS],
        default: "recommended",
      },
      rules: {
        description: "Severity by rule; `off` switches a rule off.",
        type: "object",
        additionalProperties: false,
        properties: Object.fromEntries(
          rules.map((rule) => [
            rule.name,
            { ...severity, description: `${rule.summary}.\n\n${pageUrl(rule)}` },
          ]),
        ),
      },
      kinds: {
        description: "Policy kind by glob; the first that matches a file counts.",
        type: "object",
        additionalProperties: { enum: [...POLICY_KINDS] },
      },
      variables: {
        description: "Values for placeholders such as `<aws-account-id>`, by name.",
        type: "object",
        additionalProperties: { type: "string" },
      },
      ignore: {
        description: "Globs of files that are not checked.",
        type: "array",
        items: { type: "string" },
      },
      suppressions: {
        description: "Findings that are accepted, and why.",
        type: "array",
        items: {
          type: "object",
          additionalProperties: false,
          required: ["rule", "file", "reason"],
          properties: {
            rule: { enum: rules.map(({ name }) => name) },
            file: { description: "A glob.", type: "string" },
            sid: { description: "Only in the statement with this Sid.", type: "string" },
            pointer: {
              description: "Only at or below this JSON pointer.",
              type: "string",
              pattern: "^(/|$)",
            },
            reason: { description: "Why this is right as it is.", type: "string", minLength: 1 },
            expires: { description: "The last day on which this holds.", type: "string", format: "date" },
          },
        },
      },
    },
  };
}
