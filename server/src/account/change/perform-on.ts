/**
 * What a call does to an account, told on a snapshot: the snapshot after it, or the error that AWS would answer with.
 * A plan looks ahead with it, and a snapshot file is changed by it. Permissions are not asked: everybody may.
 */

import { parseArn } from "../../policy/arn.js";
import {
  IDENTITY_POLICY,
  MANAGED_POLICY,
  RAISED_TRUST_POLICY,
  RESOURCE_POLICIES,
} from "../../policy/policy-quota.js";
import type { ApiCall, IamInputs, S3Inputs, Tag } from "./api-call.js";
import {
  GROUPS_OF_USER,
  IAM_NAME,
  INLINE_POLICIES,
  NAME_LENGTH,
  RAISED_ATTACHED_POLICIES,
  TAGS,
  VERSIONS_OF_POLICY,
} from "./aws-limits.js";
import { policyIn } from "./document-meaning.js";
import { documentSize } from "./document-size.js";
import { isPolicyOfAws, policyName } from "./facts.js";
import { instanceProfilesOf, withInstanceProfiles } from "./instance-profiles.js";
import type {
  AttachedPolicy,
  GroupDetail,
  InlinePolicyDetail,
  InstanceProfileDetail,
  ManagedPolicyDetail,
  RoleDetail,
  Snapshot,
  UserDetail,
} from "./snapshot-shape.js";
import { TargetError } from "./target.js";

/** What ARNs are made from. */
export interface Home {
  readonly accountId: string;
  readonly partition: string;
}

/** @throws TargetError */
export function performOn(snapshot: Snapshot, call: ApiCall, home: Home): Snapshot {
  const handler = HANDLERS[call.operation] as Handler<unknown>;
  return handler(snapshot, call.input, home);
}

type Inputs = IamInputs & S3Inputs;
type Handler<Input> = (snapshot: Snapshot, input: Input, home: Home) => Snapshot;

/** What users, groups and roles have alike, whatever AWS calls it. */
interface Kind<Detail> {
  readonly word: "user" | "group" | "role";
  /** Before the unique ids of this kind. */
  readonly prefix: string;
  readonly list: (snapshot: Snapshot) => readonly Detail[];
  readonly withList: (snapshot: Snapshot, list: readonly Detail[]) => Snapshot;
  readonly nameOf: (detail: Detail) => string;
  readonly inline: (detail: Detail) => readonly InlinePolicyDetail[];
  readonly withInline: (detail: Detail, inline: readonly InlinePolicyDetail[]) => Detail;
}

type Identity = UserDetail | GroupDetail | RoleDetail;
type Limited = UserDetail | RoleDetail;

const USER: Kind<UserDetail> = {
  word: "user",
  prefix: "AIDA",
  list: (it) => it.UserDetailList,
  withList: (snapshot, UserDetailList) => ({ ...snapshot, UserDetailList }),
  nameOf: (it) => it.UserName,
  inline: (it) => it.UserPolicyList,
  withInline: (it, UserPolicyList) => ({ ...it, UserPolicyList }),
};
const GROUP: Kind<GroupDetail> = {
  word: "group",
  prefix: "AGPA",
  list: (it) => it.GroupDetailList,
  withList: (snapshot, GroupDetailList) => ({ ...snapshot, GroupDetailList }),
  nameOf: (it) => it.GroupName,
  inline: (it) => it.GroupPolicyList,
  withInline: (it, GroupPolicyList) => ({ ...it, GroupPolicyList }),
};
const ROLE: Kind<RoleDetail> = {
  word: "role",
  prefix: "AROA",
  list: (it) => it.RoleDetailList,
  withList: (snapshot, RoleDetailList) => ({ ...snapshot, RoleDetailList }),
  nameOf: (it) => it.RoleName,
  inline: (it) => it.RolePolicyList,
  withInline: (it, RolePolicyList) => ({ ...it, RolePolicyList }),
};

