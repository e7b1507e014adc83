/**
 * How long AWS lets a policy be, by what it hangs on, and in which measure it counts.
 * Counting is `policy-size.ts`'s.
 * See https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
import { GROUP, PERMISSION_SET, ROLE, USER } from "./identity-types.js";
import type { PolicySize } from "./policy-size.js";
import type { PolicyKind } from "./words.js";

export interface PolicyQuota {
  readonly limit: number;
  readonly measure: keyof PolicySize;
}

/** A customer managed policy, and so a permissions boundary. */
export const MANAGED_POLICY = 6_144;
/** What all inline policies of a role may have together: no identity policy can be longer. */
export const IDENTITY_POLICY = 10_240;
export const TRUST_POLICY = 2_048;
/** AWS raises the quota up to this on request. */
export const RAISED_TRUST_POLICY = 8_192;
export const SERVICE_CONTROL_POLICY = 10_240;
export const RESOURCE_CONTROL_POLICY = 5_120;
export const SESSION_POLICY = 2_048;
export const ENDPOINT_POLICY = 20_480;

/** Longer texts IAM's API does not even take, whatever white space is in them. */
export const DOCUMENT_PARAMETER = 131_072;

export const INLINE_OF_USER = 2_048;
export const INLINE_OF_GROUP = 5_120;

/** What the inline policies of an identity may have together, by what they hang on. */
export const INLINE_POLICIES: ReadonlyMap<string, PolicyQuota> = new Map<string, PolicyQuota>([
  [USER.type, { limit: INLINE_OF_USER, measure: "dense" }],
  [GROUP.type, { limit: INLINE_OF_GROUP, measure: "dense" }],
  [ROLE.type, { limit: IDENTITY_POLICY, measure: "dense" }],
  [PERMISSION_SET.type, { limit: 32_768, measure: "characters" }],
]);

/**
 * Bytes, by what the policy hangs on.
 * Those of S3, KMS, SQS, DynamoDB, EventBridge, SES, CloudWatch and Organizations are the services' quotas; the others
 * are what their API takes. docs/quotas.md says where each is looked at.
 */
export const RESOURCE_POLICIES: ReadonlyMap<string, number> = new Map([
  ["AWS::S3::Bucket", 20_480],
  ["AWS::S3::AccessPoint", 20_480],
  ["AWS::S3::MultiRegionAccessPoint", 20_480],
  ["AWS::S3ObjectLambda::AccessPoint", 20_480],
  ["AWS::CodeArtifact::Domain", 7_168],
  ["AWS::CodeArtifact::Repository", 7_168],
  ["AWS::DynamoDB::Table", 20_480],
  ["AWS::ECR::PublicRepository", 10_240],
  ["AWS::ECR::RegistryPolicy", 10_240],
  ["AWS::ECR::Repository", 10_240],
  ["AWS::EFS::FileSystem", 20_000],
  ["AWS::Elasticsearch::Domain", 102_400],
  ["AWS::Events::EventBus", 10_240],
  ["AWS::KMS::Key", 32_768],
  ["AWS::Lambda::Function", 20_480],
  ["AWS::Logs::Destination", 5_120],
  ["AWS::Logs::ResourcePolicy", 51_200],
  ["AWS::OpenSearchService::Domain", 102_400],
  ["AWS::Organizations::ResourcePolicy", 40_000],
  ["AWS::RUM::AppMonitor", 4_096],
  ["AWS::S3Tables::Table", 20_480],
  ["AWS::S3Tables::TableBucket", 20_480],
  ["AWS::SES::EmailIdentity", 4_096],
  ["AWS::SecretsManager::Secret", 20_480],
  ["AWS::SQS::Queue", 8_192],
]);

const BY_KIND: Readonly<Partial<Record<PolicyKind, PolicyQuota>>> = {
  identity: { limit: MANAGED_POLICY, measure: "dense" },
  boundary: { limit: MANAGED_POLICY, measure: "dense" },
  trust: { limit: TRUST_POLICY, measure: "dense" },
  scp: { limit: SERVICE_CONTROL_POLICY, measure: "characters" },
  rcp: { limit: RESOURCE_CONTROL_POLICY, measure: "characters" },
  session: { limit: SESSION_POLICY, measure: "characters" },
  endpoint: { limit: ENDPOINT_POLICY, measure: "characters" },
};

/** The quota that a policy of that kind meets first; `undefined` where none is known. */
export function quotaFor(kind: PolicyKind, resourceType: string | undefined): PolicyQuota | undefined {
  if (kind === "identity") return INLINE_POLICIES.get(resourceType ?? "") ?? BY_KIND.identity;
  if (kind !== "resource") return BY_KIND[kind];
  const limit = RESOURCE_POLICIES.get(resourceType ?? "");
  return limit === undefined ? undefined : { limit, measure: "bytes" };
}
