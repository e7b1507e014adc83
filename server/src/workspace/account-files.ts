/**
 * Accounts and access tests from their files, through the workspace's ports. An account is read once, however many
 * tests name it. What the files say is `account`'s.
 */
import { type AccessTestFile, readAccessTestFile, readAccessTests } from "../account/access-test.js";
import type { ManagedPolicySource } from "../account/account-builder.js";
import type { AccountText, ReadAccount } from "../account/desired-account.js";
import { NO_MANAGED_POLICIES, readManagedPolicies } from "../account/managed-policies.js";
import type { AccountProblem } from "../account/problem.js";
import { readAccount } from "../account/read-account.js";
import type { WorkspacePorts } from "./workspace.js";

export type AccountPorts = Pick<WorkspacePorts, "readFile" | "parentFolder" | "join">;

/** What an account was read from: files by path, `undefined` where there is none. */
type Sources = ReadonlyMap<string, string | undefined>;

/** Reading takes some twenty times as much memory. */
export const MAX_ACCOUNT_LENGTH = 100_000_000;

export class AccountFiles {
  readonly #paths = new Map<string, string>();
  readonly #accounts = new Map<string, { readonly read: ReadAccount; readonly sources: Sources }>();
  #given: ManagedPolicySource = NO_MANAGED_POLICIES;
  #observed: ManagedPolicySource = NO_MANAGED_POLICIES;

  /** @param shown how a path is called to the user */
  constructor(
    private readonly ports: AccountPorts,
    private readonly shown: (path: string) => string,
  ) {}

  /** Takes the documents of AWS's managed policies from a file. */
  useManagedPolicies(path: string): readonly AccountProblem[] {
    const text = this.#text(path);
    if (text === undefined) return [this.#noFile(path)];
    const { source, problems } = readManagedPolicies(text);
    this.#given = source;
    return problems;
  }

  /** Takes what a file does not give from an account that was observed, the last one only; accounts are read anew. */
  useObservedPolicies(source: ManagedPolicySource): void {
    this.#observed = source;
    this.#accounts.clear();
  }

  get managedPolicies(): ManagedPolicySource {
    return (name) => this.#given(name) ?? this.#observed(name);
  }

  account(path: string): ReadAccount {
    return this.#read(path).read;
  }

  /** The tests of a file with the account that they name. */
  accessTests(path: string): ReadAccount & ReturnType<typeof readAccessTests> {
    const text = this.#text(path);
    if (text === undefined) return { account: undefined, tests: [], problems: [this.#noFile(path)] };
    const file = readAccessTestFile(text);
    const { account, problems } = this.#accountOf(path, file);
    const read = readAccessTests(file, account);
    return { account, tests: read.tests, problems: [...problems, ...read.problems] };
  }

  /** Where the account is that a file of access tests names. */
  accountPathOf(path: string): string | undefined {
    const text = this.#text(path);
    const name = text && readAccessTestFile(text).account;
    return name === undefined ? undefined : this.#beside(path, name);
  }

  /** The files that an account is read from, itself first, those that are not there included. */
  sources(path: string): readonly string[] {
    return [...this.#read(path).sources.keys()];
  }

  /** The path of a file that an account names, by how it is called to the user. */
  pathOf(shown: string): string | undefined {
    return this.#paths.get(shown);
  }

  /** Forgets every account of which some file reads differently by now. */
  refresh(): void {
    for (const [path, { sources }] of this.#accounts) {
      for (const [file, text] of sources) {
        if (this.ports.readFile(file) === text) continue;
        this.#accounts.delete(path);
        break;
      }
    }
  }

  #read(path: string): { readonly read: ReadAccount; readonly sources: Sources } {
    const known = this.#accounts.get(path);
    if (known !== undefined) return known;
    const sources = new Map<string, string | undefined>();
    const look = (file: string): AccountText | undefined => {
      const text = this.ports.readFile(file);
      const shown = this.shown(file);
      sources.set(file, text);
      this.#paths.set(shown, file);
      return text === undefined ? undefined : { file: shown, text };
    };
    const text = look(path);
    const read =
      text === undefined
        ? { account: undefined, problems: [this.#noFile(path)] }
        : readAccount(withoutMark(text), (name) => look(this.#beside(path, name)), this.managedPolicies);
    const entry = { read, sources };
    this.#accounts.set(path, entry);
    return entry;
  }

  #accountOf(path: string, { account }: AccessTestFile): ReadAccount {
    return account === undefined
      ? { account: undefined, problems: [] }
      : this.account(this.#beside(path, account));
  }

  #beside(path: string, name: string): string {
    return this.ports.join(this.ports.parentFolder(path) ?? "", name);
  }

  #text(path: string): AccountText | undefined {
    const text = this.ports.readFile(path);
    return text === undefined ? undefined : withoutMark({ file: this.shown(path), text });
  }

  #noFile(path: string): AccountProblem {
    const message = "There is no such file, or it cannot be read.";
    return { file: this.shown(path), pointer: "", message, start: 0, end: 0 };
  }
}

/** Windows puts a byte order mark in front of what it redirects to a file. AWS takes none in a policy, so those keep theirs. */
function withoutMark({ file, text }: AccountText): AccountText {
  return { file, text: text.replace(/^\uFEFF/, "") };
}