const HANDLERS: { readonly [Operation in keyof Inputs]: Handler<Inputs[Operation]> } = {
  CreateUser(snapshot, { UserName, Path = "/", Tags = [], PermissionsBoundary }, home) {
    const base = created(USER, snapshot, UserName, Path, home);
    checkTags(Tags, `user \`${UserName}\``);
    const { id: UserId, ...detail } = base;
    const user: UserDetail = { UserName, UserId, ...detail, UserPolicyList: [], GroupList: [], Tags };
    return addedWithBoundary(USER, snapshot, user, PermissionsBoundary);
  },
  DeleteUser(snapshot, { UserName }) {
    const user = find(USER, snapshot, UserName);
    refuseWhile(user.GroupList.length > 0, `The user \`${UserName}\` is still in groups.`);
    return deleted(USER, snapshot, user);
  },
  TagUser: (snapshot, { UserName, Tags }) => tagged(USER, snapshot, UserName, Tags),
  UntagUser: (snapshot, { UserName, TagKeys }) => untagged(USER, snapshot, UserName, TagKeys),
  PutUserPermissionsBoundary: (snapshot, { UserName, PermissionsBoundary }) =>
    bounded(USER, snapshot, UserName, PermissionsBoundary),
  DeleteUserPermissionsBoundary: (snapshot, { UserName }) => bounded(USER, snapshot, UserName, undefined),
  PutUserPolicy: (snapshot, { UserName, ...policy }) => withInlinePolicy(USER, snapshot, UserName, policy),
  DeleteUserPolicy: (snapshot, { UserName, PolicyName }) =>
    withoutInlinePolicy(USER, snapshot, UserName, PolicyName),
  AttachUserPolicy: (snapshot, { UserName, PolicyArn }) => attached(USER, snapshot, UserName, PolicyArn),
  DetachUserPolicy: (snapshot, { UserName, PolicyArn }) => detached(USER, snapshot, UserName, PolicyArn),

  CreateGroup(snapshot, { GroupName, Path = "/" }, home) {
    const { id: GroupId, ...detail } = created(GROUP, snapshot, GroupName, Path, home);
    return GROUP.withList(snapshot, [
      ...snapshot.GroupDetailList,
      { GroupName, GroupId, ...detail, GroupPolicyList: [] },
    ]);
  },
  DeleteGroup(snapshot, { GroupName }) {
    const group = find(GROUP, snapshot, GroupName);
    const members = snapshot.UserDetailList.filter(({ GroupList }) => GroupList.includes(GroupName));
    refuseWhile(members.length > 0, `The group \`${GroupName}\` still has members.`);
    return deleted(GROUP, snapshot, group);
  },
  AddUserToGroup(snapshot, { GroupName, UserName }) {
    find(GROUP, snapshot, GroupName);
    const user = find(USER, snapshot, UserName);
    if (user.GroupList.includes(GroupName)) return snapshot;
    if (user.GroupList.length >= GROUPS_OF_USER)
      throw limit(`The user \`${UserName}\` is in ${GROUPS_OF_USER} groups already, as many as AWS allows.`);
    return replaced(USER, snapshot, { ...user, GroupList: [...user.GroupList, GroupName] });
  },
  RemoveUserFromGroup(snapshot, { GroupName, UserName }) {
    find(GROUP, snapshot, GroupName);
    const user = find(USER, snapshot, UserName);
    const GroupList = user.GroupList.filter((it) => it !== GroupName);
    return replaced(USER, snapshot, { ...user, GroupList });
  },
  PutGroupPolicy: (snapshot, { GroupName, ...policy }) =>
    withInlinePolicy(GROUP, snapshot, GroupName, policy),
  DeleteGroupPolicy: (snapshot, { GroupName, PolicyName }) =>
    withoutInlinePolicy(GROUP, snapshot, GroupName, PolicyName),
  AttachGroupPolicy: (snapshot, { GroupName, PolicyArn }) => attached(GROUP, snapshot, GroupName, PolicyArn),
  DetachGroupPolicy: (snapshot, { GroupName, PolicyArn }) => detached(GROUP, snapshot, GroupName, PolicyArn),

  CreateRole(snapshot, input, home) {
    const { RoleName, Path = "/", Tags = [], PermissionsBoundary, AssumeRolePolicyDocument } = input;
    const { id: RoleId, ...detail } = created(ROLE, snapshot, RoleName, Path, home);
    checkTags(Tags, `role \`${RoleName}\``);
    checkTrust(snapshot, RoleName, AssumeRolePolicyDocument, home);
    const role: RoleDetail = {
      RoleName,
      RoleId,
      ...detail,
      AssumeRolePolicyDocument,
      RolePolicyList: [],
      InstanceProfileList: [],
      Tags,
      Description: input.Description ?? "",
      MaxSessionDuration: input.MaxSessionDuration ?? DEFAULT_SESSION,
    };
    return addedWithBoundary(ROLE, snapshot, role, PermissionsBoundary);
  },
  UpdateRole(snapshot, { RoleName, Description, MaxSessionDuration = DEFAULT_SESSION }) {
    const role = find(ROLE, snapshot, RoleName);
    return replaced(ROLE, snapshot, {
      ...role,
      ...(Description === undefined ? {} : { Description }),
      MaxSessionDuration,
    });
  },
  DeleteRole(snapshot, { RoleName }) {
    const role = find(ROLE, snapshot, RoleName);
    refuseWhile(
      role.InstanceProfileList.length > 0,
      `The role \`${RoleName}\` is still in an instance profile.`,
    );
    return deleted(ROLE, snapshot, role);
  },
  UpdateAssumeRolePolicy(snapshot, { RoleName, PolicyDocument }, home) {
    const role = find(ROLE, snapshot, RoleName);
    checkTrust(snapshot, RoleName, PolicyDocument, home);
    return replaced(ROLE, snapshot, { ...role, AssumeRolePolicyDocument: PolicyDocument });
  },
  TagRole: (snapshot, { RoleName, Tags }) => tagged(ROLE, snapshot, RoleName, Tags),
  UntagRole: (snapshot, { RoleName, TagKeys }) => untagged(ROLE, snapshot, RoleName, TagKeys),
  PutRolePermissionsBoundary: (snapshot, { RoleName, PermissionsBoundary }) =>
    bounded(ROLE, snapshot, RoleName, PermissionsBoundary),
  DeleteRolePermissionsBoundary: (snapshot, { RoleName }) => bounded(ROLE, snapshot, RoleName, undefined),
  PutRolePolicy: (snapshot, { RoleName, ...policy }) => withInlinePolicy(ROLE, snapshot, RoleName, policy),
  DeleteRolePolicy: (snapshot, { RoleName, PolicyName }) =>
    withoutInlinePolicy(ROLE, snapshot, RoleName, PolicyName),
  AttachRolePolicy: (snapshot, { RoleName, PolicyArn }) => attached(ROLE, snapshot, RoleName, PolicyArn),
  DetachRolePolicy: (snapshot, { RoleName, PolicyArn }) => detached(ROLE, snapshot, RoleName, PolicyArn),

  CreateInstanceProfile(snapshot, { InstanceProfileName, Path = "/" }, { partition, accountId }) {
    const profiles = instanceProfilesOf(snapshot);
    checkName(PROFILE, InstanceProfileName);
    refuseTwice(
      PROFILE,
      InstanceProfileName,
      profiles.map((it) => it.InstanceProfileName),
    );
    const Arn = `arn:${partition}:iam::${accountId}:instance-profile${Path}${InstanceProfileName}`;
    return withInstanceProfiles(snapshot, [...profiles, { InstanceProfileName, Arn, Roles: [] }]);
  },
  DeleteInstanceProfile(snapshot, { InstanceProfileName }) {
    const profile = findProfile(snapshot, InstanceProfileName);
    refuseWhile(
      profile.Roles.length > 0,
      `The instance profile \`${InstanceProfileName}\` still has a role in it.`,
    );
    const left = instanceProfilesOf(snapshot).filter((it) => it !== profile);
    return withInstanceProfiles(snapshot, left);
  },
  AddRoleToInstanceProfile(snapshot, { InstanceProfileName, RoleName }) {
    const profile = findProfile(snapshot, InstanceProfileName);
    find(ROLE, snapshot, RoleName);
    if (profile.Roles.length > 0)
      throw limit(
        `The instance profile \`${InstanceProfileName}\` has a role in it already, and AWS allows one.`,
      );
    return withProfile(snapshot, { ...profile, Roles: [{ RoleName }] });
  },
  RemoveRoleFromInstanceProfile(snapshot, { InstanceProfileName, RoleName }) {
    const profile = findProfile(snapshot, InstanceProfileName);
    if (!profile.Roles.some((it) => it.RoleName === RoleName))
      throw absent(`The role \`${RoleName}\` is not in the instance profile \`${InstanceProfileName}\`.`);
    return withProfile(snapshot, { ...profile, Roles: [] });
  },

  CreatePolicy(snapshot, { PolicyName, Path = "/", PolicyDocument, Description, Tags = [] }, home) {
    checkName("policy", PolicyName);
    const own = snapshot.Policies.filter((it) => !isPolicyOfAws(it.Arn));
    refuseTwice(
      "policy",
      PolicyName,
      own.map((it) => it.PolicyName),
    );
    checkTags(Tags, `policy \`${PolicyName}\``);
    checkSize(PolicyDocument, MANAGED_POLICY, `The policy \`${PolicyName}\``);
    const policy: ManagedPolicyDetail = {
      PolicyName,
      PolicyId: uniqueId("ANPA", `policy/${PolicyName}`),
      Arn: `arn:${home.partition}:iam::${home.accountId}:policy${Path}${PolicyName}`,
      Path,
      DefaultVersionId: "v1",
      AttachmentCount: 0,
      PermissionsBoundaryUsageCount: 0,
      IsAttachable: true,
      Description: Description ?? "",
      PolicyVersionList: [{ VersionId: "v1", IsDefaultVersion: true, Document: PolicyDocument }],
      Tags,
    };
    return { ...snapshot, Policies: [...snapshot.Policies, policy] };
  },
  CreatePolicyVersion(snapshot, { PolicyArn, PolicyDocument, SetAsDefault }) {
    const policy = findPolicy(snapshot, PolicyArn);
    const { PolicyVersionList: versions } = policy;
    checkSize(PolicyDocument, MANAGED_POLICY, `The policy \`${policy.PolicyName}\``);
    if (versions.length >= VERSIONS_OF_POLICY)
      throw limit(
        `The policy \`${policy.PolicyName}\` has ${VERSIONS_OF_POLICY} versions already, as many as AWS allows.`,
      );
    const VersionId = `v${highestVersion(policy) + 1}`;
    const added = { VersionId, IsDefaultVersion: false, Document: PolicyDocument };
    const grown = { ...policy, PolicyVersionList: [added, ...versions] };
    return withPolicy(snapshot, SetAsDefault ? withDefault(grown, VersionId) : grown);
  },
  SetDefaultPolicyVersion(snapshot, { PolicyArn, VersionId }) {
    const policy = findPolicy(snapshot, PolicyArn);
    findVersion(policy, VersionId);
    return withPolicy(snapshot, withDefault(policy, VersionId));
  },
  DeletePolicyVersion(snapshot, { PolicyArn, VersionId }) {
    const policy = findPolicy(snapshot, PolicyArn);
    findVersion(policy, VersionId);
    refuseWhile(
      policy.DefaultVersionId === VersionId,
      `The version \`${VersionId}\` of the policy \`${policy.PolicyName}\` is in force, as its default.`,
    );
    const left = policy.PolicyVersionList.filter((it) => it.VersionId !== VersionId);
    const highest = highestVersion(policy);
    const remembered = highest === versionNumber(VersionId) ? { LastVersionNumber: highest } : {};
    return withPolicy(snapshot, { ...policy, ...remembered, PolicyVersionList: left });
  },
  DeletePolicy(snapshot, { PolicyArn }) {
    const policy = findPolicy(snapshot, PolicyArn);
    const { PolicyName } = policy;
    const users = [...snapshot.UserDetailList, ...snapshot.RoleDetailList];
    const all: readonly Identity[] = [...users, ...snapshot.GroupDetailList];
    refuseWhile(
      all.some((it) => it.AttachedManagedPolicies.some((entry) => entry.PolicyArn === PolicyArn)),
      `The policy \`${PolicyName}\` is still attached.`,
    );
    refuseWhile(
      users.some((it) => it.PermissionsBoundary?.PermissionsBoundaryArn === PolicyArn),
      `The policy \`${PolicyName}\` is still a permissions boundary.`,
    );
    refuseWhile(
      policy.PolicyVersionList.length > 1,
      `The policy \`${PolicyName}\` still has versions besides its default.`,
    );
    return { ...snapshot, Policies: snapshot.Policies.filter((it) => it !== policy) };
  },
  TagPolicy(snapshot, { PolicyArn, Tags }) {
    const policy = findPolicy(snapshot, PolicyArn);
    const tags = mergedTags(policy.Tags ?? [], Tags);
    checkTags(tags, `policy \`${policy.PolicyName}\``);
    return withPolicy(snapshot, { ...policy, Tags: tags });
  },
  UntagPolicy(snapshot, { PolicyArn, TagKeys }) {
    const policy = findPolicy(snapshot, PolicyArn);
    const tags = (policy.Tags ?? []).filter(({ Key }) => !TagKeys.includes(Key));
    return withPolicy(snapshot, { ...policy, Tags: tags });
  },

  PutBucketPolicy(snapshot, { Bucket, Policy }, home) {
    findBucket(snapshot, Bucket);
    checkPolicy(Policy, `The policy of the bucket \`${Bucket}\``);
    const longest = RESOURCE_POLICIES.get("AWS::S3::Bucket") ?? 0;
    if (documentSize(Policy).bytes > longest)
      throw new TargetError(
        "invalid",
        `The policy of the bucket \`${Bucket}\` is longer than the ${longest} bytes that S3 takes.`,
        "PolicyTooLarge",
      );
    checkPrincipals(snapshot, Policy, home, `The policy of the bucket \`${Bucket}\``);
    return { ...snapshot, BucketPolicies: { ...snapshot.BucketPolicies, [Bucket]: Policy } };
  },
  DeleteBucketPolicy(snapshot, { Bucket }) {
    findBucket(snapshot, Bucket);
    return { ...snapshot, BucketPolicies: { ...snapshot.BucketPolicies, [Bucket]: null } };
  },
};

