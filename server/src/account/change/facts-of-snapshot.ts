/** The facts of an observed account. Policies of AWS are no facts of an account; what is attached to them is. */
import type { Tag } from "./api-call.js";
import {
  ATTACHED,
  BOUNDARY,
  BUCKET_POLICY,
  DEFAULT,
  DESCRIPTION,
  DOCUMENT,
  EXISTS,
  type Facts,
  GROUP,
  HELD_ROLE,
  INLINE,
  isPolicyOfAws,
  SESSION,
  type SubjectId,
  subjectId,
  TAG,
  TRUST,
  VERSION,
} from "./facts.js";
import { instanceProfilesOf } from "./instance-profiles.js";
import type {
  AttachedBoundary,
  AttachedPolicy,
  InlinePolicyDetail,
  ManagedPolicyDetail,
  Snapshot,
} from "./snapshot-shape.js";

type Parts = Map<string, string>;

export function factsOfSnapshot(snapshot: Snapshot): Facts {
  const facts = new Map<SubjectId, Parts>();
  for (const user of snapshot.UserDetailList) {
    const parts = identityParts(user, user.UserPolicyList);
    for (const group of user.GroupList) parts.set(GROUP + group, "");
    addLimits(parts, user);
    facts.set(subjectId("user", user.UserName), parts);
  }
  for (const group of snapshot.GroupDetailList)
    facts.set(subjectId("group", group.GroupName), identityParts(group, group.GroupPolicyList));
  for (const role of snapshot.RoleDetailList) {
    const parts = identityParts(role, role.RolePolicyList);
    parts.set(TRUST, role.AssumeRolePolicyDocument);
    if (role.Description !== undefined) parts.set(DESCRIPTION, role.Description);
    if (role.MaxSessionDuration !== undefined) parts.set(SESSION, String(role.MaxSessionDuration));
    addLimits(parts, role);
    facts.set(subjectId("role", role.RoleName), parts);
  }
  for (const { InstanceProfileName, Arn, Roles } of instanceProfilesOf(snapshot)) {
    const parts: Parts = new Map([[EXISTS, Arn]]);
    for (const { RoleName } of Roles) parts.set(HELD_ROLE + RoleName, "");
    facts.set(subjectId("instance-profile", InstanceProfileName), parts);
  }
  for (const policy of snapshot.Policies) {
    if (!isPolicyOfAws(policy.Arn)) facts.set(subjectId("policy", policy.PolicyName), policyParts(policy));
  }
  for (const [bucket, policy] of Object.entries(snapshot.BucketPolicies ?? {})) {
    const parts: Parts = new Map([[EXISTS, bucket]]);
    if (policy !== null) parts.set(BUCKET_POLICY, policy);
    facts.set(subjectId("bucket", bucket), parts);
  }
  return facts;
}

function identityParts(
  { Arn, AttachedManagedPolicies }: { Arn: string; AttachedManagedPolicies: readonly AttachedPolicy[] },
  inline: readonly InlinePolicyDetail[],
): Parts {
  const parts: Parts = new Map([[EXISTS, Arn]]);
  for (const { PolicyArn } of AttachedManagedPolicies) parts.set(ATTACHED + PolicyArn, "");
  for (const { PolicyName, PolicyDocument } of inline) parts.set(INLINE + PolicyName, PolicyDocument);
  return parts;
}

function addLimits(
  parts: Parts,
  { PermissionsBoundary, Tags }: { PermissionsBoundary?: AttachedBoundary; Tags: readonly Tag[] },
): void {
  if (PermissionsBoundary !== undefined) parts.set(BOUNDARY, PermissionsBoundary.PermissionsBoundaryArn);
  addTags(parts, Tags);
}

function addTags(parts: Parts, tags: readonly Tag[]): void {
  for (const { Key, Value } of tags) parts.set(TAG + Key, Value);
}

function policyParts({
  Arn,
  Description,
  DefaultVersionId,
  PolicyVersionList,
  Tags,
}: ManagedPolicyDetail): Parts {
  const parts: Parts = new Map([[EXISTS, Arn]]);
  if (Description !== undefined) parts.set(DESCRIPTION, Description);
  for (const { VersionId, Document } of PolicyVersionList) {
    parts.set(VERSION + VersionId, Document);
    if (VersionId !== DefaultVersionId) continue;
    parts.set(DOCUMENT, Document);
    parts.set(DEFAULT, VersionId);
  }
  addTags(parts, Tags ?? []);
  return parts;
}
