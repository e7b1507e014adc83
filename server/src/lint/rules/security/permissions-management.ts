import type { Action } from "../../../catalogue/catalogue.js";
import { ALLOW } from "../../../policy/words.js";
import { isCircumstance } from "../../circumstance.js";
import { defineRule } from "../../rule.js";

export const permissionsManagement = defineRule({
  name: "permissions-management",
  group: "security",
  severity: "info",
  since: "0.1.0",
  summary: "A statement allows changing who may do what",
  fix: "none",
  appliesTo: ["identity"],
  presets: ["strict"],
  about: { statement: ({ effect }) => effect === ALLOW },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_understand-policy-summary-access-level-summaries.html",
  ],

  statement({ actions, conditions }, { catalogue, report }) {
    if (!conditions.every(isCircumstance)) return;
    const [first, ...others] = actions.filter(
      // `wildcard-action` reports whole services.
      ({ folded, name }) => name !== "*" && catalogue.expand(folded).some(changesPermissions),
    );
    if (first === undefined) return;
    const what = others.length === 0 ? `\`${first.value}\`` : `\`${first.value}\` and ${others.length} more`;
    report({
      at: first,
      message: `With ${what}, permissions of others can be changed.`,
      related: others.map((at) => ({ at, message: "Changes permissions as well." })),
    });
  },
});

/** The reference counts some actions among these that only look. */
function changesPermissions({ accessLevel, name }: Action): boolean {
  return accessLevel === "Permissions management" && !/^(?:Describe|Get|List)/.test(name);
}