const DEFAULT_SESSION = 3_600;

function created<Detail extends Identity>(
  kind: Kind<Detail>,
  snapshot: Snapshot,
  name: string,
  path: string,
  { partition, accountId }: Home,
) {
  checkName(kind.word, name);
  refuseTwice(kind.word, name, kind.list(snapshot).map(kind.nameOf));
  return {
    Path: path,
    id: uniqueId(kind.prefix, `${kind.word}/${name}`),
    Arn: `arn:${partition}:iam::${accountId}:${kind.word}${path}${name}`,
    AttachedManagedPolicies: [],
  };
}

function addedWithBoundary<Detail extends Limited>(
  kind: Kind<Detail>,
  snapshot: Snapshot,
  detail: Detail,
  boundary: string | undefined,
): Snapshot {
  const grown = kind.withList(snapshot, [...kind.list(snapshot), detail]);
  return boundary === undefined ? grown : bounded(kind, grown, kind.nameOf(detail), boundary);
}

function find<Detail>(kind: Kind<Detail>, snapshot: Snapshot, name: string): Detail {
  const found = kind.list(snapshot).find((it) => kind.nameOf(it) === name);
  if (found === undefined) throw absent(`There is no ${kind.word} \`${name}\` in the account.`);
  return found;
}

const PROFILE = "instance profile";

