/**
 * An observed account as data: the output of `GetAccountAuthorizationDetails` with every page in one, and what it
 * leaves out beside it. Documents are JSON texts, not URL-encoded. What is in a file is read leniently by
 * `account/snapshot.ts`; this is the shape that targets give and plans are made from.
 * See https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
 */
import type { Tag } from "./api-call.js";

export interface Snapshot {
  readonly UserDetailList: readonly UserDetail[];
  readonly GroupDetailList: readonly GroupDetail[];
  readonly RoleDetailList: readonly RoleDetail[];
  readonly Policies: readonly ManagedPolicyDetail[];
  /** Absent: only those with a role in them are known. */
  readonly InstanceProfiles?: readonly InstanceProfileDetail[];
  /** The policy's text by bucket; `null` for a bucket without one. Absent: buckets are not known. */
  readonly BucketPolicies?: Readonly<Record<string, string | null>>;
  /** Buckets whose policy could not be read, with the reason; `*` where not even their names could be. */
  readonly UnreadableBuckets?: Readonly<Record<string, string>>;
  /** Blocks by bucket, where known. */
  readonly PublicAccessBlocks?: Readonly<Record<string, PublicAccessBlock>>;
  /** That of the whole account, where known. */
  readonly AccountPublicAccessBlock?: PublicAccessBlock;
  /** As `aws s3control get-access-point` gives each, with its policy beside. */
  readonly AccessPoints?: readonly AccessPointDetail[];
}

interface Detail {
  readonly Path: string;
  readonly Arn: string;
  /** ISO 8601. */
  readonly CreateDate?: string;
  readonly AttachedManagedPolicies: readonly AttachedPolicy[];
}

export interface UserDetail extends Detail {
  readonly UserName: string;
  readonly UserId: string;
  readonly UserPolicyList: readonly InlinePolicyDetail[];
  /** Names. */
  readonly GroupList: readonly string[];
  readonly PermissionsBoundary?: AttachedBoundary;
  readonly Tags: readonly Tag[];
}

export interface GroupDetail extends Detail {
  readonly GroupName: string;
  readonly GroupId: string;
  readonly GroupPolicyList: readonly InlinePolicyDetail[];
}

export interface RoleDetail extends Detail {
  readonly RoleName: string;
  readonly RoleId: string;
  readonly AssumeRolePolicyDocument: string;
  readonly RolePolicyList: readonly InlinePolicyDetail[];
  readonly InstanceProfileList: readonly InstanceProfileName[];
  readonly PermissionsBoundary?: AttachedBoundary;
  readonly Tags: readonly Tag[];
  /** `GetAccountAuthorizationDetails` leaves these two out; a plan says nothing about what it does not know. */
  readonly Description?: string;
  readonly MaxSessionDuration?: number;
}

export interface InstanceProfileName {
  readonly InstanceProfileName: string;
  readonly Arn: string;
}

/** As `aws iam list-instance-profiles` gives it. */
export interface InstanceProfileDetail extends InstanceProfileName {
  /** One at most. */
  readonly Roles: readonly { readonly RoleName: string }[];
}

export interface ManagedPolicyDetail {
  readonly PolicyName: string;
  readonly PolicyId: string;
  readonly Arn: string;
  readonly Path: string;
  readonly DefaultVersionId: string;
  readonly AttachmentCount: number;
  readonly PermissionsBoundaryUsageCount: number;
  readonly IsAttachable: boolean;
  readonly Description?: string;
  readonly CreateDate?: string;
  readonly UpdateDate?: string;
  readonly PolicyVersionList: readonly PolicyVersionDetail[];
  /** The highest number that a version ever had, where it is gone: AWS gives no number twice. */
  readonly LastVersionNumber?: number;
  readonly Tags?: readonly Tag[];
}

export interface PolicyVersionDetail {
  /** Such as `v3`. */
  readonly VersionId: string;
  readonly IsDefaultVersion: boolean;
  readonly Document: string;
  readonly CreateDate?: string;
}

export interface InlinePolicyDetail {
  readonly PolicyName: string;
  readonly PolicyDocument: string;
}

export interface AttachedPolicy {
  readonly PolicyName: string;
  readonly PolicyArn: string;
}

export interface AttachedBoundary {
  readonly PermissionsBoundaryType: "Policy";
  readonly PermissionsBoundaryArn: string;
}

export interface AccessPointDetail {
  readonly Name: string;
  readonly AccessPointArn: string;
  readonly Bucket: string;
  readonly BucketAccountId?: string;
  readonly NetworkOrigin?: string;
  readonly VpcConfiguration?: { readonly VpcId: string };
  readonly PublicAccessBlockConfiguration?: PublicAccessBlock;
  /** The text. */
  readonly Policy?: string;
}

export interface PublicAccessBlock {
  readonly BlockPublicAcls: boolean;
  readonly IgnorePublicAcls: boolean;
  readonly BlockPublicPolicy: boolean;
  readonly RestrictPublicBuckets: boolean;
}
