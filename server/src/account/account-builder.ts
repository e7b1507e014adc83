/**
 * Puts an account together, whatever it is read from: documents get their ids, and references to policies are
 * followed. A reference that leads nowhere leaves an undefined document, so that nobody answers without it.
 */
import type { Policy } from "../policy/policy.js";
import type { Span } from "../syntax/span.js";
import type {
  Account,
  AccountDocument,
  AccountResource,
  Group,
  InstanceProfile,
  ManagedPolicy,
  Role,
  User,
} from "./account.js";
import type { AccountProblem, Complain } from "./problem.js";
import { unknownName } from "./value-reader.js";

/** The document of a managed policy of AWS, by ARN or by name; `undefined` where it is not known. */
export type ManagedPolicySource = (nameOrArn: string) => FoundManagedPolicy | undefined;

export interface FoundManagedPolicy {
  readonly name: string;
  readonly file: string;
  readonly pointer: string;
  readonly document: Policy;
}

export interface AccountHead {
  readonly file: string;
  readonly id: string;
  readonly partition: string;
  readonly region: string | undefined;
  readonly variables: ReadonlyMap<string, string>;
}

const SUGGESTIONS = 100;

export class AccountBuilder {
  readonly users = new Map<string, User>();
  readonly groups = new Map<string, Group>();
  readonly roles = new Map<string, Role>();
  instanceProfiles: Map<string, InstanceProfile> | undefined;
  readonly policies = new Map<string, ManagedPolicy>();
  readonly resources = new Map<string, AccountResource>();
  /** Does Block Public Access of the whole account keep strangers out? */
  restrictsPublic: boolean | undefined;
  readonly #documents = new Map<string, AccountDocument>();
  readonly #byName = new Map<string, ManagedPolicy>();
  #suggested = 0;

  constructor(
    readonly head: AccountHead,
    private readonly complain: Complain,
    private readonly problems: readonly AccountProblem[],
    private readonly managed: ManagedPolicySource,
  ) {}

  /** @returns the document's id */
  addDocument(document: AccountDocument): string {
    const why = document.document === undefined ? this.#problemIn(document) : undefined;
    this.#documents.set(document.id, why === undefined ? document : { why, ...document });
    return document.id;
  }

  addManagedPolicy(policy: ManagedPolicy): void {
    this.policies.set(policy.arn, policy);
    this.#byName.set(policy.name, policy);
  }

  /** A name that leads nowhere; what may be meant is looked for a hundred times, because it takes long in a large account. */
  unknownName(what: string, name: string, known: Iterable<string>): string {
    const few = this.#suggested++ < SUGGESTIONS;
    return unknownName(what, name, few ? known : []);
  }

  /** The document of the managed policy that an attachment or a boundary names. */
  attached(nameOrArn: string, at: Span): string {
    const own = this.policies.get(nameOrArn) ?? this.#byName.get(nameOrArn);
    if (own !== undefined) return own.document;
    const found = this.managed(nameOrArn);
    if (found === undefined) return this.missing(nameOrArn, at, this.#whyMissing(nameOrArn));
    const { name, file, pointer, document } = found;
    const arn = nameOrArn.startsWith("arn:")
      ? nameOrArn
      : `arn:${this.head.partition}:iam::aws:policy/${name}`;
    const id = this.addDocument({ id: `aws/${name}`, name, file, pointer, document });
    this.addManagedPolicy({ name, arn, document: id });
    return id;
  }

  /** Something that should be there and is not: whoever depends on it cannot be decided about. */
  missing(name: string, at: Span, message: string): string {
    const { file } = this.head;
    this.complain(at, message);
    const why = this.problems.find((it) => it.message === message && it.file === file);
    const document = { id: `missing/${name}`, name, file, pointer: "", document: undefined };
    return this.addDocument(why === undefined ? document : { ...document, why });
  }

  build(organization: Account["organization"]): Account {
    return {
      ...this.head,
      users: this.users,
      groups: this.groups,
      roles: this.roles,
      instanceProfiles: this.instanceProfiles,
      policies: this.policies,
      resources: this.resources,
      organization,
      restrictsPublic: this.restrictsPublic,
      documents: this.#documents,
    };
  }

  #problemIn({ file, pointer }: AccountDocument): AccountProblem | undefined {
    return this.problems.find(
      (it) => it.file === file && (it.pointer === pointer || it.pointer.startsWith(`${pointer}/`)),
    );
  }

  #whyMissing(nameOrArn: string): string {
    const byAws = /^arn:[^:]*:iam::aws:policy\//.test(nameOrArn);
    if (byAws) {
      return `\`${nameOrArn}\` is a policy of AWS, and its document is not known here. Give the documents of AWS's policies with \`--managed-policies FILE\`, in an editor with the setting \`iamPolicy.managedPolicies\`.`;
    }
    const known = nameOrArn.startsWith("arn:") ? this.policies.keys() : this.#byName.keys();
    const hint = nameOrArn.startsWith("arn:")
      ? ""
      : " Policies of AWS are read from `--managed-policies FILE`, in an editor from the setting `iamPolicy.managedPolicies`.";
    return `${this.unknownName("policy", nameOrArn, known)}${hint}`;
  }
}