function findProfile(snapshot: Snapshot, name: string): InstanceProfileDetail {
  const found = instanceProfilesOf(snapshot).find((it) => it.InstanceProfileName === name);
  if (found === undefined) throw absent(`There is no instance profile \`${name}\` in the account.`);
  return found;
}

function withProfile(snapshot: Snapshot, profile: InstanceProfileDetail): Snapshot {
  const { InstanceProfileName: name } = profile;
  const profiles = instanceProfilesOf(snapshot).map((it) => (it.InstanceProfileName === name ? profile : it));
  return withInstanceProfiles(snapshot, profiles);
}

function replaced<Detail>(kind: Kind<Detail>, snapshot: Snapshot, detail: Detail): Snapshot {
  const name = kind.nameOf(detail);
  return kind.withList(
    snapshot,
    kind.list(snapshot).map((it) => (kind.nameOf(it) === name ? detail : it)),
  );
}

function deleted<Detail extends Identity>(kind: Kind<Detail>, snapshot: Snapshot, detail: Detail): Snapshot {
  const what = `The ${kind.word} \`${kind.nameOf(detail)}\``;
  refuseWhile(detail.AttachedManagedPolicies.length > 0, `${what} still has policies attached.`);
  refuseWhile(kind.inline(detail).length > 0, `${what} still has inline policies.`);
  const left = kind.withList(
    snapshot,
    kind.list(snapshot).filter((it) => it !== detail),
  );
  const boundary = "PermissionsBoundary" in detail ? detail.PermissionsBoundary : undefined;
  return counted(left, boundary?.PermissionsBoundaryArn, "PermissionsBoundaryUsageCount", -1);
}

