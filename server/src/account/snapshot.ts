/**
 * The output of `aws iam get-account-authorization-details`, as it is: the account as it was observed. Policies are
 * URL-encoded texts or objects. A `BucketPolicies` map may stand beside AWS's own keys.
 * See https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
 */
import { parseArn } from "../policy/arn.js";
import { type ObjectNode, pathAt, type Tree, toPointer, type ValueNode } from "../syntax/tree.js";
import { inlineId } from "./account.js";
import { AccountBuilder, type ManagedPolicySource } from "./account-builder.js";
import type { ReadAccount } from "./desired-account.js";
import { type AccountProblem, type Complain, complainer } from "./problem.js";
import { readDocumentNode, readDocumentText } from "./read-document.js";
import { ACCOUNT_ID, complainAboutSyntax, ValueReader } from "./value-reader.js";

export const SNAPSHOT_LISTS = ["UserDetailList", "GroupDetailList", "RoleDetailList", "Policies"] as const;
const BUCKET_POLICIES = "BucketPolicies";
const PUBLIC_ACCESS_BLOCKS = "PublicAccessBlocks";
const ACCOUNT_BLOCK = "AccountPublicAccessBlock";
const ACCESS_POINTS = "AccessPoints";

export function readSnapshot(file: string, tree: Tree, managed: ManagedPolicySource): ReadAccount {
  const problems: AccountProblem[] = [];
  const complain = complainer(file, tree.root, problems);
  complainAboutSyntax(tree.problems, complain);
  if (tree.root?.type !== "object") return { account: undefined, problems };
  const owner = ownerOf(tree.root, complain);
  const variables = new Map([
    ["aws-account-id", owner.id],
    ["account-id", owner.id],
    ["partition", owner.partition],
  ]);
  const head = { file, region: undefined, variables, ...owner };
  const builder = new AccountBuilder(head, complain, problems, managed);
  new SnapshotReader(tree.root, builder, new ValueReader(complain), problems).read();
  return { account: builder.build(undefined), problems };
}

/** The account that the first ARN with one belongs to. */
function ownerOf(root: ObjectNode, complain: Complain): { readonly id: string; readonly partition: string } {
  const reader = new ValueReader(complain);
  for (const list of SNAPSHOT_LISTS) {
    for (const item of reader.items(root, list)) {
      const node = item.type === "object" ? reader.text(item, "Arn") : undefined;
      const arn = node && parseArn(node.value);
      if (arn !== undefined && ACCOUNT_ID.test(arn.account))
        return { id: arn.account, partition: arn.partition };
    }
  }
  complain(root, "No ARN in this snapshot tells the account id.");
  return { id: "000000000000", partition: "aws" };
}

type Owner = readonly [kind: "user" | "group" | "role", name: string];

class SnapshotReader {
  constructor(
    private readonly root: ObjectNode,
    private readonly builder: AccountBuilder,
    private readonly reader: ValueReader,
    private readonly problems: AccountProblem[],
  ) {}

