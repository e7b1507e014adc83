/**
 * `iam-account.json`, the account as it should be: JSON with comments, policies in files beside it or written out.
 * The format is described in docs/account.md. Reading never throws: what cannot be used is reported and left out.
 */
import { parseArn } from "../policy/arn.js";
import { hasPlaceholder } from "../policy/placeholder.js";
import { languageOf } from "../syntax/document.js";
import type { Span } from "../syntax/span.js";
import {
  memberOf,
  type ObjectNode,
  pathAt,
  type StringNode,
  type Tree,
  toPointer,
  type ValueNode,
} from "../syntax/tree.js";
import {
  type Account,
  type AccountResource,
  inlineId,
  type Organization,
  type OrganizationLevel,
  type Tags,
} from "./account.js";
import { AccountBuilder, type AccountHead, type ManagedPolicySource } from "./account-builder.js";
import { fillPlaceholders, fillVariables, noValue } from "./fill-placeholders.js";
import { FULL_ACCESS_NAME, fullAccess } from "./full-access.js";
import { type AccountProblem, type Complain, complainer } from "./problem.js";
import { readDocumentNode, readDocumentText } from "./read-document.js";
import { ACCOUNT_ID, AN_ACCOUNT_ID, complainAboutSyntax, type Entry, ValueReader } from "./value-reader.js";

export const ACCOUNT_FILE = "iam-account.json";

export interface AccountText {
  /** As shown to the user. */
  readonly file: string;
  readonly text: string;
}

/** A file that the account names, relative to the account's own; `undefined` where there is none. */
export type ReadPolicyFile = (path: string) => AccountText | undefined;

export interface ReadAccount {
  /** `undefined` only where the text is no account at all. */
  readonly account: Account | undefined;
  readonly problems: readonly AccountProblem[];
}

/** In the order in which they are best written. */
export const ACCOUNT_MEMBERS = [
  "$schema",
  "account",
  "partition",
  "region",
  "variables",
  "policies",
  "groups",
  "users",
  "roles",
  "instanceProfiles",
  "buckets",
  "resources",
  "organization",
  "blockPublicAccess",
] as const;
const POLICY_MEMBERS = ["document", "path", "description", "tags"] as const;
const GROUP_MEMBERS = ["path", "policies", "inline"] as const;
const USER_MEMBERS = [...GROUP_MEMBERS, "groups", "boundary", "tags"] as const;
const ROLE_MEMBERS = [
  ...GROUP_MEMBERS,
  "trust",
  "boundary",
  "tags",
  "description",
  "maxSessionDuration",
] as const;
const INSTANCE_PROFILE_MEMBERS = ["role", "path"] as const;
const RESOURCE_MEMBERS = ["policy", "account", "blockPublicAccess"] as const;
const BUCKET_MEMBERS = [...RESOURCE_MEMBERS, "accessPoints"] as const;
const ACCESS_POINT_MEMBERS = [...RESOURCE_MEMBERS, "region", "vpc"] as const;
const ORGANIZATION_MEMBERS = ["managementAccount", "scps", "rcps"] as const;
const LEVEL_MEMBERS = ["level", "policies", "fullAccess"] as const;

const NAME = /^[\w+=,.@-]{1,128}$/;
const A_NAME = "a name that IAM takes: letters, digits and `+=,.@_-`";
const PATH = /^\/(?:[!-~]*\/)?$/;
/** Seconds. */
const SESSIONS = { shortest: 3_600, longest: 43_200 };
const ACCESS_POINT_NAME = /^[a-z0-9][a-z0-9-]{1,48}[a-z0-9]$/;
const VPC = /^vpc-[0-9a-f]+$/;
const REGION = /^[a-z]{2,}(?:-[a-z]+)+-\d$/;

