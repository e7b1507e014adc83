/**
 * An observed account as a tree to look at: what is there, and what hangs on what. The documents in it are named by
 * ids such as `policy/engineer_access`, `user/ana/own`, `role/app/trust`, `bucket/logs`.
 */

import { parseArn } from "../policy/arn.js";
import { counted } from "../policy/counted.js";
import { inlineId } from "./account.js";
import { ATTACHED, GROUP, INLINE, kindOf, restOf, type SubjectId, TRUST } from "./change/facts.js";
import { instanceProfilesOf } from "./change/instance-profiles.js";
import type {
  AttachedBoundary,
  AttachedPolicy,
  InlinePolicyDetail,
  InstanceProfileDetail,
  ManagedPolicyDetail,
  PolicyVersionDetail,
  Snapshot,
} from "./change/snapshot-shape.js";

export interface AccountNode {
  /** Unique in the tree. */
  readonly id: string;
  readonly kind: NodeKind;
  readonly label: string;
  readonly detail?: string;
  readonly tooltip?: string;
  /** Id of the document that it stands for. */
  readonly document?: string;
  readonly children: readonly AccountNode[];
}

export type NodeKind =
  | "section"
  | "policy"
  | "group"
  | "user"
  | "role"
  | "instance-profile"
  | "bucket"
  | "inline"
  | "trust"
  | "boundary";

export interface ObservedDocument {
  /** As AWS holds it. */
  readonly text: string;
  /** Ids of all versions, the newest first; empty for what has none. */
  readonly versions: readonly string[];
  /** The one that `text` is. */
  readonly version: string | undefined;
}

export function accountNodes(snapshot: Snapshot): readonly AccountNode[] {
  const { UserDetailList: users, GroupDetailList: groups, RoleDetailList: roles, Policies } = snapshot;
  const own = Policies.filter((it) => !isAws(it.Arn));
  const profiles = instanceProfilesOf(snapshot);
  const buckets = Object.entries(snapshot.BucketPolicies ?? {});
  return [
    section("policies", "Policies", own.map(policyNode)),
    section(
      "groups",
      "Groups",
      groups.map((it) => {
        const id = `group/${it.GroupName}`;
        const members = users.filter((user) => user.GroupList.includes(it.GroupName));
        return {
          id,
          kind: "group",
          label: it.GroupName,
          detail: counted(members.length, "member"),
          tooltip: it.Arn,
          children: [
            ...granted(id, it.AttachedManagedPolicies, it.GroupPolicyList),
            ...members.map((user) => leaf(`${id}>user/${user.UserName}`, "user", user.UserName)),
          ],
        };
      }),
    ),
    section(
      "users",
      "Users",
      users.map((it) => {
        const id = `user/${it.UserName}`;
        return {
          id,
          kind: "user",
          label: it.UserName,
          ...(it.GroupList.length > 0 && { detail: it.GroupList.join(", ") }),
          tooltip: it.Arn,
          children: [
            ...it.GroupList.map((group) => leaf(`${id}>group/${group}`, "group", group)),
            ...granted(id, it.AttachedManagedPolicies, it.UserPolicyList),
            ...boundary(id, it.PermissionsBoundary),
          ],
        };
      }),
    ),
    section(
      "roles",
      "Roles",
      roles.map((it) => {
        const id = `role/${it.RoleName}`;
        return {
          id,
          kind: "role",
          label: it.RoleName,
          ...(it.Description && { detail: it.Description }),
          tooltip: it.Arn,
          children: [
            { ...leaf(`${id}>trust`, "trust", "Trust policy"), document: `${id}/trust` },
            ...granted(id, it.AttachedManagedPolicies, it.RolePolicyList),
            ...boundary(id, it.PermissionsBoundary),
          ],
        };
      }),
    ),
    ...(profiles.length === 0
      ? []
      : [section("instance-profiles", "Instance Profiles", profiles.map(instanceProfileNode))]),
    section(
      "buckets",
      "Buckets",
      buckets.map(([name, policy]) => ({
        ...leaf(`bucket/${name}`, "bucket", name),
        ...(policy === null ? { detail: "no policy" } : { document: `bucket/${name}` }),
      })),
    ),
  ];
}

/** The ids of the nodes that stand for a fact, the section of its subject first; some are not there, if it is not. */
export function nodesAbout(subject: SubjectId, part: string): readonly string[] {
  const kind = kindOf(subject);
  const section = kind === "policy" ? "policies" : `${kind}s`;
  const group = restOf(part, GROUP);
  const inline = restOf(part, INLINE);
  const child = inline === undefined ? (restOf(part, ATTACHED) ?? part) : inlineId(subject, inline);
  const member = group === undefined ? [] : [`group/${group}>${subject}`];
  return [section, subject, `${subject}>${child}`, ...member];
}

/**
 * @param version such as `v3`; the one in force unless said
 * @returns `undefined` where there is no such document
 */
