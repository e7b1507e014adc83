/**
 * Small changes of an account file that people make one at a time: somebody joins a group, a new group. Layout and comments
 * stay. What would make no sense in the account is refused with a sentence. A bucket with a policy is a template's.
 */
import type { Account } from "../account/account.js";
import { unknownName } from "../account/value-reader.js";
import { type MergedAccount, mergeAccount } from "./merge-account.js";
import type { JsonObject } from "./template.js";
import { type VariableType, valueProblem } from "./variable-types.js";

export type AccountChange =
  | { readonly type: "addUserToGroup"; readonly user: string; readonly group: string }
  | {
      readonly type: "newGroup";
      readonly group: string;
      /** Names or ARNs of managed policies. */
      readonly policies: readonly string[];
      readonly users: readonly string[];
    };

export type EditedAccount = { readonly text: string } | { readonly problem: string };

/** @param account what the text says now */
export function editAccount(text: string, change: AccountChange, account: Account): EditedAccount {
  const problem =
    change.type === "addUserToGroup" ? userProblem(change, account) : groupProblem(change, account);
  if (problem !== undefined) return { problem };
  const merged: MergedAccount = mergeAccount(text, partOf(change), account.variables);
  const [conflict] = merged.conflicts;
  return conflict === undefined ? { text: merged.text } : { problem: conflict.message };
}

function partOf(change: AccountChange): JsonObject {
  if (change.type === "addUserToGroup") return { users: { [change.user]: { groups: [change.group] } } };
  const { group, policies, users } = change;
  return {
    groups: { [group]: { policies } },
    ...(users.length > 0 && {
      users: Object.fromEntries(users.map((user) => [user, { groups: [group] }])),
    }),
  };
}

function userProblem(
  { user, group }: Extract<AccountChange, { type: "addUserToGroup" }>,
  { users, groups }: Account,
): string | undefined {
  const name = nameProblem("user-name", user);
  if (name !== undefined) return name;
  if (!groups.has(group)) return unknownName("group", group, groups.keys());
  return users.get(user)?.groups.includes(group) ? `\`${user}\` is in \`${group}\` already.` : undefined;
}

function groupProblem(
  { group, policies, users }: Extract<AccountChange, { type: "newGroup" }>,
  account: Account,
): string | undefined {
  if (account.groups.has(group)) return `There is a group \`${group}\` already.`;
  const known = [...account.policies.values()].map(({ name }) => name);
  const unknown = policies.find((it) => !it.startsWith("arn:") && !known.includes(it));
  if (unknown !== undefined) return unknownName("policy", unknown, known);
  const named = users.map((user) => nameProblem("user-name", user)).find((it) => it !== undefined);
  return nameProblem("group-name", group) ?? named;
}

function nameProblem(type: VariableType, name: string): string | undefined {
  return valueProblem(type, name, { regions: [] });
}