export function readDesiredAccount(
  file: string,
  tree: Tree,
  readFile: ReadPolicyFile,
  managed: ManagedPolicySource,
): ReadAccount {
  const problems: AccountProblem[] = [];
  const complain = complainer(file, tree.root, problems);
  complainAboutSyntax(tree.problems, complain);
  if (tree.root?.type !== "object") {
    complain(tree.root ?? { start: 0, end: 0 }, "An account is an object with `account` and what is in it.");
    return { account: undefined, problems };
  }
  const reader = new ValueReader(complain);
  const head = readHead(file, tree.root, reader);
  const own = memberOf(tree.root, "variables");
  const root = fillPlaceholders(tree.root, head.variables, (name, at) => {
    const inVariables = own !== undefined && own.start <= at.start && at.end <= own.end;
    if (!inVariables) complain(at, noValue(name));
  });
  if (root.type !== "object") return { account: undefined, problems };
  const builder = new AccountBuilder(head, complain, problems, managed);
  const account = new AccountReader(root, builder, reader, readFile, problems, tree.root).read();
  return { account, problems };
}

function readHead(file: string, root: ObjectNode, reader: ValueReader): AccountHead {
  reader.knownMembers(root, ACCOUNT_MEMBERS);
  const id = reader.matching(reader.text(root, "account"), ACCOUNT_ID, AN_ACCOUNT_ID);
  if (reader.value(root, "account") === undefined) {
    reader.complain(root, "The account has no `account`: write its twelve digits as a text.");
  }
  const partition =
    reader.matching(reader.text(root, "partition"), /^aws(?:-[a-z]+)*$/, "a partition") ?? "aws";
  const region = reader.matching(reader.text(root, "region"), REGION, "a Region");
  const fixed = new Map<string, string>([["partition", partition]]);
  if (id !== undefined) for (const name of ["aws-account-id", "account-id"]) fixed.set(name, id);
  if (region !== undefined) fixed.set("region", region);
  const given = new Map<string, StringNode>();
  for (const { name, value } of reader.entries(root, "variables")) {
    const node = reader.asText(value);
    if (node !== undefined) given.set(name, node);
    fixed.delete(name);
  }
  const variables = fillVariables(given, fixed, reader.complain);
  return { file, id: id ?? NO_ACCOUNT, partition, region, variables };
}

/** Stands in where the account id is missing, which is reported. */
export const NO_ACCOUNT = "000000000000";

/** Documents: what they are called, and the name by which reasons call them. */
interface Naming {
  readonly id: string;
  readonly name: string;
}

/** A policy's file, or the policy itself. */
function isPolicy(value: ValueNode): boolean {
  return value.type === "string" || (value.type === "object" && memberOf(value, "Statement") !== undefined);
}

class AccountReader {
  readonly #complain: Complain;

  constructor(
    private readonly root: ObjectNode,
    private readonly builder: AccountBuilder,
    private readonly reader: ValueReader,
    private readonly readFile: ReadPolicyFile,
    private readonly problems: AccountProblem[],
    /** As written: keys may have placeholders, and pointers go by them. */
    private readonly source: ObjectNode,
  ) {
    this.#complain = reader.complain;
  }