  read(): void {
    const { reader, root } = this;
    const truncated = reader.value(root, "IsTruncated");
    if (truncated?.type === "boolean" && truncated.value) {
      reader.complain(
        truncated,
        "This is one page of several: run `aws iam get-account-authorization-details` without paging options.",
      );
    }
    for (const node of this.#details("Policies")) this.#policy(node);
    for (const node of this.#details("GroupDetailList")) this.#group(node);
    for (const node of this.#details("UserDetailList")) this.#user(node);
    for (const node of this.#details("RoleDetailList")) this.#role(node);
    for (const { name, value } of reader.entries(root, BUCKET_POLICIES)) {
      const arn = `arn:${this.builder.head.partition}:s3:::${name}`;
      // A bucket without a policy.
      const none = value.type === "null";
      const policy = none ? undefined : this.#document(`bucket/${name}`, name, unwrapped(value));
      this.builder.resources.set(arn, { arn, account: undefined, policy });
    }
    for (const { name, value } of reader.entries(root, PUBLIC_ACCESS_BLOCKS)) {
      const block = reader.asObject(value.type === "null" ? undefined : value, `\`${name}\``);
      if (block === undefined || !this.#restricts(block)) continue;
      const arn = `arn:${this.builder.head.partition}:s3:::${name}`;
      const known = this.builder.resources.get(arn) ?? { arn, account: undefined, policy: undefined };
      this.builder.resources.set(arn, { ...known, restrictsPublic: true });
    }
    const block = reader.asObject(reader.value(root, ACCOUNT_BLOCK), `\`${ACCOUNT_BLOCK}\``);
    if (block !== undefined) this.builder.restrictsPublic = this.#restricts(block);
    for (const node of this.#details(ACCESS_POINTS)) this.#accessPoint(node);
  }

  #restricts(block: ObjectNode): boolean {
    const flag = this.reader.value(block, "RestrictPublicBuckets");
    return flag?.type === "boolean" && flag.value;
  }

  /** As `aws s3control get-access-point` gives it, with its `Policy` beside. */
  #accessPoint(node: ObjectNode): void {
    const { reader, builder } = this;
    const names = this.#names(node, "Name", "AccessPointArn");
    const bucket = names && reader.text(node, "Bucket");
    if (names === undefined || bucket === undefined) return;
    const policy = reader.value(node, "Policy");
    const block = reader.asObject(
      reader.value(node, "PublicAccessBlockConfiguration"),
      "`PublicAccessBlockConfiguration`",
    );
    const origin = reader.text(node, "NetworkOrigin")?.value;
    const arn = `arn:${builder.head.partition}:s3:::${bucket.value}`;
    const owner = reader.text(node, "BucketAccountId")?.value;
    if (!builder.resources.has(arn) && owner !== builder.head.id)
      builder.resources.set(arn, { arn, account: owner, policy: undefined });
    builder.resources.set(names.arn, {
      arn: names.arn,
      account: undefined,
      policy:
        policy && this.#document(`access-point/${bucket.value}/${names.name}`, names.name, unwrapped(policy)),
      restrictsPublic: block && this.#restricts(block),
      accessPoint: {
        bucket: arn,
        network: origin === "VPC" || origin === "Internet" ? origin : undefined,
      },
    });
  }

  #details(list: (typeof SNAPSHOT_LISTS)[number] | typeof ACCESS_POINTS): readonly ObjectNode[] {
    return this.reader
      .items(this.root, list)
      .flatMap((item) => this.reader.asObject(item, `An entry of \`${list}\``) ?? []);
  }

  #policy(node: ObjectNode): void {
    const names = this.#names(node, "PolicyName");
    if (names === undefined) return;
    const { name, arn } = names;
    const versions = this.reader.items(node, "PolicyVersionList").filter((it) => it.type === "object");
    const wanted = this.reader.text(node, "DefaultVersionId")?.value;
    const version =
      versions.find((it) => wanted !== undefined && this.reader.text(it, "VersionId")?.value === wanted) ??
      versions.find((it) => {
        const flag = this.reader.value(it, "IsDefaultVersion");
        return flag?.type === "boolean" && flag.value;
      });
    const id = parseArn(arn)?.account === "aws" ? `aws/${name}` : `policy/${name}`;
    const document =
      version === undefined
        ? this.builder.missing(id, node, `The policy \`${name}\` comes without its default version.`)
        : this.#document(id, name, this.reader.value(version, "Document"), version);
    this.builder.addManagedPolicy({ name, arn, document });
  }

  #group(node: ObjectNode): void {
    const names = this.#names(node, "GroupName");
    if (names === undefined) return;
    this.builder.groups.set(names.name, {
      ...names,
      uniqueId: this.reader.text(node, "GroupId")?.value,
      policies: this.#policies(node, ["group", names.name], "GroupPolicyList"),
    });
  }

  #user(node: ObjectNode): void {
    const names = this.#names(node, "UserName");
    if (names === undefined) return;
    const { groups } = this.builder;
    const lost: string[] = [];
    const memberships = this.reader.texts(node, "GroupList").filter((it) => {
      if (groups.has(it.value)) return true;
      lost.push(
        this.builder.missing(it.value, it, this.builder.unknownName("group", it.value, groups.keys())),
      );
      return false;
    });
    const policies = this.#policies(node, ["user", names.name], "UserPolicyList");
    this.builder.users.set(names.name, {
      ...names,
      uniqueId: this.reader.text(node, "UserId")?.value,
      policies: [...policies, ...lost],
      groups: memberships.map((it) => it.value),
      boundary: this.#boundary(node),
      tags: this.#tags(node),
    });
  }

