import { hasWildcard } from "../../../policy/wildcard.js";
import { ALLOW } from "../../../policy/words.js";
import { isAdministrator } from "../../grants.js";
import { defineRule } from "../../rule.js";

export const wildcardAction = defineRule({
  name: "wildcard-action",
  group: "security",
  severity: "info",
  since: "0.1.0",
  summary: "A statement allows everything, or everything of a service",
  fix: "none",
  appliesTo: ["identity", "session", "resource"],
  about: { action: ({ name, wildcard }) => wildcard && name === "*" },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html",
  ],

  action({ service, node }, statement, { report, catalogue, kind }) {
    const { effect, notActions } = statement;
    if (effect?.value !== ALLOW || notActions.length > 0) return;
    // `administrator-access` says so already.
    if (kind === "identity" && isAdministrator(statement)) return;
    const every = service === "" || service === "*";
    const named = catalogue.service(service);
    // One that AWS does not have, or no longer, has no actions either.
    if (!every && !hasWildcard(service) && named === undefined) return;
    const whose = every ? "every service" : (named?.name ?? `\`${service}\``);
    report({ at: node, message: `Every action of ${whose} is allowed, those of tomorrow included.` });
  },
});
