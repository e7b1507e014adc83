import { formsOf, mayMatch } from "../../../catalogue/arn-template.js";
import type { Catalogue } from "../../../catalogue/catalogue.js";
import { arnFields } from "../../../policy/arn.js";
import { opened, readArnPattern } from "../../../policy/arn-pattern.js";
import { defineRule } from "../../rule.js";

export const missingArnField = defineRule({
  name: "missing-arn-field",
  group: "resources",
  severity: "error",
  since: "0.1.0",
  summary: "An ARN has fewer than six fields",
  fix: "suggestion",
  accessAnalyzer: "MISSING_ARN_FIELD",
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-missing-arn-field",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns",
  ],

  resource(resource, _statement, { catalogue, report, edits }) {
    const { value } = resource;
    if (!value.startsWith("arn:") || readArnPattern(value) !== undefined) return;
    const fields = arnFields(opened(value)).length;
    // What a placeholder stands for may have colons of its own.
    if (opened(value) !== value && !value.includes("${")) return;
    const whole = completed(value, catalogue);
    report({
      at: resource,
      message: `\`${value}\` has ${fields} of the six fields of an ARN.`,
      fix:
        whole === undefined
          ? undefined
          : { title: `Write \`${whole}\``, edits: edits.setText(resource, whole) },
    });
  },
});

/** The fields that are there, each in the first place where the whole is an ARN of the service. */
function completed(text: string, catalogue: Catalogue): string | undefined {
  const [, partition = "", service = "", ...rest] = arnFields(text);
  if (rest.length === 0 || (rest.length === 1 && rest[0] === "*")) return padded(text);
  const last = rest.at(-1) ?? "";
  const account = rest.find((field) => /^\d{12}$/.test(field)) ?? "";
  const region = rest.slice(0, -1).find((field) => catalogue.regions.includes(field)) ?? "";
  for (const [r, a] of [
    [region, account],
    [region || "*", account],
    [region, account || "*"],
    [region || "*", account || "*"],
  ]) {
    const whole = `arn:${partition}:${service}:${r}:${a}:${last}`;
    const arn = readArnPattern(whole);
    if (arn && formsOf(arn, catalogue).some((form) => mayMatch(catalogue, arn, form))) return whole;
  }
  return undefined;
}

/** IAM itself reads stars into the fields that are missing. */
function padded(text: string): string {
  const fields = arnFields(text);
  return [...fields, ...Array<string>(6 - fields.length).fill("*")].join(":");
}
