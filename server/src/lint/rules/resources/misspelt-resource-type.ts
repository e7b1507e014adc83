import { formsOf } from "../../../catalogue/arn-template.js";
import { isOpen, readArnPattern, withPart, writtenPart } from "../../../policy/arn-pattern.js";
import { unknownWord } from "../../resource-word.js";
import { defineRule } from "../../rule.js";

export const misspeltResourceType = defineRule({
  name: "misspelt-resource-type",
  group: "resources",
  severity: "warning",
  since: "0.1.0",
  summary: "An ARN with wildcards misspells the type of resource",
  fix: "suggestion",
  references: [
    "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
  ],

  resource(resource, _statement, { catalogue, report, edits }) {
    const arn = readArnPattern(resource.value);
    // `invalid-arn-resource` reports the ones without wildcards.
    if (arn === undefined || !isOpen(arn.resource)) return;
    if (formsOf(arn, catalogue).length > 0) return;
    const unknown = unknownWord(catalogue, arn);
    if (unknown?.meant === undefined) return;
    const { written, meant } = unknown;
    const rest = writtenPart(arn, "resource").slice(written.length);
    report({
      at: resource,
      message: `\`${written}\` is no resource type of \`${arn.service}\`.`,
      fix: {
        title: `Write \`${meant}\``,
        edits: edits.setText(resource, withPart(arn, "resource", meant + rest)),
      },
    });
  },
});
