import { ALLOW } from "../../../policy/words.js";
import { isAdministrator } from "../../grants.js";
import { defineRule } from "../../rule.js";

export const administratorAccess = defineRule({
  name: "administrator-access",
  group: "security",
  severity: "info",
  since: "0.1.0",
  summary: "A statement allows every action on every resource",
  fix: "none",
  appliesTo: ["identity"],
  about: { statement: ({ effect }) => effect === ALLOW },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_job-functions.html#jf_administrator",
  ],

  statement(statement, { report }) {
    const action = isAdministrator(statement)
      ? statement.actions.find(({ service }) => service === "" || service === "*")
      : undefined;
    if (action === undefined) return;
    const limit = statement.conditions.length === 0 ? "" : ", as long as the conditions hold";
    report({
      at: action,
      message: `This makes an administrator: every action is allowed on every resource${limit}.`,
    });
  },
});
