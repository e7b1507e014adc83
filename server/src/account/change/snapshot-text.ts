/**
 * A snapshot as the text of a file, and back. Reading takes what AWS's own commands write: documents as objects, as
 * texts, or URL-encoded. What it does not know it keeps, so that writing loses nothing.
 */
import type {
  AccessPointDetail,
  GroupDetail,
  InlinePolicyDetail,
  ManagedPolicyDetail,
  PolicyVersionDetail,
  RoleDetail,
  Snapshot,
  UserDetail,
} from "./snapshot-shape.js";
import { TargetError } from "./target.js";

type Json = Readonly<Record<string, unknown>>;

/**
 * @param shown what the file is called
 * @throws TargetError for what is no snapshot
 */
export function readSnapshotText(text: string, shown: string): Snapshot {
  let root: unknown;
  try {
    root = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    throw invalid(`${shown} is not JSON. \`iam-policy lint\` tells where the mistake is.`);
  }
  const isSnapshot = isObject(root) && LISTS.some((key) => Array.isArray(root[key]));
  if (!isObject(root) || !isSnapshot)
    throw invalid(
      `${shown} is not a snapshot: that is the output of \`aws iam get-account-authorization-details\`, or a file that iam-policy apply has written.`,
    );
  if (root["IsTruncated"] === true)
    throw invalid(
      `${shown} is one page of several: run \`aws iam get-account-authorization-details\` without paging options.`,
    );
  const list = (key: (typeof LISTS)[number]) => objects(root[key], key, shown);
  const policies = root["BucketPolicies"];
  return {
    ...root,
    UserDetailList: list("UserDetailList").map((it) => userIn(it, shown)),
    GroupDetailList: list("GroupDetailList").map((it) => groupIn(it, shown)),
    RoleDetailList: list("RoleDetailList").map((it) => roleIn(it, shown)),
    Policies: list("Policies").map((it) => policyOf(it, shown)),
    ...(isObject(policies) ? { BucketPolicies: bucketPolicies(policies, shown) } : {}),
    ...(root["AccessPoints"] === undefined
      ? {}
      : {
          AccessPoints: objects(root["AccessPoints"], "AccessPoints", shown).map((it) =>
            accessPointIn(it, shown),
          ),
        }),
  };
}

const LISTS = ["UserDetailList", "GroupDetailList", "RoleDetailList", "Policies"] as const;
const DOCUMENTS = new Set(["PolicyDocument", "Document", "AssumeRolePolicyDocument", "Policy"]);

/** Documents are written as objects, which is what people read. */
export function writeSnapshotText(snapshot: Snapshot, indent = "  "): string {
  const { BucketPolicies } = snapshot;
  const buckets = Object.entries(BucketPolicies ?? {}).map(([name, policy]) => [name, asObject(policy)]);
  const whole =
    BucketPolicies === undefined ? snapshot : { ...snapshot, BucketPolicies: Object.fromEntries(buckets) };
  const text = JSON.stringify(
    whole,
    (key, value: unknown) => (DOCUMENTS.has(key) ? asObject(value) : value),
    indent,
  );
  return `${text}\n`;
}

