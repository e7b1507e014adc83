import { ALLOW } from "../../../policy/words.js";
import { defineRule } from "../../rule.js";

export const allowWithNotResource = defineRule({
  name: "allow-with-not-resource",
  group: "security",
  severity: "info",
  since: "0.1.0",
  summary: "A statement allows its actions on every resource but some",
  fix: "none",
  appliesTo: ["identity", "session", "resource"],
  about: { statement: ({ effect, has }) => effect === ALLOW && has("NotResource") },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notresource.html",
  ],

  statement({ notResources, elements }, { report }) {
    const except = elements.NotResource;
    if (except === undefined || notResources.length === 0) return;
    report({
      at: except.key,
      message: "The actions are allowed on every resource that is not listed, in every account.",
    });
  },
});
