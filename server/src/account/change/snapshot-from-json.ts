/**
 * A snapshot from JSON as AWS's tools write it: documents URL-encoded, as texts or as objects, lists left out where they
 * are empty, bucket policies as `aws s3api get-bucket-policy` wraps them. Members that we do not know stay where they are.
 * Whether the account makes sense is `account/snapshot.ts`'s business; this is lenient and never throws.
 */
import { policyName } from "./facts.js";
import type {
  GroupDetail,
  InlinePolicyDetail,
  ManagedPolicyDetail,
  RoleDetail,
  Snapshot,
  UserDetail,
} from "./snapshot-shape.js";

type Json = Readonly<Record<string, unknown>>;

/** @returns `undefined` for what is no snapshot at all */
export function snapshotFromJson(value: unknown): Snapshot | undefined {
  if (!isObject(value)) return undefined;
  const lists = ["UserDetailList", "GroupDetailList", "RoleDetailList", "Policies"];
  if (!lists.some((list) => Array.isArray(value[list]))) return undefined;
  const buckets = value["BucketPolicies"];
  return {
    ...value,
    UserDetailList: objectsIn(value["UserDetailList"]).map(userFrom),
    GroupDetailList: objectsIn(value["GroupDetailList"]).map(groupFrom),
    RoleDetailList: objectsIn(value["RoleDetailList"]).map(roleFrom),
    Policies: objectsIn(value["Policies"]).map(policyFrom),
    ...(isObject(buckets) ? { BucketPolicies: mapValues(buckets, bucketPolicyFrom) } : {}),
  };
}

function userFrom(it: Json): UserDetail {
  return {
    ...it,
    ...identityFrom(it, "UserName"),
    UserName: textIn(it, "UserName"),
    UserId: textIn(it, "UserId"),
    UserPolicyList: inlineFrom(it["UserPolicyList"]),
    GroupList: listIn(it["GroupList"]).filter((name) => typeof name === "string"),
    Tags: tagsFrom(it["Tags"]),
  };
}

function groupFrom(it: Json): GroupDetail {
  return {
    ...it,
    ...identityFrom(it, "GroupName"),
    GroupName: textIn(it, "GroupName"),
    GroupId: textIn(it, "GroupId"),
    GroupPolicyList: inlineFrom(it["GroupPolicyList"]),
  };
}

function roleFrom(it: Json): RoleDetail {
  return {
    ...it,
    ...identityFrom(it, "RoleName"),
    RoleName: textIn(it, "RoleName"),
    RoleId: textIn(it, "RoleId"),
    AssumeRolePolicyDocument: documentFrom(it["AssumeRolePolicyDocument"]),
    RolePolicyList: inlineFrom(it["RolePolicyList"]),
    InstanceProfileList: objectsIn(it["InstanceProfileList"]).map((profile) => ({
      ...profile,
      InstanceProfileName: textIn(profile, "InstanceProfileName"),
      Arn: textIn(profile, "Arn"),
    })),
    Tags: tagsFrom(it["Tags"]),
  };
}

function policyFrom(it: Json): ManagedPolicyDetail {
  const Arn = textIn(it, "Arn");
  const versions = objectsIn(it["PolicyVersionList"]);
  const wanted = textIn(it, "DefaultVersionId");
  const isDefault = (version: Json) =>
    version["IsDefaultVersion"] === true || textIn(version, "VersionId") === wanted;
  return {
    ...it,
    Arn,
    PolicyName: textIn(it, "PolicyName") || policyName(Arn),
    PolicyId: textIn(it, "PolicyId"),
    Path: textIn(it, "Path") || pathOf(Arn),
    DefaultVersionId: wanted || textIn(versions.find(isDefault) ?? {}, "VersionId"),
    AttachmentCount: numberIn(it, "AttachmentCount"),
    PermissionsBoundaryUsageCount: numberIn(it, "PermissionsBoundaryUsageCount"),
    IsAttachable: it["IsAttachable"] !== false,
    PolicyVersionList: versions.map((version) => ({
      ...version,
      VersionId: textIn(version, "VersionId"),
      IsDefaultVersion: isDefault(version),
      Document: documentFrom(version["Document"]),
    })),
  };
}

function identityFrom(it: Json, nameKey: string) {
  const Arn = textIn(it, "Arn");
  return {
    Arn,
    Path: textIn(it, "Path") || pathOf(Arn),
    [nameKey]: textIn(it, nameKey) || policyName(Arn),
    AttachedManagedPolicies: objectsIn(it["AttachedManagedPolicies"]).map((policy) => {
      const PolicyArn = textIn(policy, "PolicyArn");
      return { ...policy, PolicyArn, PolicyName: textIn(policy, "PolicyName") || policyName(PolicyArn) };
    }),
  };
}

function inlineFrom(value: unknown): readonly InlinePolicyDetail[] {
  return objectsIn(value).map((it) => ({
    ...it,
    PolicyName: textIn(it, "PolicyName"),
    PolicyDocument: documentFrom(it["PolicyDocument"]),
  }));
}

function tagsFrom(value: unknown) {
  return objectsIn(value).map((it) => ({ ...it, Key: textIn(it, "Key"), Value: textIn(it, "Value") }));
}

function bucketPolicyFrom(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (isObject(value) && Object.keys(value).length === 1 && "Policy" in value)
    return documentFrom(value["Policy"]);
  return documentFrom(value);
}

/** The text of a document that is an object, a text, or a URL-encoded text. */
export function documentFrom(value: unknown): string {
  if (typeof value !== "string") return value === undefined || value === null ? "" : JSON.stringify(value);
  if (/^\s*[{[]/.test(value)) return value;
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** `/team/` of `arn:aws:iam::111122223333:user/team/ana`. */
function pathOf(arn: string): string {
  const parts = arn.split(":").slice(5).join(":").split("/").slice(1, -1);
  return parts.length === 0 ? "/" : `/${parts.join("/")}/`;
}

function mapValues<T>(object: Json, change: (value: unknown) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
}

function objectsIn(value: unknown): readonly Json[] {
  return listIn(value).filter(isObject);
}

function listIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function textIn(object: Json, key: string): string {
  const value = object[key];
  return typeof value === "string" ? value : "";
}

function numberIn(object: Json, key: string): number {
  const value = object[key];
  return typeof value === "number" ? value : 0;
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
