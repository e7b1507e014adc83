import { isNegated, NULL } from "../../../policy/condition-types.js";
import { GITHUB } from "../../../policy/federated-provider.js";
import type { Statement } from "../../../policy/policy.js";
import { hasWildcard } from "../../../policy/wildcard.js";
import { ALLOW } from "../../../policy/words.js";
import { fixedText } from "../../fixed-text.js";
import { defineRule } from "../../rule.js";

export const broadGithubSubject = defineRule({
  name: "broad-github-subject",
  group: "security",
  severity: "warning",
  since: "0.1.0",
  summary: "A role that GitHub Actions takes on is open to more than one repository and branch",
  fix: "none",
  accessAnalyzer: "SPECIFIC_GITHUB_REPO_AND_BRANCH_RECOMMENDED",
  appliesTo: ["trust"],
  about: { condition: (operator, key) => key === SUBJECT && !isNegated(operator) && operator.base !== NULL },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-general-warning-specific-github-repo-and-branch-recommended",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html#idp_oidc_Create_GitHub",
    "https://docs.github.com/en/actions/reference/security/oidc",
  ],

  condition({ values }, statement, { report }) {
    if (statement.effect?.value !== ALLOW) return;
    for (const value of values) {
      const text = fixedText(value);
      const open = text === undefined ? undefined : whatIsOpen(text, statement);
      if (open === undefined) continue;
      report({ at: value, message: `\`${text}\` lets ${open} take on the role.` });
    }
  },
});

const SUBJECT = `${GITHUB}:sub`;
const BRANCHES = new Set([`${GITHUB}:ref`, `${GITHUB}:environment`, `${GITHUB}:job_workflow_ref`]);

/** Subjects look like `repo:OWNER/NAME:ref:refs/heads/BRANCH`; a repository can choose another form, which is left alone. */
function whatIsOpen(subject: string, { conditions }: Statement): string | undefined {
  const [head = "", repository = "", ...context] = subject.split(":");
  if (hasWildcard(head)) return "any repository of GitHub";
  if (head !== "repo") return undefined;
  if (hasWildcard(repository)) return "more than one repository";
  if (!/^\**$/.test(context.join(":"))) return undefined;
  return conditions.some((it) => BRANCHES.has(it.key.value.toLowerCase()))
    ? undefined
    : "any branch of the repository";
}
