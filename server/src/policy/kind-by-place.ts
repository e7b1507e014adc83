/**
 * What the document around a policy says about it: the property that holds it, the CloudFormation type above, the type
 * of Terraform's resource, or its place in an account file.
 */
import type { MemberNode, ObjectNode, ValueNode } from "../syntax/tree.js";
import { memberOf } from "../syntax/tree.js";
import { GROUP, MANAGED, PERMISSION_SET, ROLE, USER } from "./identity-types.js";
import { kindByAccount } from "./kind-by-account.js";
import { kindByTerraform } from "./kind-by-terraform.js";
import type { PolicyKind } from "./words.js";

export interface KindByPlace {
  readonly kind: PolicyKind;
  readonly resourceType: string | undefined;
  readonly evidence: string;
}

/** A kind, with what the policy hangs on where that is known; a policy of a resource unless another kind is said. */
export type Attachment = PolicyKind | { readonly type: string; readonly kind?: PolicyKind };

/** Properties whose name alone tells, in CloudFormation, in AWS's API and in an account's export. */
const PROPERTIES: Readonly<Record<string, Attachment>> = {
  AssumeRolePolicyDocument: "trust",
  AssumeRolePolicy: "trust",
  UserPolicyList: USER,
  GroupPolicyList: GROUP,
  RolePolicyList: ROLE,
  PolicyVersionList: MANAGED,
  PolicyVersion: MANAGED,
  InlinePolicy: PERMISSION_SET,
  SessionPolicy: "session",
  "x-amazon-apigateway-policy": { type: "AWS::ApiGateway::RestApi" },
  BucketPolicy: { type: "AWS::S3::Bucket" },
  BucketPolicies: { type: "AWS::S3::Bucket" },
  KeyPolicy: { type: "AWS::KMS::Key" },
  RepositoryPolicyText: { type: "AWS::ECR::Repository" },
  FileSystemPolicy: { type: "AWS::EFS::FileSystem" },
  // Of a table's stream, not of the table that it stands in.
  StreamSpecification: "resource",
};

/** CloudFormation types whose policies all are of one kind. */
const TYPES: Readonly<Record<string, Attachment>> = {
  "AWS::IAM::Policy": "identity",
  "AWS::IAM::ManagedPolicy": MANAGED,
  "AWS::IAM::User": USER,
  "AWS::IAM::UserPolicy": USER,
  "AWS::IAM::Group": GROUP,
  "AWS::IAM::GroupPolicy": GROUP,
  "AWS::IAM::Role": ROLE,
  "AWS::IAM::RolePolicy": ROLE,
  // SAM makes roles of them with these policies inline.
  "AWS::Serverless::Function": ROLE,
  "AWS::Serverless::StateMachine": ROLE,
  "AWS::SSO::PermissionSet": PERMISSION_SET,
  "AWS::EC2::VPCEndpoint": "endpoint",
  "AWS::Transfer::User": "session",
  "AWS::RolesAnywhere::Profile": "session",
  "AWS::EKS::PodIdentityAssociation": "session",
  "AWS::S3::BucketPolicy": { type: "AWS::S3::Bucket" },
  "AWS::S3::AccessPoint": { type: "AWS::S3::AccessPoint" },
  "AWS::S3::MultiRegionAccessPointPolicy": { type: "AWS::S3::MultiRegionAccessPoint" },
  "AWS::S3ObjectLambda::AccessPointPolicy": { type: "AWS::S3ObjectLambda::AccessPoint" },
  "AWS::SQS::QueuePolicy": { type: "AWS::SQS::Queue" },
  "AWS::SQS::QueueInlinePolicy": { type: "AWS::SQS::Queue" },
  "AWS::SNS::TopicPolicy": { type: "AWS::SNS::Topic" },
  "AWS::SNS::TopicInlinePolicy": { type: "AWS::SNS::Topic" },
  "AWS::KMS::Key": { type: "AWS::KMS::Key" },
  "AWS::SecretsManager::ResourcePolicy": { type: "AWS::SecretsManager::Secret" },
  "AWS::DynamoDB::Table": { type: "AWS::DynamoDB::Table" },
  "AWS::ECR::Repository": { type: "AWS::ECR::Repository" },
  "AWS::EFS::FileSystem": { type: "AWS::EFS::FileSystem" },
  "AWS::Backup::BackupVault": { type: "AWS::Backup::BackupVault" },
  "AWS::Events::EventBusPolicy": { type: "AWS::Events::EventBus" },
  "AWS::Events::EventBus": { type: "AWS::Events::EventBus" },
  "AWS::Elasticsearch::Domain": { type: "AWS::Elasticsearch::Domain" },
  "AWS::OpenSearchService::Domain": { type: "AWS::OpenSearchService::Domain" },
  "AWS::ApiGateway::RestApi": { type: "AWS::ApiGateway::RestApi" },
  "AWS::CodeArtifact::Domain": { type: "AWS::CodeArtifact::Domain" },
  "AWS::CodeArtifact::Repository": { type: "AWS::CodeArtifact::Repository" },
  "AWS::DynamoDB::GlobalTable": { type: "AWS::DynamoDB::Table" },
  "AWS::ECR::PublicRepository": { type: "AWS::ECR::PublicRepository" },
  "AWS::ECR::RegistryPolicy": { type: "AWS::ECR::RegistryPolicy" },
  "AWS::Kinesis::ResourcePolicy": { type: "AWS::Kinesis::Stream" },
  "AWS::Logs::Destination": { type: "AWS::Logs::Destination" },
  "AWS::Logs::ResourcePolicy": { type: "AWS::Logs::ResourcePolicy" },
  "AWS::MediaStore::Container": { type: "AWS::MediaStore::Container" },
  "AWS::Organizations::ResourcePolicy": { type: "AWS::Organizations::ResourcePolicy" },
  "AWS::RUM::AppMonitor": { type: "AWS::RUM::AppMonitor" },
  "AWS::S3Express::BucketPolicy": { type: "AWS::S3Express::DirectoryBucket" },
  "AWS::S3Tables::TableBucketPolicy": { type: "AWS::S3Tables::TableBucket" },
  "AWS::S3Tables::TablePolicy": { type: "AWS::S3Tables::Table" },
};