  #role(node: ObjectNode): void {
    const names = this.#names(node, "RoleName");
    if (names === undefined) return;
    const id = `role/${names.name}`;
    const trust = this.reader.value(node, "AssumeRolePolicyDocument");
    this.builder.roles.set(names.name, {
      ...names,
      uniqueId: this.reader.text(node, "RoleId")?.value,
      policies: this.#policies(node, ["role", names.name], "RolePolicyList"),
      trust: trust === undefined ? undefined : this.#document(`${id}/trust`, "trust policy", trust),
      boundary: this.#boundary(node),
      tags: this.#tags(node),
    });
  }

  #names(
    node: ObjectNode,
    key: string,
    arnKey = "Arn",
  ): { readonly name: string; readonly arn: string } | undefined {
    const name = this.reader.text(node, key)?.value;
    const arn = this.reader.text(node, arnKey)?.value;
    if (name !== undefined && arn !== undefined && parseArn(arn) !== undefined) return { name, arn };
    this.reader.complain(
      node,
      `This entry has no \`${name === undefined ? key : arnKey}\` as AWS writes it.`,
    );
    return undefined;
  }

  #policies(node: ObjectNode, owner: Owner, inlineKey: string): readonly string[] {
    const managed = this.reader.items(node, "AttachedManagedPolicies").flatMap((item) => {
      const arn = item.type === "object" ? this.reader.text(item, "PolicyArn") : undefined;
      return arn === undefined ? [] : [this.builder.attached(arn.value, arn)];
    });
    const inline = this.reader.items(node, inlineKey).flatMap((item) => {
      const name = item.type === "object" ? this.reader.text(item, "PolicyName")?.value : undefined;
      if (item.type !== "object" || name === undefined) return [];
      return [
        this.#document(
          inlineId(owner.join("/"), name),
          name,
          this.reader.value(item, "PolicyDocument"),
          item,
        ),
      ];
    });
    return [...new Set([...managed, ...inline])];
  }

  #boundary(node: ObjectNode): string | undefined {
    const boundary = this.reader.asObject(
      this.reader.value(node, "PermissionsBoundary"),
      "`PermissionsBoundary`",
    );
    const arn = boundary && this.reader.text(boundary, "PermissionsBoundaryArn");
    return arn && this.builder.attached(arn.value, arn);
  }

  #tags(node: ObjectNode): Readonly<Record<string, string>> {
    const tags: Record<string, string> = {};
    for (const item of this.reader.items(node, "Tags")) {
      if (item.type !== "object") continue;
      const key = this.reader.text(item, "Key")?.value;
      if (key !== undefined) tags[key] = this.reader.text(item, "Value")?.value ?? "";
    }
    return tags;
  }

  /** @param holder where to point if there is no document at all */
  #document(id: string, name: string, value: ValueNode | undefined, holder: ValueNode = this.root): string {
    const { builder, reader, problems } = this;
    const { file } = builder.head;
    const pointer = toPointer(pathAt(this.root, value ?? holder));
    const add = (document: ReturnType<typeof readDocumentNode>) =>
      builder.addDocument({ id, name, file, pointer, document });
    if (value?.type === "object") return add(readDocumentNode(value, undefined, reader.complain));
    if (value?.type !== "string") {
      reader.complain(value ?? holder, `The policy \`${name}\` comes without its document.`);
      return add(undefined);
    }
    const text = decoded(value.value);
    if (text === undefined) {
      reader.complain(value, `The document of \`${name}\` is neither JSON nor URL-encoded JSON.`);
      return add(undefined);
    }
    return add(readDocumentText({ file, text, language: "json", pointer }, undefined, problems));
  }
}

/** `aws s3api get-bucket-policy` wraps the text in an object. */
function unwrapped(value: ValueNode): ValueNode {
  const [only] = value.type === "object" && value.members.length === 1 ? value.members : [];
  return only?.key.value === "Policy" && only.value !== undefined ? only.value : value;
}

function decoded(text: string): string | undefined {
  if (/^\s*\{/.test(text)) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
