import { DENY } from "../../../policy/words.js";
import { moveActions } from "../../move-actions.js";
import { KINDS_WITH_RESOURCE_TAGS, resourceTagConditions, untaggedActions } from "../../resource-tags.js";
import { defineRule } from "../../rule.js";

export const untaggedAction = defineRule({
  name: "untagged-action",
  group: "conditions",
  severity: "info",
  since: "0.1.0",
  summary: "A statement depends on resource tags that some of its actions never send",
  fix: "suggestion",
  appliesTo: KINDS_WITH_RESOURCE_TAGS,
  about: { statement: ({ has }) => has("Condition") },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_tags.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html",
  ],

  statement(statement, { report, catalogue, edits }) {
    for (const { key } of resourceTagConditions(statement)) {
      const actions = untaggedActions(statement, catalogue);
      const [first, ...others] = actions;
      if (first === undefined) break;
      const what =
        others.length === 0 ? `\`${first.value}\`` : `\`${first.value}\` and ${others.length} more`;
      const verb = statement.effect?.value === DENY ? "denied" : "allowed";
      const never = `${others.length === 0 ? "is" : "are"} never ${verb}`;
      report({
        at: first,
        message: `${what} ${never} here: no resource tags such as \`${key.value}\` are sent.`,
        related: [
          { at: key, message: "The condition on a tag." },
          ...others.map((other) => ({ at: other, message: "Sends no resource tags either." })),
        ],
        fix: moveActions(statement, actions, key.value, edits),
      });
    }
  },
});
