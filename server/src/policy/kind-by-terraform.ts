/** What the type of a Terraform resource says about the policy in one of its arguments. Reading Terraform is `syntax`'s. */
import type { MemberNode, ValueNode } from "../syntax/tree.js";
import { GROUP, MANAGED, PERMISSION_SET, ROLE, USER } from "./identity-types.js";
import type { Attachment } from "./kind-by-place.js";
import type { PolicyKind } from "./words.js";

/** By the type of the resource, as the AWS provider names it. */
const RESOURCES: Readonly<Record<string, Attachment>> = {
  aws_iam_policy: MANAGED,
  aws_iam_role_policy: ROLE,
  aws_iam_user_policy: USER,
  aws_iam_group_policy: GROUP,
  aws_iam_role: ROLE,
  aws_ssoadmin_permission_set_inline_policy: PERMISSION_SET,
  aws_vpc_endpoint: "endpoint",
  aws_vpc_endpoint_policy: "endpoint",
  aws_transfer_user: "session",
  aws_transfer_access: "session",
  aws_organizations_policy: "scp",
  aws_s3_bucket: { type: "AWS::S3::Bucket" },
  aws_s3_bucket_policy: { type: "AWS::S3::Bucket" },
  aws_s3_access_point: { type: "AWS::S3::AccessPoint" },
  aws_s3control_access_point_policy: { type: "AWS::S3::AccessPoint" },
  aws_s3control_multi_region_access_point_policy: { type: "AWS::S3::MultiRegionAccessPoint" },
  aws_s3control_object_lambda_access_point_policy: { type: "AWS::S3ObjectLambda::AccessPoint" },
  aws_s3tables_table_bucket_policy: { type: "AWS::S3Tables::TableBucket" },
  aws_s3tables_table_policy: { type: "AWS::S3Tables::Table" },
  aws_sqs_queue: { type: "AWS::SQS::Queue" },
  aws_sqs_queue_policy: { type: "AWS::SQS::Queue" },
  aws_sns_topic: { type: "AWS::SNS::Topic" },
  aws_sns_topic_policy: { type: "AWS::SNS::Topic" },
  aws_kms_key: { type: "AWS::KMS::Key" },
  aws_kms_key_policy: { type: "AWS::KMS::Key" },
  aws_kms_external_key: { type: "AWS::KMS::Key" },
  aws_kms_replica_key: { type: "AWS::KMS::Key" },
  aws_secretsmanager_secret: { type: "AWS::SecretsManager::Secret" },
  aws_secretsmanager_secret_policy: { type: "AWS::SecretsManager::Secret" },
  // Of a table or of its stream.
  aws_dynamodb_resource_policy: "resource",
  aws_ecr_repository_policy: { type: "AWS::ECR::Repository" },
  aws_ecr_registry_policy: { type: "AWS::ECR::RegistryPolicy" },
  aws_ecrpublic_repository_policy: { type: "AWS::ECR::PublicRepository" },
  aws_efs_file_system_policy: { type: "AWS::EFS::FileSystem" },
  aws_backup_vault_policy: { type: "AWS::Backup::BackupVault" },
  aws_cloudwatch_event_bus_policy: { type: "AWS::Events::EventBus" },
  aws_cloudwatch_log_destination_policy: { type: "AWS::Logs::Destination" },
  aws_cloudwatch_log_resource_policy: { type: "AWS::Logs::ResourcePolicy" },
  aws_codeartifact_domain_permissions_policy: { type: "AWS::CodeArtifact::Domain" },
  aws_codeartifact_repository_permissions_policy: { type: "AWS::CodeArtifact::Repository" },
  aws_elasticsearch_domain: { type: "AWS::Elasticsearch::Domain" },
  aws_elasticsearch_domain_policy: { type: "AWS::Elasticsearch::Domain" },
  aws_opensearch_domain: { type: "AWS::OpenSearchService::Domain" },
  aws_opensearch_domain_policy: { type: "AWS::OpenSearchService::Domain" },
  aws_api_gateway_rest_api: { type: "AWS::ApiGateway::RestApi" },
  aws_api_gateway_rest_api_policy: { type: "AWS::ApiGateway::RestApi" },
  aws_glacier_vault: { type: "AWS::Glacier::Vault" },
  aws_kinesis_resource_policy: { type: "AWS::Kinesis::Stream" },
  aws_media_store_container_policy: { type: "AWS::MediaStore::Container" },
  aws_organizations_resource_policy: { type: "AWS::Organizations::ResourcePolicy" },
  aws_ses_identity_policy: { type: "AWS::SES::EmailIdentity" },
  aws_sesv2_email_identity_policy: { type: "AWS::SES::EmailIdentity" },
  aws_acmpca_policy: { type: "AWS::ACMPCA::CertificateAuthority" },
};

/** Arguments that tell whatever the type says. */
const ARGUMENTS: Readonly<Record<string, PolicyKind>> = { assume_role_policy: "trust" };

/** @param member an argument of a resource, or a member inside one */
export function kindByTerraform({
  key,
  parent,
}: MemberNode): { readonly what: Attachment; readonly evidence: string } | undefined {
  const name = key.value;
  if (Object.hasOwn(ARGUMENTS, name))
    return { what: ARGUMENTS[name] as PolicyKind, evidence: `It is the value of \`${name}\`.` };
  if (!name.startsWith("aws_") || !Object.hasOwn(RESOURCES, name)) return undefined;
  const [above] = membersAbove(parent);
  if (above?.key.value !== "resource") return undefined;
  const what = RESOURCES[name] as Attachment;
  return { what, evidence: `It belongs to a resource of type \`${name}\`.` };
}

/** The members that hold a value, innermost first; lists in between do not count. */
function* membersAbove(value: ValueNode): Generator<MemberNode> {
  for (let holder = value.parent; holder !== undefined; ) {
    if (holder.type === "member") {
      yield holder;
      holder = holder.parent.parent;
    } else holder = holder.parent;
  }
}
