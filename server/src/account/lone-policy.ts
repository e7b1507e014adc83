/**
 * An account made up around a single policy, so that what is asked of accounts can be asked of a policy alone: somebody
 * who has this policy and nothing else, or who may do everything as far as this policy lets. It reads nothing.
 */
import { ANONYMOUS } from "../evaluate/caller.js";
import { parseArn } from "../policy/arn.js";
import type { Policy } from "../policy/policy.js";
import { isAnyone } from "../policy/principal.js";
import { ALLOW, type PolicyKind } from "../policy/words.js";
import type { Account, AccountDocument, AccountResource, Role, User } from "./account.js";
import { fullAccess } from "./full-access.js";
import { ACCOUNT_ID } from "./value-reader.js";

export interface LonePolicy {
  readonly name: string;
  readonly file: string;
  readonly pointer: string;
  readonly kind: PolicyKind;
  readonly document: Policy;
}

const HOME = "111122223333";
/** Another account than any caller's, so that the resource's own policy has to allow. */
const OWNER = "000000000000";
const SOMEONE = "anyone";
const OWN = "policy/this";
const EVERYTHING = "everything";
/** The role whose trust policy is asked about. */
const ROLE = "this-role";

/** Kinds that limit what goes through something that no account knows. */
const NOT_ASKED: ReadonlySet<PolicyKind> = new Set<PolicyKind>(["session", "endpoint"]);

/**
 * @param as who is going to ask: a policy of a resource or a role is asked by whomever it names
 * @returns `undefined` for a kind that cannot be asked about alone
 */
export function accountAround(
  { name, file, pointer, kind, document }: LonePolicy,
  as?: string,
  resource?: string,
): Account | undefined {
  if (NOT_ASKED.has(kind)) return undefined;
  const caller = as === undefined ? undefined : parseArn(as);
  const id = caller !== undefined && ACCOUNT_ID.test(caller.account) ? caller.account : HOME;
  const own: AccountDocument = { id: OWN, name, file, pointer, document };
  const everything: AccountDocument = {
    ...own,
    id: EVERYTHING,
    name: EVERYTHING,
    file: "",
    document: fullAccess(),
  };
  const arn = (rest: string) => `arn:aws:iam::${id}:${rest}`;
  const base = { arn: "", uniqueId: undefined, policies: [EVERYTHING], tags: {} };
  const users = new Map<string, User>();
  const roles = new Map<string, Role>();
  const addUser = (user: string, boundary?: string) =>
    users.set(user.slice(user.lastIndexOf("/") + 1), {
      ...base,
      name: user.slice(user.lastIndexOf("/") + 1),
      arn: arn(`user/${user}`),
      groups: [],
      boundary,
    });
  const addRole = (role: string, trust?: string) =>
    roles.set(role.slice(role.lastIndexOf("/") + 1), {
      ...base,
      name: role.slice(role.lastIndexOf("/") + 1),
      arn: arn(`role/${role}`),
      boundary: undefined,
      trust,
    });
  if (kind !== "identity" && kind !== "unknown") addUser(SOMEONE, kind === "boundary" ? OWN : undefined);
  if (kind === "trust") addRole(ROLE, OWN);
  const [what = "", ...rest] = caller?.resource.split("/") ?? [];
  if (what === "user") addUser(rest.join("/"));
  if (what === "role") addRole(rest.join("/"));
  if (what === "assumed-role") addRole(rest[0] ?? "");
  const resources = new Map<string, AccountResource>();
  if (kind === "resource" && resource !== undefined) {
    resources.set(resource, { arn: resource, account: OWNER, policy: OWN });
  }
  const isHanging = kind === "identity" || kind === "unknown";
  // Where it only denies, the policy that AWS hangs beside it is taken to be there.
  const level = {
    id: "this policy",
    policies: document.statements.some(({ effect }) => effect?.value === ALLOW) ? [OWN] : [EVERYTHING, OWN],
  };
  return {
    file,
    id,
    partition: "aws",
    region: undefined,
    variables: new Map(),
    users,
    groups: new Map(),
    roles,
    policies: new Map(isHanging ? [[OWN, { name, arn: arn(OWN), document: OWN }]] : []),
    resources,
    organization:
      kind === "scp" || kind === "rcp"
        ? {
            managementAccount: undefined,
            scps: kind === "scp" ? [level] : [],
            rcps: kind === "rcp" ? [level] : [],
          }
        : undefined,
    documents: new Map([own, ...(isHanging ? [] : [everything])].map((it) => [it.id, it])),
  };
}

/** Who can ask, the likeliest first; everybody can be asked for in `accountAround`. */
export function callersOf({ name, kind, document }: LonePolicy): readonly string[] {
  if (kind === "identity" || kind === "unknown") return [`policy/${name}`];
  if (kind !== "resource" && kind !== "trust") return [`user/${SOMEONE}`];
  const named = document.statements.flatMap(({ principals, notPrincipals }) =>
    [...principals, ...notPrincipals].flatMap((principal) => {
      const { value, type } = principal;
      if (isAnyone(principal)) return [ANONYMOUS];
      if (type?.value === "CanonicalUser") return [];
      const account = ACCOUNT_ID.test(value) ? value : /^arn:[^:]*:iam::(\d{12}):root$/.exec(value)?.[1];
      return [account === undefined ? value : `arn:aws:iam::${account}:user/${SOMEONE}`];
    }),
  );
  return [...new Set([...named, `arn:aws:iam::${HOME}:user/${SOMEONE}`])];
}

/** What a request to assume the role of a lone trust policy is about. */
export function ownRole(account: Account): string | undefined {
  return account.roles.get(ROLE)?.arn;
}