function attached<Detail extends Identity>(
  kind: Kind<Detail>,
  snapshot: Snapshot,
  name: string,
  PolicyArn: string,
): Snapshot {
  const detail = find(kind, snapshot, name);
  const list = detail.AttachedManagedPolicies;
  mustExist(snapshot, PolicyArn);
  if (list.some((it) => it.PolicyArn === PolicyArn)) return snapshot;
  if (list.length >= RAISED_ATTACHED_POLICIES)
    throw limit(
      `The ${kind.word} \`${name}\` has ${RAISED_ATTACHED_POLICIES} policies attached already, as many as AWS allows.`,
    );
  const entry: AttachedPolicy = { PolicyName: policyName(PolicyArn), PolicyArn };
  const grown = replaced(kind, snapshot, { ...detail, AttachedManagedPolicies: [...list, entry] });
  return counted(grown, PolicyArn, "AttachmentCount", 1);
}

function detached<Detail extends Identity>(
  kind: Kind<Detail>,
  snapshot: Snapshot,
  name: string,
  arn: string,
): Snapshot {
  const detail = find(kind, snapshot, name);
  const left = detail.AttachedManagedPolicies.filter((it) => it.PolicyArn !== arn);
  if (left.length === detail.AttachedManagedPolicies.length)
    throw absent(`The policy \`${arn}\` is not attached to the ${kind.word} \`${name}\`.`);
  const shrunk = replaced(kind, snapshot, { ...detail, AttachedManagedPolicies: left });
  return counted(shrunk, arn, "AttachmentCount", -1);
}