export function observedDocument(
  snapshot: Snapshot,
  id: string,
  version?: string,
): ObservedDocument | undefined {
  const [kind, name = "", ...rest] = id.split("/");
  const inline = (policies: readonly InlinePolicyDetail[] | undefined) =>
    alone(policies?.find((it) => inlineId(`${kind}/${name}`, it.PolicyName) === id)?.PolicyDocument);
  switch (kind) {
    case "policy":
    case "aws":
      return versionOf(
        snapshot.Policies.find((it) => it.PolicyName === name && isAws(it.Arn) === (kind === "aws")),
        version,
      );
    case "user":
      return inline(snapshot.UserDetailList.find((it) => it.UserName === name)?.UserPolicyList);
    case "group":
      return inline(snapshot.GroupDetailList.find((it) => it.GroupName === name)?.GroupPolicyList);
    case "role": {
      const role = snapshot.RoleDetailList.find((it) => it.RoleName === name);
      return rest.join("/") === TRUST ? alone(role?.AssumeRolePolicyDocument) : inline(role?.RolePolicyList);
    }
    case "bucket":
      return alone(snapshot.BucketPolicies?.[name] ?? undefined);
    default:
      return undefined;
  }
}

function versionOf(
  policy: ManagedPolicyDetail | undefined,
  wanted: string | undefined,
): ObservedDocument | undefined {
  const id = wanted ?? policy?.DefaultVersionId;
  const found = policy?.PolicyVersionList.find(({ VersionId }) => VersionId === id);
  if (policy === undefined || found === undefined) return undefined;
  const newestFirst = [...policy.PolicyVersionList].sort((a, b) => numberOf(b) - numberOf(a));
  return { text: found.Document, version: found.VersionId, versions: newestFirst.map((it) => it.VersionId) };
}

function numberOf({ VersionId }: PolicyVersionDetail): number {
  return Number(VersionId.slice(1));
}

function alone(text: string | undefined): ObservedDocument | undefined {
  return text === undefined ? undefined : { text, versions: [], version: undefined };
}

function policyNode(policy: ManagedPolicyDetail): AccountNode {
  const { PolicyName, Arn, DefaultVersionId, AttachmentCount, Description } = policy;
  const id = `policy/${PolicyName}`;
  const used = AttachmentCount === 0 ? "attached to nothing" : counted(AttachmentCount, "attachment");
  return {
    ...leaf(id, "policy", PolicyName),
    detail: `${DefaultVersionId}, ${used}`,
    tooltip: [Arn, Description].filter((it) => it !== undefined).join("\n"),
    document: id,
  };
}

function instanceProfileNode({ InstanceProfileName, Arn, Roles }: InstanceProfileDetail): AccountNode {
  const id = `instance-profile/${InstanceProfileName}`;
  const [{ RoleName: role } = {}] = Roles;
  return {
    ...leaf(id, "instance-profile", InstanceProfileName),
    detail: role ?? "no role",
    tooltip: Arn,
    children: role === undefined ? [] : [leaf(`${id}>role/${role}`, "role", role)],
  };
}

function granted(
  owner: string,
  attached: readonly AttachedPolicy[],
  inline: readonly InlinePolicyDetail[],
): readonly AccountNode[] {
  return [
    ...attached.map(({ PolicyName, PolicyArn }) => ({
      ...leaf(`${owner}>${PolicyArn}`, "policy", PolicyName),
      detail: isAws(PolicyArn) ? "of AWS" : "attached",
      tooltip: PolicyArn,
      document: documentOf(PolicyArn),
    })),
    ...inline.map(({ PolicyName }) => {
      const document = inlineId(owner, PolicyName);
      return { ...leaf(`${owner}>${document}`, "inline", PolicyName), detail: "inline", document };
    }),
  ];
}

function boundary(owner: string, attached: AttachedBoundary | undefined): readonly AccountNode[] {
  if (attached === undefined) return [];
  const arn = attached.PermissionsBoundaryArn;
  const label = arn.slice(arn.lastIndexOf("/") + 1);
  return [
    {
      ...leaf(`${owner}>boundary`, "boundary", label),
      detail: "permissions boundary",
      tooltip: arn,
      document: documentOf(arn),
    },
  ];
}

function documentOf(arn: string): string {
  return `${isAws(arn) ? "aws" : "policy"}/${arn.slice(arn.lastIndexOf("/") + 1)}`;
}

function isAws(arn: string): boolean {
  return parseArn(arn)?.account === "aws";
}

function section(id: string, label: string, children: readonly AccountNode[]): AccountNode {
  const sorted = [...children].sort((a, b) => a.label.localeCompare(b.label, "en"));
  return { id, kind: "section", label, detail: String(children.length), children: sorted };
}

function leaf(id: string, kind: NodeKind, label: string): AccountNode {
  return { id, kind, label, children: [] };
}
