/**
 * Who asks: `user/ana`, `group/engineer`, `role/app` or an ARN, found in the account with everything that hangs on it.
 * A group stands for anyone in it, a policy for anyone who has just that policy.
 */

import { ANONYMOUS, type Caller, readCaller } from "../evaluate/caller.js";
import type { ContextInput } from "../evaluate/context.js";
import { parseArn } from "../policy/arn.js";
import type { Account, AccountDocument, Role, Tags, User } from "./account.js";
import { didYouMean, unknownName } from "./value-reader.js";

export interface AccountPrincipal {
  /** Short: `user/ana`. */
  readonly name: string;
  readonly caller: Caller;
  /** Identity policies: of its groups, then its own. */
  readonly policies: readonly AccountDocument[];
  /** `undefined`: no boundary. */
  readonly boundary: AccountDocument | undefined;
  /** What AWS puts into its requests: its tags and its unique id. */
  readonly context: Readonly<Record<string, ContextInput>>;
}

export type PrincipalResult =
  | { readonly ok: true; readonly principal: AccountPrincipal }
  | { readonly ok: false; readonly message: string };

const FORMS = "Write user/NAME, group/NAME, role/NAME, root, the ARN of one of them, or anonymous.";

/** @param text as a user writes it */
export function findPrincipal(account: Account, text: string): PrincipalResult {
  if (text === ANONYMOUS) return outside(text, text);
  if (text === "root") return outside(text, `arn:${account.partition}:iam::${account.id}:root`);
  if (/^service\//.test(text) || /\.amazonaws\.com(?:\.cn)?$/.test(text)) {
    return outside(text, text.replace(/^service\//, ""));
  }
  const arn = parseArn(text);
  if (text.startsWith("arn:") && arn === undefined) return fail(`\`${text}\` is not an ARN. ${FORMS}`);
  if (arn === undefined) return byName(account, text);
  const kind = arn.resource.slice(0, arn.resource.search(/[/:]|$/));
  if (kind === "oidc-provider" || kind === "saml-provider") return outside(text, text);
  if (arn.account !== account.id) {
    return fail(`\`${text}\` belongs to another account, whose policies \`${account.file}\` does not have.`);
  }
  if (arn.resource === "root") return outside(text, text);
  const found = byName(account, arn.resource);
  // A user's path is part of its ARN: another path is another user.
  if (
    found.ok &&
    arn.service === "iam" &&
    ["user", "role"].includes(kind) &&
    found.principal.caller.principalArn !== text
  ) {
    return fail(
      `There is no \`${text}\` in the account.${didYouMean(text, [found.principal.caller.principalArn ?? ""])}`,
    );
  }
  return found;
}

/** All users, then all roles. */
export function principalsOf(account: Account): readonly string[] {
  return [
    ...[...account.users.keys()].map((name) => `user/${name}`),
    ...[...account.roles.keys()].map((name) => `role/${name}`),
  ];
}

function byName(account: Account, text: string): PrincipalResult {
  const slash = text.indexOf("/");
  const kind = slash < 0 ? "" : text.slice(0, slash);
  const rest = text.slice(slash + 1);
  const name = rest.slice(rest.lastIndexOf("/") + 1);
  const { users, groups, roles } = account;
  switch (kind) {
    case "user": {
      const user = users.get(name);
      return user === undefined ? fail(unknownName("user", name, users.keys())) : ofUser(account, user);
    }
    case "role": {
      const role = roles.get(name);
      return role === undefined
        ? fail(unknownName("role", name, roles.keys()))
        : ofRole(account, role, role.arn);
    }
    case "assumed-role": {
      const [roleName = "", session = ""] = rest.split("/");
      const role = roles.get(roleName);
      if (role === undefined) return fail(unknownName("role", roleName, roles.keys()));
      if (session === "") return fail(`\`${text}\` has no session name: write assumed-role/ROLE/SESSION.`);
      return ofRole(
        account,
        role,
        `arn:${account.partition}:sts::${account.id}:assumed-role/${roleName}/${session}`,
      );
    }
    case "group": {
      const group = groups.get(name);
      if (group === undefined) return fail(unknownName("group", name, groups.keys()));
      return standIn(account, `group/${name}`, name, group.policies);
    }
    case "policy": {
      const names = [...account.policies.values()];
      const policy = names.find((it) => it.name === name);
      if (policy === undefined)
        return fail(
          unknownName(
            "policy",
            name,
            names.map((it) => it.name),
          ),
        );
      return standIn(account, `policy/${name}`, name, [policy.document]);
    }
    default:
      return fail(`\`${text}\` names nobody.${likely(account, text)} ${FORMS}`);
  }
}

function likely({ users, groups, roles }: Account, text: string): string {
  const known = [
    ...[...users.keys()].map((it) => `user/${it}`),
    ...[...groups.keys()].map((it) => `group/${it}`),
    ...[...roles.keys()].map((it) => `role/${it}`),
  ];
  const same = known.find((it) => it.slice(it.indexOf("/") + 1) === text);
  return same === undefined ? didYouMean(text, known) : ` Did you mean \`${same}\`?`;
}

function ofUser(account: Account, user: User): PrincipalResult {
  const ids = [...user.groups.flatMap((it) => account.groups.get(it)?.policies ?? []), ...user.policies];
  return make(account, `user/${user.name}`, user.arn, ids, user.boundary, {
    ...tagContext(user.tags),
    ...(user.uniqueId === undefined ? {} : { "aws:userid": user.uniqueId }),
  });
}

function ofRole(account: Account, role: Role, arn: string): PrincipalResult {
  const session = arn === role.arn ? undefined : arn.slice(arn.lastIndexOf("/") + 1);
  const name = session === undefined ? `role/${role.name}` : `assumed-role/${role.name}/${session}`;
  return make(account, name, arn, role.policies, role.boundary, {
    ...tagContext(role.tags),
    ...(role.uniqueId === undefined || session === undefined
      ? {}
      : { "aws:userid": `${role.uniqueId}:${session}` }),
  });
}

/** Somebody whom no policy names: whoever has just these policies. */
function standIn(account: Account, name: string, of: string, policies: readonly string[]): PrincipalResult {
  const { partition, id } = account;
  return make(account, name, `arn:${partition}:iam::${id}:user/anyone-in-${of}`, policies, undefined, {});
}

/** Callers that no policy of the account hangs on. */
function outside(name: string, principal: string): PrincipalResult {
  const caller = readCaller(principal);
  if (typeof caller === "string") return fail(`\`${name}\` makes no requests. ${FORMS}`);
  return { ok: true, principal: { name, caller, policies: [], boundary: undefined, context: {} } };
}

function make(
  account: Account,
  name: string,
  arn: string,
  policies: readonly string[],
  boundary: string | undefined,
  context: Readonly<Record<string, ContextInput>>,
): PrincipalResult {
  const caller = readCaller(arn);
  if (typeof caller === "string") return fail(`\`${arn}\` is not the ARN of somebody who makes requests.`);
  const documents = [...new Set(policies)].flatMap((id) => account.documents.get(id) ?? []);
  const limit = boundary === undefined ? undefined : account.documents.get(boundary);
  return { ok: true, principal: { name, caller, policies: documents, boundary: limit, context } };
}

function tagContext(tags: Tags = {}): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:PrincipalTag/${key}`, value]));
}

function fail(message: string): PrincipalResult {
  return { ok: false, message };
}
