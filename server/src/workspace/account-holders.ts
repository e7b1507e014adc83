/**
 * Who holds which policies by the account files of a workspace, for rules that look beyond one policy. Whoever cannot
 * be told about for certain, because a policy is broken or missing, is left out. Files are read through the ports only.
 */
import type { Account, AccountDocument, Group, Role, User } from "../account/account.js";
import type { AccountProblem } from "../account/problem.js";
import type { HeldPolicy, Holder } from "../lint/holder.js";
import type { FileText } from "../lint/rule.js";
import { parseArn } from "../policy/arn.js";
import type { Policy } from "../policy/policy.js";
import { AccountFiles, type AccountPorts } from "./account-files.js";

interface Known {
  readonly account: Account | undefined;
  readonly text: string;
  readonly holders: readonly Holder[];
}

export class AccountHolders {
  readonly #known = new Map<string, Known>();
  readonly #files: AccountFiles;
  readonly #ports: AccountPorts;
  /** The account that is being read, with a text that may be nowhere but here. */
  #reading: FileText | undefined;

  constructor(ports: AccountPorts) {
    this.#ports = {
      ...ports,
      readFile: (path) => (path === this.#reading?.path ? this.#reading.text : ports.readFile(path)),
    };
    this.#files = new AccountFiles(this.#ports, (path) => path);
  }

  /** Takes the documents of AWS's managed policies from a file. */
  useManagedPolicies(path: string): readonly AccountProblem[] {
    return this.#files.useManagedPolicies(path);
  }

  /** Reads an account, and the policies it names as they stand now. @returns whether anything has changed */
  refresh(path: string, text: string): boolean {
    const before = this.#known.get(path);
    this.#reading = { path, text };
    this.#files.refresh();
    const { account } = this.#files.account(path);
    const isSame = before !== undefined && before.account === account && before.text === text;
    if (!isSame) {
      const read = (file: string) => ({ path: file, text: this.#ports.readFile(file) ?? "" });
      this.#known.set(path, {
        account,
        text,
        holders: account === undefined ? [] : holdersIn(account, read),
      });
    }
    this.#reading = undefined;
    return !isSame;
  }

  /** As of the last time that the account was read; `undefined` where it had another text. */
  of(path: string, text: string): readonly Holder[] | undefined {
    const known = this.#known.get(path);
    return known?.text === text ? known.holders : undefined;
  }

  forget(path: string): void {
    this.#known.delete(path);
  }
}

/** @param read the text of a file that the account was read from */
function holdersIn(account: Account, read: (file: string) => FileText): readonly Holder[] {
  const organization = levelsOf(account);
  if (organization === undefined) return [];
  const texts = new Map<string, FileText>();
  const textOf = (file: string): FileText => {
    const known = texts.get(file) ?? read(file);
    texts.set(file, known);
    return known;
  };
  const holder = (kind: Holder["kind"], it: Group | User | Role): Holder | undefined => {
    const groups = "groups" in it ? it.groups : [];
    const policies = [
      ...heldBy(it, account, textOf),
      ...groups.flatMap((name) => {
        const group = account.groups.get(name);
        return group === undefined ? [] : heldBy(group, account, textOf, it.givenAt?.get(`group/${name}`));
      }),
    ];
    const boundary = "boundary" in it ? boundaryOf(it, account) : [];
    if (boundary === undefined || !policies.every((held) => held !== undefined)) return undefined;
    return {
      name: `${kind}/${it.name}`,
      kind,
      policies,
      groups: groups.map((name) => `group/${name}`),
      limits: [...organization, ...boundary],
    };
  };
  return [
    ...[...account.groups.values()].map((it) => holder("group", it)),
    ...[...account.users.values()].map((it) => holder("user", it)),
    ...[...account.roles.values()].map((it) => holder("role", it)),
  ].filter((it) => it !== undefined);
}

/** @param joinedAt where a group is given that gives them */
function heldBy(
  { policies, givenAt }: Group | User | Role,
  { documents }: Account,
  textOf: (file: string) => FileText,
  joinedAt = undefined as HeldPolicy["at"] | undefined,
): readonly (HeldPolicy | undefined)[] {
  return policies.flatMap((id) => {
    const found = documents.get(id);
    const at = joinedAt ?? givenAt?.get(id);
    if (found === undefined || at === undefined) return [undefined];
    const { name, document, file } = found;
    if (document === undefined) return canBeLeftOut(found) ? [] : [undefined];
    return [{ name, policy: document, at, in: id.startsWith("aws/") ? undefined : textOf(file) }];
  });
}

/**
 * A policy of AWS that is not at hand can only add to what somebody may do, but for those that deny and those that
 * leave nothing to gain: their names tell.
 */
function canBeLeftOut({ name }: AccountDocument): boolean {
  return (
    parseArn(name)?.account === "aws" &&
    !/Deny|Quarantine|AllowList|Boundary|\/(?:Administrator|IAMFull)Access/.test(name)
  );
}

/** `undefined` where the boundary is not known. */
function boundaryOf(
  { boundary }: User | Role,
  { documents }: Account,
): readonly (readonly Policy[])[] | undefined {
  if (boundary === undefined) return [];
  const policy = documents.get(boundary)?.document;
  return policy && [[policy]];
}

/** The levels of the organisation that bound the account's principals; `undefined` where one is not known. */
function levelsOf({ organization, documents, id }: Account): readonly (readonly Policy[])[] | undefined {
  if (organization === undefined || organization.managementAccount === id) return [];
  const levels = organization.scps.map(({ policies }) => policies.map((it) => documents.get(it)?.document));
  const known = levels.map((level) => level.filter((it) => it !== undefined));
  return known.every((level, index) => level.length === levels[index]?.length) ? known : undefined;
}
