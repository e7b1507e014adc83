import { freeSid } from "../../../policy/free-sid.js";
import type { Statement } from "../../../policy/policy.js";
import { DENY } from "../../../policy/words.js";
import { defineRule } from "../../rule.js";

export const missingSid = defineRule({
  name: "missing-sid",
  group: "clarity",
  severity: "hint",
  since: "0.1.0",
  summary: "A statement has no name",
  fix: "safe",
  absence: true,
  presets: ["strict"],
  references: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html"],

  policy(policy, { report, edits }) {
    const taken = new Set(policy.statements.map(({ sid }) => sid?.value));
    for (const statement of policy.statements) {
      if (statement.elements.Sid !== undefined || statement.effect === undefined) continue;
      const name = freeSid(nameFor(statement), taken);
      taken.add(name);
      report({
        at: statement.effect,
        message: "The statement has no `Sid` to be told apart by.",
        fix: { title: `Name it \`${name}\``, edits: edits.prependMember(statement.node, "Sid", name) },
      });
    }
  },
});

/** More services than these make no name. */
const NAMED_SERVICES = 3;

/** From what the statement does: `AllowS3GetObject`, `DenyIam`, `AllowAllExceptIamOrganizations`. */
function nameFor({ effect, actions, notActions }: Statement): string {
  const verb = effect?.value === DENY ? "Deny" : "Allow";
  const list = notActions.length > 0 ? notActions : actions;
  const [only] = list;
  const services = [...new Set(list.map(({ service }) => service))];
  const all = services.some((it) => !/[a-z]/.test(it)) || services.length > NAMED_SERVICES;
  const what =
    list.length === 1 && only !== undefined && !all
      ? word(only.service) + word(only.name)
      : all
        ? "ManyServices"
        : services.map(word).join("");
  if (notActions.length > 0) return `${verb}AllExcept${what}`;
  return list.some(({ folded }) => folded === "*") ? `${verb}Everything` : `${verb}${what}`;
}

/** Letters and digits alone: `execute-api` becomes `ExecuteApi`. */
function word(text: string): string {
  return text
    .split(/[^A-Za-z0-9]+/)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join("");
}