  read(): Account {
    const { root, builder, reader } = this;
    for (const entry of this.#named("policies")) this.#managedPolicy(entry);
    for (const entry of this.#named("groups")) this.#group(entry);
    for (const entry of this.#named("users")) this.#user(entry);
    for (const entry of this.#named("roles")) this.#role(entry);
    if (memberOf(root, "instanceProfiles") !== undefined) builder.instanceProfiles = new Map();
    for (const entry of this.#named("instanceProfiles")) this.#instanceProfile(entry);
    builder.restrictsPublic = this.#flag(root, "blockPublicAccess");
    for (const entry of reader.entries(root, "buckets")) this.#bucket(entry);
    for (const entry of reader.entries(root, "resources")) {
      if (parseArn(entry.name) === undefined) {
        this.#complain(
          entry.member.key,
          `\`${entry.name}\` is not an ARN: write arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE.`,
        );
      } else {
        const node = this.#described(entry, RESOURCE_MEMBERS);
        const account = node && this.#owner(node);
        this.#resource(entry, node, { arn: entry.name, id: `resource/${entry.name}`, account });
      }
    }
    return builder.build(this.#organization());
  }

  /** The entries whose names IAM takes. */
  #named(key: string): readonly Entry[] {
    return this.reader.entries(this.root, key).filter(({ name, member }) => {
      const valid = NAME.test(name);
      // That a placeholder has no value is said already.
      if (!valid && !hasPlaceholder(name)) this.#complain(member.key, `\`${name}\` is not ${A_NAME}.`);
      return valid;
    });
  }

  #managedPolicy({ name, value }: Entry): void {
    const naming = { id: `policy/${name}`, name };
    const wrapped = value.type === "object" && memberOf(value, "document") !== undefined;
    if (wrapped) this.reader.knownMembers(value, POLICY_MEMBERS);
    const document = this.#document(wrapped ? this.reader.value(value, "document") : value, naming);
    const path = wrapped ? this.#path(value) : "/";
    this.builder.addManagedPolicy({
      name,
      arn: this.#arn("policy", path, name),
      document,
      description: wrapped ? this.reader.text(value, "description")?.value : undefined,
      tags: wrapped ? this.#tags(value) : undefined,
    });
  }

  #group({ name, value }: Entry): void {
    const node = this.reader.asObject(value, `The group \`${name}\``);
    if (node === undefined) return;
    this.reader.knownMembers(node, GROUP_MEMBERS);
    this.builder.groups.set(name, this.#identity("group", name, node));
  }

  #user({ name, value }: Entry): void {
    const node = this.reader.asObject(value, `The user \`${name}\``);
    if (node === undefined) return;
    this.reader.knownMembers(node, USER_MEMBERS);
    const { groups } = this.builder;
    const lost: string[] = [];
    const memberships = this.reader.texts(node, "groups").filter((it) => {
      if (groups.has(it.value)) return true;
      lost.push(
        this.builder.missing(it.value, it, this.builder.unknownName("group", it.value, groups.keys())),
      );
      return false;
    });
    const identity = this.#identity("user", name, node);
    const groupsAt = memberships.map((it) => [`group/${it.value}`, it] as const);
    this.builder.users.set(name, {
      ...identity,
      givenAt: new Map([...identity.givenAt, ...groupsAt]),
      policies: [...identity.policies, ...lost],
      groups: memberships.map((it) => it.value),
      boundary: this.#boundary(node),
      tags: this.#tags(node),
    });
  }

  #role({ name, value }: Entry): void {
    const node = this.reader.asObject(value, `The role \`${name}\``);
    if (node === undefined) return;
    this.reader.knownMembers(node, ROLE_MEMBERS);
    const trust = this.reader.value(node, "trust");
    if (trust === undefined)
      this.#complain(node, `The role \`${name}\` has no \`trust\`: its trust policy says who may assume it.`);
    this.builder.roles.set(name, {
      ...this.#identity("role", name, node),
      trust:
        trust === undefined
          ? undefined
          : this.#document(trust, { id: `role/${name}/trust`, name: "trust policy" }),
      boundary: this.#boundary(node),
      tags: this.#tags(node),
      description: this.reader.text(node, "description")?.value,
      maxSessionDuration: this.#maxSessionDuration(node),
    });
  }

  /** The name of its role alone, or an object; `null` for one without a role. */
  #instanceProfile({ name, value }: Entry): void {
    const node = value.type === "object" ? value : undefined;
    if (node !== undefined) this.reader.knownMembers(node, INSTANCE_PROFILE_MEMBERS);
    const named = node === undefined ? value : this.reader.value(node, "role");
    const role = named === undefined || named.type === "null" ? undefined : this.reader.asText(named)?.value;
    const arn = this.#arn("instance-profile", node === undefined ? "/" : this.#path(node), name);
    this.builder.instanceProfiles?.set(name, { name, arn, role });
  }

