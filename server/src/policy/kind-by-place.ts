/** What the document around a policy says about it: the property that holds it, and the CloudFormation type above. */
import type { MemberNode, ObjectNode, ValueNode } from "../syntax/tree.js";
import { memberOf } from "../syntax/tree.js";
import type { PolicyKind } from "./words.js";

export interface KindByPlace {
  readonly kind: PolicyKind;
  readonly resourceType: string | undefined;
  readonly evidence: string;
}

/** Properties whose name alone tells, in CloudFormation, in AWS's API and in an account's export. */
const PROPERTIES: Readonly<Record<string, PolicyKind | { readonly type: string }>> = {
  AssumeRolePolicyDocument: "trust",
  AssumeRolePolicy: "trust",
  BucketPolicy: { type: "AWS::S3::Bucket" },
  KeyPolicy: { type: "AWS::KMS::Key" },
  RepositoryPolicyText: { type: "AWS::ECR::Repository" },
  FileSystemPolicy: { type: "AWS::EFS::FileSystem" },
};

/** CloudFormation types whose policies all are of one kind. */
const IDENTITY = /^AWS::(?:IAM::(?:\w*Policy|Role|User|Group)|SSO::PermissionSet|Serverless::\w+)$/;
const TYPES: Readonly<Record<string, PolicyKind | { readonly type: string }>> = {
  "AWS::EC2::VPCEndpoint": "endpoint",
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
  "AWS::Elasticsearch::Domain": { type: "AWS::Elasticsearch::Domain" },
  "AWS::OpenSearchService::Domain": { type: "AWS::OpenSearchService::Domain" },
};

export function kindByPlace(policy: ObjectNode): KindByPlace | undefined {
  for (let node: ValueNode | undefined = policy; node !== undefined; ) {
    const { parent }: ValueNode = node;
    if (parent === undefined) return undefined;
    if (parent.type === "array") {
      node = parent;
      continue;
    }
    const byProperty = lookUp(PROPERTIES, parent.key.value);
    if (byProperty !== undefined) return found(byProperty, `It is the value of \`${parent.key.value}\`.`);
    const type = typeBeside(parent);
    if (type !== undefined) return byType(type, parent);
    node = parent.parent;
  }
  return undefined;
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
  if (IDENTITY.test(type)) return found("identity", evidence);
  if (type === "AWS::Organizations::Policy" && properties.value?.type === "object") {
    const which = memberOf(properties.value, "Type")?.value;
    if (which?.type !== "string") return undefined;
    if (which.value === "SERVICE_CONTROL_POLICY") return found("scp", evidence);
    if (which.value === "RESOURCE_CONTROL_POLICY") return found("rcp", evidence);
  }
  return undefined;
}

function lookUp<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

function found(what: PolicyKind | { readonly type: string }, evidence: string): KindByPlace {
  return typeof what === "string"
    ? { kind: what, resourceType: undefined, evidence }
    : { kind: "resource", resourceType: what.type, evidence };
}