/** Organizations calls the kinds of its policies so. */
const ORGANIZATION: Readonly<Record<string, PolicyKind>> = {
  SERVICE_CONTROL_POLICY: "scp",
  RESOURCE_CONTROL_POLICY: "rcp",
};

export function kindByPlace(policy: ObjectNode): KindByPlace | undefined {
  const inAccount = kindByAccount(policy);
  if (inAccount !== undefined) return found(inAccount.what, inAccount.evidence);
  for (let node: ValueNode | undefined = policy; node !== undefined; ) {
    const { parent }: ValueNode = node;
    if (parent === undefined) return undefined;
    if (parent.type === "array") {
      node = parent;
      continue;
    }
    const byProperty = lookUp(PROPERTIES, parent.key.value);
    if (byProperty !== undefined) return found(byProperty, `It is the value of \`${parent.key.value}\`.`);
    const bySummary = summaryBeside(parent);
    if (bySummary !== undefined) return bySummary;
    const type = typeBeside(parent);
    if (type !== undefined) return byType(type, parent);
    const byResource = kindByTerraform(parent);
    if (byResource !== undefined) return found(byResource.what, byResource.evidence);
    node = parent.parent;
  }
  return undefined;
}

/** What Organizations prints about a policy beside its content, and what Terraform says there. */
function summaryBeside({ key, parent }: MemberNode): KindByPlace | undefined {
  if (key.value !== "Content" && key.value !== "content") return undefined;
  const summary = memberOf(parent, "PolicySummary")?.value;
  const type = memberOf(summary?.type === "object" ? summary : parent, summary ? "Type" : "type")?.value;
  const kind = type?.type === "string" ? lookUp(ORGANIZATION, type.value) : undefined;
  return kind && found(kind, "Organizations says so beside it.");
}

/** The CloudFormation type of the resource that this member is the `Properties` of. */
function typeBeside({ key, parent }: MemberNode): string | undefined {
  if (key.value !== "Properties") return undefined;
  const type = memberOf(parent, "Type")?.value;
  return type?.type === "string" && type.value.startsWith("AWS::") ? type.value : undefined;
}

function byType(type: string, properties: MemberNode): KindByPlace | undefined {
  const evidence = `It belongs to a resource of type \`${type}\`.`;
  const known = lookUp(TYPES, type);
  if (known !== undefined) return found(known, evidence);
  if (type === "AWS::Organizations::Policy" && properties.value?.type === "object") {
    const which = memberOf(properties.value, "Type")?.value;
    const kind = which?.type === "string" ? lookUp(ORGANIZATION, which.value) : undefined;
    return kind && found(kind, evidence);
  }
  return undefined;
}

function lookUp<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

function found(what: Attachment, evidence: string): KindByPlace {
  return typeof what === "string"
    ? { kind: what, resourceType: undefined, evidence }
    : { kind: what.kind ?? "resource", resourceType: what.type, evidence };
}
