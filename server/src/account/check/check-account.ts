/**
 * What is wrong with an account as a whole, told from facts about it: the root user, passwords, MFA, old keys, policies
 * in odd places. Who may do what is not asked here, and nothing is fetched.
 */
import { counted } from "../../policy/counted.js";
import { readPolicy } from "../../policy/policy.js";
import { ALLOW } from "../../policy/words.js";
import { parseJson } from "../../syntax/json/parse.js";
import type { Snapshot } from "../change/snapshot-shape.js";
import {
  type AccountFacts,
  type CredentialRow,
  type Fact,
  type PasswordPolicy,
  ROOT_USER,
} from "./account-facts.js";

export interface AccountCheck {
  /** Such as `root-mfa`. */
  readonly id: string;
  /** What should be so. */
  readonly title: string;
  /** `unknown`: it may not be read. */
  readonly result: "good" | "warning" | "error" | "unknown";
  /** What is wrong, one line each; why it is unknown. */
  readonly details: readonly string[];
  /** AWS's page about it. */
  readonly link: string;
}

const GUIDE = "https://docs.aws.amazon.com/IAM/latest/UserGuide";
/** Days. */
const OLD = 90;
/** As the CIS benchmark for AWS asks. */
const PASSWORD = { length: 14, remembered: 24 } as const;

/** @param today `YYYY-MM-DD` */
export function checkAccount(facts: AccountFacts, today: string): readonly AccountCheck[] {
  const { summary, passwordPolicy, credentials, snapshot } = facts;
  // Calendar days, as people count.
  const age = (time: string) => (Date.parse(today) - Date.parse(time.slice(0, 10))) / 86_400_000;
  return [
    check("root-mfa", "The root user has MFA", "error", "enable-mfa-for-root.html", summary, (it) =>
      it["AccountMFAEnabled"] === 1 ? [] : ["Whoever has the root user's password has everything."],
    ),
    check(
      "root-keys",
      "The root user has no access keys",
      "error",
      "id_root-user_manage_delete-key.html",
      summary,
      (it) =>
        (it["AccountAccessKeysPresent"] ?? 0) === 0
          ? []
          : ["Nothing limits what these keys can do: delete them."],
    ),
    check("root-use", "The root user is left alone", "warning", "root-user-tasks.html", credentials, (rows) =>
      rows.flatMap(({ user, passwordUsed }) =>
        user === ROOT_USER && passwordUsed !== undefined && age(passwordUsed) < OLD
          ? [`It signed in ${days(age(passwordUsed))} ago.`]
          : [],
      ),
    ),
    check(
      "password-policy",
      "Passwords are long and do not come back",
      "warning",
      "id_credentials_passwords_account-policy.html",
      passwordPolicy,
      passwordProblems,
    ),
    check(
      "user-mfa",
      "Users with a password have MFA",
      "error",
      "id_credentials_mfa_enable_virtual.html",
      credentials,
      (rows) =>
        people(rows).flatMap(({ user, hasPassword, hasMfa }) =>
          hasPassword && !hasMfa ? [`user/${user}`] : [],
        ),
    ),
    check(
      "old-keys",
      `Access keys are not older than ${OLD} days`,
      "warning",
      "id-credentials-access-keys-update.html",
      credentials,
      (rows) =>
        people(rows).flatMap(({ user, keys }) =>
          keys.flatMap(({ active, rotated }) =>
            active && rotated !== undefined && age(rotated) > OLD
              ? [`user/${user}: a key is ${days(age(rotated))} old.`]
              : [],
          ),
        ),
    ),
    check(
      "unused",
      `Nobody keeps credentials unused for ${OLD} days`,
      "warning",
      "id_credentials_finding-unused.html",
      credentials,
      (rows) => people(rows).flatMap((row) => unusedCredentials(row, age)),
    ),
    check(
      "user-policies",
      "Policies hang on groups, not on users",
      "warning",
      "best-practices.html",
      snapshot,
      userPolicies,
    ),
    check(
      "admin",
      "Few people can do everything",
      "warning",
      "best-practices.html",
      snapshot,
      administrators,
    ),
  ];
}

function check<T>(
  id: string,
  title: string,
  grave: "warning" | "error",
  page: string,
  fact: Fact<T>,
  problemsIn: (value: T) => readonly string[],
): AccountCheck {
  const link = `${GUIDE}/${page}`;
  if (!fact.known) return { id, title, result: "unknown", details: [fact.why], link };
  const details = problemsIn(fact.value);
  return { id, title, result: details.length === 0 ? "good" : grave, details, link };
}

