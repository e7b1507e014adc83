import { opened } from "../../../policy/arn-pattern.js";
import { distance } from "../../../policy/nearest.js";
import type { Statement } from "../../../policy/policy.js";
import { defineRule } from "../../rule.js";

export const invalidArnPrefix = defineRule({
  name: "invalid-arn-prefix",
  group: "resources",
  severity: "error",
  since: "0.1.0",
  summary: "A resource is neither `*` nor an ARN",
  fix: "suggestion",
  accessAnalyzer: "INVALID_ARN_PREFIX",
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-arn-prefix",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html",
  ],

  resource(resource, statement, { kind, report, edits }) {
    const { value } = resource;
    if (value.startsWith("arn:") || value === "*") return;
    // A variable or placeholder may bring the prefix with it.
    if (opened(value).startsWith("*") && !value.startsWith("*")) return;
    // The policy of a REST API names its own paths in short.
    if (value.startsWith("execute-api:/") && (kind === "resource" || kind === "unknown")) return;
    const arn = meant(value, statement);
    report({
      at: resource,
      message: value === "" ? "This resource is empty." : `\`${value}\` does not begin with \`arn:\`.`,
      fix: arn === undefined ? undefined : { title: `Write \`${arn}\``, edits: edits.setText(resource, arn) },
    });
  },
});

const PARTITION = /^aws(?:-[a-z]+)*:/;
/** A bucket's name, with what may follow it. */
const BUCKET = /^(?:s3:\/\/)?([a-z0-9*][a-z0-9.*-]+(?:\/.*)?)$/;

/** The ARN that the text was to be, where that is plain. */
function meant(written: string, { actions }: Statement): string | undefined {
  const text = written.trim();
  const colon = text.indexOf(":");
  const first = text.slice(0, Math.max(0, colon));
  if (colon === 0 && PARTITION.test(text.slice(1))) return `arn${text}`;
  if (PARTITION.test(text)) return `arn:${text}`;
  if (PARTITION.test(text.slice(colon + 1)) && distance(first.toLowerCase(), "arn", 2) <= 2)
    return `arn${text.slice(colon)}`;
  const bucket = BUCKET.exec(text)?.[1];
  const onlyS3 = actions.length > 0 && actions.every(({ service }) => service === "s3");
  return onlyS3 && bucket !== undefined ? `arn:aws:s3:::${bucket}` : undefined;
}
