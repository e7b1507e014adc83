import { ALLOW } from "../../../policy/words.js";
import { defineRule } from "../../rule.js";

export const narrowedAllowInRcp = defineRule({
  name: "narrowed-allow-in-rcp",
  group: "grammar",
  severity: "error",
  since: "0.1.0",
  summary: "An Allow in a resource control policy has a condition or names resources",
  fix: "none",
  accessAnalyzer: "RCP_SYNTAX_ERROR_ALLOW",
  appliesTo: ["rcp"],
  about: { statement: ({ effect }) => effect === ALLOW },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-rcp-syntax-error-allow",
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html",
  ],

  statement({ effect, elements, resources }, { report }) {
    if (effect === undefined) return;
    const extra = elements.Condition ?? elements.NotResource;
    const named = resources.find(({ value }) => value !== "*");
    if (extra === undefined && named === undefined) return;
    const has = extra === undefined ? "other resources than `*`" : `\`${extra.key.value}\``;
    report({
      at: effect,
      message: `An Allow in a resource control policy allows everything to everyone: it cannot have ${has}.`,
      related: [{ at: extra?.key ?? named ?? effect, message: "This narrows it." }],
    });
  },
});