  #identity(kind: "user" | "group" | "role", name: string, node: ObjectNode) {
    const givenAt = new Map<string, Span>();
    for (const it of this.reader.texts(node, "policies")) {
      givenAt.set(this.builder.attached(it.value, it), it);
    }
    for (const entry of this.reader.entries(node, "inline")) {
      const naming = { id: inlineId(`${kind}/${name}`, entry.name), name: entry.name };
      givenAt.set(this.#document(entry.value, naming), entry.member.key);
    }
    return {
      name,
      arn: this.#arn(kind, this.#path(node), name),
      uniqueId: undefined,
      policies: [...givenAt.keys()],
      givenAt,
    };
  }

  #boundary(node: ObjectNode): string | undefined {
    const name = this.reader.text(node, "boundary");
    return name === undefined ? undefined : this.builder.attached(name.value, name);
  }

  #maxSessionDuration(node: ObjectNode): number | undefined {
    const value = this.reader.value(node, "maxSessionDuration");
    if (value === undefined) return undefined;
    if (value.type === "number" && value.value >= SESSIONS.shortest && value.value <= SESSIONS.longest)
      return value.value;
    this.#complain(
      value,
      `\`maxSessionDuration\` is a number of seconds from ${SESSIONS.shortest} to ${SESSIONS.longest}.`,
    );
    return undefined;
  }

  #tags(node: ObjectNode): Tags | undefined {
    if (this.reader.value(node, "tags") === undefined) return undefined;
    const tags: Record<string, string> = {};
    for (const { name, value } of this.reader.entries(node, "tags")) {
      const text = this.reader.asText(value);
      if (text !== undefined) tags[name] = text.value;
    }
    return tags;
  }

  #path(node: ObjectNode): string {
    return this.reader.matching(this.reader.text(node, "path"), PATH, "a path: write it as `/team/`") ?? "/";
  }

  #bucket(entry: Entry): void {
    const arn = `arn:${this.builder.head.partition}:s3:::${entry.name}`;
    const node = this.#described(entry, BUCKET_MEMBERS);
    this.#resource(entry, node, { arn, id: `bucket/${entry.name}`, account: node && this.#owner(node) });
    for (const point of node === undefined ? [] : this.reader.entries(node, "accessPoints")) {
      this.#accessPoint(point, arn, entry.name);
    }
  }

  #accessPoint(entry: Entry, bucket: string, bucketName: string): void {
    const { head, resources } = this.builder;
    const { name, member } = entry;
    if (!ACCESS_POINT_NAME.test(name)) {
      const what = "a name that S3 takes for an access point: 3 to 50 small letters, digits and hyphens";
      this.#complain(member.key, `\`${name}\` is not ${what}.`);
      return;
    }
    const node = this.#described(entry, ACCESS_POINT_MEMBERS);
    const region =
      (node && this.reader.matching(this.reader.text(node, "region"), REGION, "a Region")) ?? head.region;
    if (region === undefined) {
      this.#complain(
        member.key,
        `The access point \`${name}\` has no \`region\`, and the account has none either.`,
      );
      return;
    }
    const vpc =
      node && this.reader.matching(this.reader.text(node, "vpc"), VPC, "a VPC: write it as `vpc-…`");
    const account = node && this.#owner(node);
    const arn = `arn:${head.partition}:s3:${region}:${account ?? head.id}:accesspoint/${name}`;
    if (resources.has(arn)) {
      this.#complain(member.key, `Another bucket has the access point \`${name}\` in this Region.`);
      return;
    }
    const accessPoint = { bucket, network: vpc === undefined ? "Internet" : "VPC" } as const;
    this.#resource(entry, node, { arn, id: `access-point/${bucketName}/${name}`, account, accessPoint });
  }

  /** The object that describes a resource; `undefined` where its policy alone is written. */
  #described(entry: Entry, members: readonly string[]): ObjectNode | undefined {
    const { name, value } = entry;
    if (value.type === "null" || isPolicy(value)) return undefined;
    const node = this.reader.asObject(value, `\`${name}\``);
    if (node !== undefined) this.reader.knownMembers(node, members);
    return node;
  }

  #resource(
    { name, value }: Entry,
    node: ObjectNode | undefined,
    { id, ...known }: Pick<AccountResource, "arn" | "account" | "accessPoint"> & { readonly id: string },
  ): void {
    const policy = isPolicy(value) ? value : node && this.reader.value(node, "policy");
    this.builder.resources.set(known.arn, {
      ...known,
      policy: policy === undefined ? undefined : this.#document(policy, { id, name }),
      restrictsPublic: node && this.#flag(node, "blockPublicAccess"),
    });
  }

  #owner(node: ObjectNode): string | undefined {
    return this.reader.matching(this.reader.text(node, "account"), ACCOUNT_ID, AN_ACCOUNT_ID);
  }

  #flag(node: ObjectNode, key: string): boolean | undefined {
    const value = this.reader.value(node, key);
    if (value === undefined || value.type === "boolean") return value?.value;
    this.#complain(value, `\`${key}\` is true or false.`);
    return undefined;
  }

  #organization(): Organization | undefined {
    const node = this.reader.asObject(this.reader.value(this.root, "organization"), "`organization`");
    if (node === undefined) return undefined;
    this.reader.knownMembers(node, ORGANIZATION_MEMBERS);
    return {
      managementAccount: this.reader.matching(
        this.reader.text(node, "managementAccount"),
        ACCOUNT_ID,
        AN_ACCOUNT_ID,
      ),
      scps: this.#levels(node, "scps"),
      rcps: this.#levels(node, "rcps"),
    };
  }

  #levels(organization: ObjectNode, key: "scps" | "rcps"): readonly OrganizationLevel[] {
    return this.reader.items(organization, key).flatMap((item, index) => {
      const node = this.reader.asObject(item, "A level");
      if (node === undefined) return [];
      this.reader.knownMembers(node, LEVEL_MEMBERS);
      const id = this.reader.text(node, "level")?.value ?? `level ${index}`;
      const prefix = `${key === "scps" ? "scp" : "rcp"}/${id}`;
      const policies = this.reader
        .entries(node, "policies")
        .map(({ name, value }) => this.#document(value, { id: `${prefix}/${name}`, name }));
      const full = this.reader.value(node, "fullAccess");
      if (full !== undefined && full.type !== "boolean")
        this.#complain(full, "`fullAccess` is true or false.");
      const open = key === "scps" && !(full?.type === "boolean" && !full.value);
      return [{ id, policies: open ? [this.#fullAccess(), ...policies] : policies }];
    });
  }

  /** The policy that AWS hangs on every level until somebody takes it off. */
  #fullAccess(): string {
    const { file } = this.builder.head;
    const name = FULL_ACCESS_NAME;
    return this.builder.addDocument({ id: `aws/${name}`, name, file, pointer: "", document: fullAccess() });
  }

  /** A policy written out, or the path of its file. @returns the document's id */
  #document(value: ValueNode | undefined, { id, name }: Naming): string {
    const { builder, problems } = this;
    const { file, variables } = builder.head;
    const pointer = value === undefined ? "" : toPointer(pathAt(this.source, value));
    if (value?.type === "string") {
      const found = this.readFile(value.value);
      if (found === undefined || found.file === file) {
        this.#complain(
          value,
          found === undefined
            ? `There is no file \`${value.value}\`, or it cannot be read.`
            : `\`${value.value}\` is this account, and an account is no policy.`,
        );
        return builder.addDocument({ id, name, file, pointer, document: undefined });
      }
      const document = readDocumentText({ ...found, language: languageOf(value.value) }, variables, problems);
      return builder.addDocument({ id, name, file: found.file, pointer: "", document });
    }
    if (value?.type === "object") {
      // Its placeholders are filled already; one that is left has no value.
      const document = readDocumentNode(value, variables, this.#complain);
      return builder.addDocument({ id, name, file, pointer, document });
    }
    this.#complain(value ?? this.root, "A policy is the path of its file, or an object with a `Statement`.");
    return builder.addDocument({ id, name, file, pointer, document: undefined });
  }

  #arn(kind: string, path: string, name: string): string {
    const { partition, id } = this.builder.head;
    return `arn:${partition}:iam::${id}:${kind}${path}${name}`;
  }
}