function passwordProblems(policy: PasswordPolicy | undefined): readonly string[] {
  if (policy === undefined)
    return ["The account has no password policy: AWS asks for eight characters only."];
  const problems: string[] = [];
  if (policy.minimumLength < PASSWORD.length)
    problems.push(`${policy.minimumLength} characters are enough; ask for ${PASSWORD.length}.`);
  if ((policy.remembered ?? 0) < PASSWORD.remembered)
    problems.push(
      `${policy.remembered === undefined ? "No" : `${policy.remembered}`} former passwords are remembered; remember ${PASSWORD.remembered}.`,
    );
  return problems;
}

function people(rows: readonly CredentialRow[]): readonly CredentialRow[] {
  return rows.filter(({ user }) => user !== ROOT_USER);
}

function unusedCredentials(
  { user, hasPassword, passwordUsed, keys }: CredentialRow,
  age: (time: string) => number,
): readonly string[] {
  const problems: string[] = [];
  // A password that was never used may be new; one that was used long ago is not.
  if (hasPassword && passwordUsed !== undefined && age(passwordUsed) > OLD)
    problems.push(`user/${user}: the password was last used ${days(age(passwordUsed))} ago.`);
  for (const { active, used, rotated } of keys) {
    const since = used ?? rotated;
    if (active && since !== undefined && age(since) > OLD)
      problems.push(
        `user/${user}: a key ${used === undefined ? "was never used in" : "was last used"} ${days(age(since))}${used === undefined ? "" : " ago"}.`,
      );
  }
  return problems;
}

function userPolicies({ UserDetailList }: Snapshot): readonly string[] {
  return UserDetailList.flatMap(({ UserName, AttachedManagedPolicies, UserPolicyList }) => {
    const names = [
      ...AttachedManagedPolicies.map(({ PolicyName }) => PolicyName),
      ...UserPolicyList.map(({ PolicyName }) => `${PolicyName} (inline)`),
    ];
    return names.length === 0 ? [] : [`user/${UserName}: ${names.join(", ")}`];
  });
}

/** Everybody on whom a policy hangs that allows everything on everything. */
function administrators({
  UserDetailList,
  GroupDetailList,
  RoleDetailList,
  Policies,
}: Snapshot): readonly string[] {
  const admin = new Set(
    Policies.flatMap(({ Arn, DefaultVersionId, PolicyVersionList }) => {
      const version = PolicyVersionList.find(({ VersionId }) => VersionId === DefaultVersionId);
      return version !== undefined && allowsEverything(version.Document) ? [Arn] : [];
    }),
  );
  const identities = [
    ...UserDetailList.map((it) => ({ who: `user/${it.UserName}`, inline: it.UserPolicyList, ...it })),
    ...GroupDetailList.map((it) => {
      const members = UserDetailList.filter(({ GroupList }) => GroupList.includes(it.GroupName));
      const shown = members.length === 0 ? "nobody" : members.map(({ UserName }) => UserName).join(", ");
      return { who: `group/${it.GroupName} (${shown})`, inline: it.GroupPolicyList, ...it };
    }),
    ...RoleDetailList.map((it) => ({ who: `role/${it.RoleName}`, inline: it.RolePolicyList, ...it })),
  ];
  return identities.flatMap(({ who, inline, AttachedManagedPolicies }) => {
    const names = [
      ...AttachedManagedPolicies.filter(({ PolicyArn }) => admin.has(PolicyArn)).map(
        ({ PolicyName }) => PolicyName,
      ),
      ...inline
        .filter(({ PolicyDocument }) => allowsEverything(PolicyDocument))
        .map(({ PolicyName }) => `${PolicyName} (inline)`),
    ];
    return names.length === 0 ? [] : [`${who}: ${names.join(", ")}`];
  });
}

/** All actions on all resources, or all of IAM, by which whoever has it can take the rest. */
function allowsEverything(document: string): boolean {
  const { root } = parseJson(document);
  if (root?.type !== "object") return false;
  return readPolicy(root).statements.some(
    ({ effect, actions, resources, conditions }) =>
      effect?.value === ALLOW &&
      conditions.length === 0 &&
      actions.some(({ value }) => /^(?:\*|\*:\*|iam:\*)$/i.test(value)) &&
      resources.some(({ value }) => value === "*"),
  );
}

function days(count: number): string {
  return counted(count, "day");
}