/** The white space of one step, as a text is laid out. */
export function indentOf(text: string): string | undefined {
  return /^\s*\{\r?\n([ \t]+)"/.exec(text)?.[1];
}

function asObject(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function userIn(raw: Json, shown: string): UserDetail {
  const name = textIn(raw, "UserName", shown);
  return {
    ...raw,
    ...placed(raw, shown),
    ...limits(raw),
    UserName: name,
    UserId: optionalText(raw, "UserId") ?? "",
    GroupList: strings(raw["GroupList"]),
    UserPolicyList: inline(raw["UserPolicyList"], `user \`${name}\``, shown),
  };
}

function groupIn(raw: Json, shown: string): GroupDetail {
  const name = textIn(raw, "GroupName", shown);
  return {
    ...raw,
    ...placed(raw, shown),
    GroupName: name,
    GroupId: optionalText(raw, "GroupId") ?? "",
    GroupPolicyList: inline(raw["GroupPolicyList"], `group \`${name}\``, shown),
  };
}

function roleIn(raw: Json, shown: string): RoleDetail {
  const name = textIn(raw, "RoleName", shown);
  const profiles = Array.isArray(raw["InstanceProfileList"]) ? raw["InstanceProfileList"] : [];
  return {
    ...raw,
    ...placed(raw, shown),
    ...limits(raw),
    RoleName: name,
    RoleId: optionalText(raw, "RoleId") ?? "",
    AssumeRolePolicyDocument: documentIn(
      raw["AssumeRolePolicyDocument"],
      `the trust policy of role \`${name}\``,
      shown,
    ),
    RolePolicyList: inline(raw["RolePolicyList"], `role \`${name}\``, shown),
    InstanceProfileList: profiles as RoleDetail["InstanceProfileList"],
  };
}

function policyOf(raw: Json, shown: string): ManagedPolicyDetail {
  const name = textIn(raw, "PolicyName", shown);
  const versions = objects(raw["PolicyVersionList"], "PolicyVersionList", shown).map(
    (it): PolicyVersionDetail => ({
      ...it,
      VersionId: textIn(it, "VersionId", shown),
      IsDefaultVersion: it["IsDefaultVersion"] === true,
      Document: documentIn(it["Document"], `policy \`${name}\``, shown),
    }),
  );
  const inForce = versions.find((it) => it.IsDefaultVersion)?.VersionId;
  const DefaultVersionId = optionalText(raw, "DefaultVersionId") ?? inForce ?? "";
  return {
    ...raw,
    ...arnIn(raw, shown),
    PolicyName: name,
    PolicyId: optionalText(raw, "PolicyId") ?? "",
    DefaultVersionId,
    AttachmentCount: numberIn(raw, "AttachmentCount"),
    PermissionsBoundaryUsageCount: numberIn(raw, "PermissionsBoundaryUsageCount"),
    IsAttachable: raw["IsAttachable"] !== false,
    PolicyVersionList: versions.map((it) => ({ ...it, IsDefaultVersion: it.VersionId === DefaultVersionId })),
  };
}

function placed(raw: Json, shown: string) {
  const attached = objects(raw["AttachedManagedPolicies"], "AttachedManagedPolicies", shown);
  return {
    ...arnIn(raw, shown),
    AttachedManagedPolicies: attached.map((it) => ({
      ...it,
      PolicyName: optionalText(it, "PolicyName") ?? "",
      PolicyArn: textIn(it, "PolicyArn", shown),
    })),
  };
}

function arnIn(raw: Json, shown: string) {
  return { Path: optionalText(raw, "Path") ?? "/", Arn: textIn(raw, "Arn", shown) };
}

function limits({ PermissionsBoundary: boundary, Tags }: Json) {
  const arn = isObject(boundary) ? optionalText(boundary, "PermissionsBoundaryArn") : undefined;
  const tags = Array.isArray(Tags) ? Tags.filter(isObject) : [];
  return {
    Tags: tags.map((it) => ({ Key: optionalText(it, "Key") ?? "", Value: optionalText(it, "Value") ?? "" })),
    ...(arn === undefined
      ? {}
      : { PermissionsBoundary: { PermissionsBoundaryType: "Policy", PermissionsBoundaryArn: arn } as const }),
  };
}

function inline(value: unknown, owner: string, shown: string): readonly InlinePolicyDetail[] {
  return objects(value, "a list of inline policies", shown).map((it) => {
    const PolicyName = textIn(it, "PolicyName", shown);
    const what = `the inline policy \`${PolicyName}\` of ${owner}`;
    return { ...it, PolicyName, PolicyDocument: documentIn(it["PolicyDocument"], what, shown) };
  });
}

function bucketPolicies(raw: Json, shown: string): Readonly<Record<string, string | null>> {
  const entries = Object.entries(raw).map(([name, value]): readonly [string, string | null] => {
    const policy = unwrapped(value);
    return [name, policy === null ? null : documentIn(policy, `the policy of bucket \`${name}\``, shown)];
  });
  return Object.fromEntries(entries);
}

function accessPointIn({ Policy, ...raw }: Json, shown: string): AccessPointDetail {
  const Name = textIn(raw, "Name", shown);
  const policy = unwrapped(Policy ?? null);
  return {
    ...raw,
    Name,
    AccessPointArn: textIn(raw, "AccessPointArn", shown),
    Bucket: textIn(raw, "Bucket", shown),
    ...(policy === null
      ? {}
      : { Policy: documentIn(policy, `the policy of access point \`${Name}\``, shown) }),
  };
}

/** `aws s3api get-bucket-policy` and its like wrap the text in an object. */
function unwrapped(value: unknown): unknown {
  return isObject(value) && Object.keys(value).join() === "Policy" ? value["Policy"] : value;
}

/** The text of a document that may be URL-encoded, as IAM writes it; `undefined` for what is neither. */
export function decodedDocument(text: string): string | undefined {
  if (/^\s*\{/.test(text)) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function documentIn(value: unknown, what: string, shown: string): string {
  const text = typeof value === "string" ? decodedDocument(value) : undefined;
  if (isObject(value)) return JSON.stringify(value);
  if (text !== undefined) return text;
  throw invalid(`${shown}: ${what} has no document that can be read.`);
}

function textIn(raw: Json, key: string, shown: string): string {
  const value = raw[key];
  if (typeof value === "string" && value !== "") return value;
  throw invalid(`${shown}: an entry has no \`${key}\` as AWS writes it.`);
}

function optionalText(raw: Json, key: string): string | undefined {
  const value = raw[key];
  return typeof value === "string" ? value : undefined;
}

function numberIn(raw: Json, key: string): number {
  const value = raw[key];
  return typeof value === "number" ? value : 0;
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((it) => typeof it === "string") : [];
}

function objects(value: unknown, what: string, shown: string): readonly Json[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value) && value.every(isObject)) return value;
  throw invalid(`${shown}: \`${what}\` is not a list of objects.`);
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function invalid(message: string): TargetError {
  return new TargetError("invalid", message);
}
