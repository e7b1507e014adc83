import { addCondition } from "../../../policy/add-condition.js";
import { GITHUB, trustedProvider } from "../../../policy/federated-provider.js";
import { ALLOW } from "../../../policy/words.js";
import { defineRule } from "../../rule.js";

export const missingGithubSubject = defineRule({
  name: "missing-github-subject",
  group: "security",
  severity: "warning",
  since: "0.1.0",
  summary: "A role that GitHub Actions takes on does not say for which repository",
  fix: "suggestion",
  accessAnalyzer: "MISSING_GITHUB_REPO_CONDITION_KEY",
  appliesTo: ["trust"],
  absence: true,
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-security-warning-missing-github-repo-condition-key",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html#idp_oidc_Create_GitHub",
  ],

  principal(principal, statement, { report, edits }) {
    if (trustedProvider(principal)?.issuer.toLowerCase() !== GITHUB) return;
    const { effect, conditions, principals } = statement;
    if (effect?.value !== ALLOW || !principals.includes(principal)) return;
    if (conditions.some(({ key }) => KEYS.has(key.value.toLowerCase()))) return;
    report({
      at: principal,
      message: `Every repository on GitHub can take on the role, which IAM refuses to save: nothing asks for \`${SUBJECT}\`.`,
      fix: {
        title: `Ask for a repository and a branch in \`${SUBJECT}\``,
        edits: addCondition(
          statement,
          "StringEquals",
          SUBJECT,
          "repo:<owner>/<repository>:ref:refs/heads/<branch>",
          edits,
        ),
      },
    });
  },
});

const SUBJECT = `${GITHUB}:sub`;
/** IAM takes a reusable workflow in the place of the subject. */
const KEYS: ReadonlySet<string> = new Set([SUBJECT, `${GITHUB}:job_workflow_ref`]);
