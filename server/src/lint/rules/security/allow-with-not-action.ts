import { ALLOW } from "../../../policy/words.js";
import { defineRule } from "../../rule.js";

export const allowWithNotAction = defineRule({
  name: "allow-with-not-action",
  group: "security",
  severity: "info",
  since: "0.1.0",
  summary: "A statement allows every action but some",
  fix: "none",
  appliesTo: ["identity", "session", "resource"],
  about: { statement: ({ effect, has }) => effect === ALLOW && has("NotAction") },
  references: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html"],

  statement({ notActions, elements }, { report }) {
    const except = elements.NotAction;
    if (except === undefined || notActions.length === 0) return;
    report({
      at: except.key,
      message: "Every action that is not listed is allowed, those of services to come included.",
    });
  },
});