/** Keeps the counts beside a policy, where the snapshot lists it. */
function counted(
  snapshot: Snapshot,
  arn: string | undefined,
  count: "AttachmentCount" | "PermissionsBoundaryUsageCount",
  by: 1 | -1,
): Snapshot {
  const policy = snapshot.Policies.find((it) => it.Arn === arn);
  return policy === undefined
    ? snapshot
    : withPolicy(snapshot, { ...policy, [count]: Math.max(0, policy[count] + by) });
}

function bounded<Detail extends Limited>(
  kind: Kind<Detail>,
  snapshot: Snapshot,
  name: string,
  arn: string | undefined,
): Snapshot {
  const detail = find(kind, snapshot, name);
  const { PermissionsBoundary: before, ...unbounded } = detail;
  if (arn !== undefined) mustExist(snapshot, arn);
  else if (before === undefined) throw absent(`The ${kind.word} \`${name}\` has no permissions boundary.`);
  const boundary =
    arn === undefined
      ? {}
      : { PermissionsBoundary: { PermissionsBoundaryType: "Policy", PermissionsBoundaryArn: arn } };
  const changed = replaced(kind, snapshot, { ...unbounded, ...boundary } as Detail);
  const freed = counted(changed, before?.PermissionsBoundaryArn, "PermissionsBoundaryUsageCount", -1);
  return counted(freed, arn, "PermissionsBoundaryUsageCount", 1);
}

