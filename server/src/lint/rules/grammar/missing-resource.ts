import { DENY } from "../../../policy/words.js";
import { isMissing } from "../../element-meant.js";
import { defineRule } from "../../rule.js";

/** Repositories of ECR are what their own policies are about, so these name no resource. */
const RESOURCE_OPTIONAL = "AWS::ECR::Repository";

export const missingResource = defineRule({
  name: "missing-resource",
  group: "grammar",
  severity: "error",
  since: "0.1.0",
  summary: "A statement names no resources",
  fix: "suggestion",
  accessAnalyzer: "MISSING_RESOURCE",
  appliesTo: ["identity", "resource", "scp", "rcp", "boundary", "session", "endpoint"],
  absence: true,
  about: { statement: ({ has }) => !has("Resource", "NotResource") },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-missing-resource",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html",
  ],

  statement(statement, { report, edits, catalogue, kind, resourceType }) {
    if (!isMissing(statement, "Resource", "NotResource")) return;
    const { actions, notActions } = statement;
    if (resourceType === RESOURCE_OPTIONAL) return;
    if (kind === "resource" && actions.length > 0 && actions.every(({ service }) => service === "ecr"))
      return;
    // Whatever the statement is about has no narrower resource than all of them.
    const everything =
      statement.effect?.value === DENY ||
      (notActions.length === 0 &&
        actions.length > 0 &&
        actions.every(({ value }) => catalogue.action(value)?.resourceTypes.length === 0));
    report({
      at: statement,
      message: "The statement has neither `Resource` nor `NotResource`.",
      fix: everything
        ? {
            title: 'Add `"Resource": "*"`',
            edits: edits.insertMember(statement.node, "Resource", "*", statement.elements.Action),
          }
        : undefined,
    });
  },
});