function withInlinePolicy<Detail extends Identity>(
  kind: Kind<Detail>,
  snapshot: Snapshot,
  name: string,
  policy: InlinePolicyDetail,
): Snapshot {
  const detail = find(kind, snapshot, name);
  checkName("policy", policy.PolicyName);
  const what = `The inline policy \`${policy.PolicyName}\` of the ${kind.word} \`${name}\``;
  checkSize(policy.PolicyDocument, IDENTITY_POLICY, what);
  const others = kind.inline(detail).filter((it) => it.PolicyName !== policy.PolicyName);
  const sizes = [policy, ...others].map((it) => documentSize(it.PolicyDocument).dense);
  const longest = INLINE_POLICIES[kind.word];
  if (sizes.reduce((sum, size) => sum + size, 0) > longest)
    throw limit(
      `The inline policies of the ${kind.word} \`${name}\` are longer than the ${longest} characters that AWS allows them together.`,
    );
  const known = kind.inline(detail).some((it) => it.PolicyName === policy.PolicyName);
  const list = known
    ? kind.inline(detail).map((it) => (it.PolicyName === policy.PolicyName ? { ...it, ...policy } : it))
    : [...kind.inline(detail), policy];
  return replaced(kind, snapshot, kind.withInline(detail, list));
}

function withoutInlinePolicy<Detail extends Identity>(
  kind: Kind<Detail>,
  snapshot: Snapshot,
  name: string,
  policy: string,
): Snapshot {
  const detail = find(kind, snapshot, name);
  const left = kind.inline(detail).filter((it) => it.PolicyName !== policy);
  if (left.length === kind.inline(detail).length)
    throw absent(`The ${kind.word} \`${name}\` has no inline policy \`${policy}\`.`);
  return replaced(kind, snapshot, kind.withInline(detail, left));
}

function tagged<Detail extends Limited>(
  kind: Kind<Detail>,
  snapshot: Snapshot,
  name: string,
  tags: readonly Tag[],
): Snapshot {
  const detail = find(kind, snapshot, name);
  const Tags = mergedTags(detail.Tags, tags);
  checkTags(Tags, `${kind.word} \`${name}\``);
  return replaced(kind, snapshot, { ...detail, Tags });
}

function untagged<Detail extends Limited>(
  kind: Kind<Detail>,
  snapshot: Snapshot,
  name: string,
  keys: readonly string[],
): Snapshot {
  const detail = find(kind, snapshot, name);
  return replaced(kind, snapshot, { ...detail, Tags: detail.Tags.filter(({ Key }) => !keys.includes(Key)) });
}

function mergedTags(before: readonly Tag[], added: readonly Tag[]): readonly Tag[] {
  const keys = added.map(({ Key }) => Key);
  return [...before.filter(({ Key }) => !keys.includes(Key)), ...added];
}

function withPolicy(snapshot: Snapshot, policy: ManagedPolicyDetail): Snapshot {
  return { ...snapshot, Policies: snapshot.Policies.map((it) => (it.Arn === policy.Arn ? policy : it)) };
}

function withDefault(policy: ManagedPolicyDetail, id: string): ManagedPolicyDetail {
  return {
    ...policy,
    DefaultVersionId: id,
    PolicyVersionList: policy.PolicyVersionList.map((it) => ({
      ...it,
      IsDefaultVersion: it.VersionId === id,
    })),
  };
}

function highestVersion({ LastVersionNumber = 0, PolicyVersionList }: ManagedPolicyDetail): number {
  return Math.max(LastVersionNumber, ...PolicyVersionList.map(({ VersionId }) => versionNumber(VersionId)));
}

export function versionNumber(id: string): number {
  return Number(/^v(\d+)/.exec(id)?.[1] ?? 0);
}

function findPolicy(snapshot: Snapshot, arn: string): ManagedPolicyDetail {
  if (isPolicyOfAws(arn))
    throw new TargetError("denied", `\`${arn}\` is a policy of AWS: only AWS changes it.`, "AccessDenied");
  const found = snapshot.Policies.find((it) => it.Arn === arn);
  if (found === undefined) throw absent(`There is no policy \`${arn}\` in the account.`);
  return found;
}

function findVersion(policy: ManagedPolicyDetail, id: string): void {
  if (!policy.PolicyVersionList.some((it) => it.VersionId === id))
    throw absent(`The policy \`${policy.PolicyName}\` has no version \`${id}\`.`);
}

function findBucket({ BucketPolicies }: Snapshot, bucket: string): void {
  if (BucketPolicies === undefined || !Object.hasOwn(BucketPolicies, bucket))
    throw new TargetError("absent", `There is no bucket \`${bucket}\` in the account.`, "NoSuchBucket");
}

function mustExist(snapshot: Snapshot, arn: string): void {
  if (!isPolicyOfAws(arn)) findPolicy(snapshot, arn);
}

function checkName(kind: keyof typeof NAME_LENGTH, name: string): void {
  if (IAM_NAME.test(name) && name.length <= NAME_LENGTH[kind]) return;
  const allowed = `letters, digits and \`+=,.@_-\`, at most ${NAME_LENGTH[kind]} of them`;
  throw new TargetError("invalid", `\`${name}\` is no name for a ${kind}: ${allowed}.`, "ValidationError");
}

/** Names that differ in case alone are one name to AWS. */
function refuseTwice(word: string, name: string, names: readonly string[]): void {
  const known = names.find((it) => it.toLowerCase() === name.toLowerCase());
  if (known === undefined) return;
  throw new TargetError("exists", `There is a ${word} \`${known}\` already.`, "EntityAlreadyExists");
}

function refuseWhile(condition: boolean, message: string): void {
  if (condition) throw new TargetError("conflict", message, "DeleteConflict");
}

function checkTags(tags: readonly Tag[], what: string): void {
  if (tags.length > TAGS) throw limit(`The ${what} has more than the ${TAGS} tags that AWS allows.`);
}

function checkTrust(snapshot: Snapshot, role: string, document: string, home: Home): void {
  const what = `The trust policy of the role \`${role}\``;
  checkSize(document, RAISED_TRUST_POLICY, what);
  checkPrincipals(snapshot, document, home, what);
}

/** AWS takes no policy of a resource that names somebody of the account who is not there. */
function checkPrincipals(snapshot: Snapshot, document: string, { accountId }: Home, what: string): void {
  for (const arn of principalArns(document)) {
    if (parseArn(arn)?.account !== accountId) continue;
    const known = [...snapshot.UserDetailList, ...snapshot.RoleDetailList].some((it) => it.Arn === arn);
    if (!known)
      throw new TargetError(
        "invalid",
        `${what} names \`${arn}\`, who is not in the account.`,
        "MalformedPolicyDocument",
      );
  }
}

/** The users and roles that a policy of a resource names. */
export function principalArns(document: string): readonly string[] {
  const { statements = [] } = policyIn(document) ?? {};
  return statements
    .flatMap(({ principals, notPrincipals }) => [...principals, ...notPrincipals])
    .map(({ value }) => value)
    .filter((value) => /^arn:[^:]*:iam::\d{12}:(?:user|role)\//.test(value));
}

function checkPolicy(document: string, what: string): void {
  if (policyIn(document) === undefined)
    throw new TargetError("invalid", `${what} is not a policy in sound JSON.`, "MalformedPolicyDocument");
}

function checkSize(document: string, longest: number, what: string): void {
  checkPolicy(document, what);
  if (documentSize(document).dense > longest)
    throw limit(`${what} is longer than the ${longest} characters that AWS allows.`);
}

function absent(message: string): TargetError {
  return new TargetError("absent", message, "NoSuchEntity");
}

function limit(message: string): TargetError {
  return new TargetError("limit", message, "LimitExceeded");
}

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** Ids that look like AWS's, and come out the same for the same name. */
function uniqueId(prefix: string, name: string): string {
  let hash = 0x811c9dc5;
  let id = prefix;
  for (let i = 0; i < 17; i++) {
    for (const character of `${i}${name}`)
      hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
    id += LETTERS[hash >>> 27] ?? "A";
  }
  return id;
}
