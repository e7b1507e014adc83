/** What a resource policy hangs on, as CloudFormation names it, told from its ARNs, or from its actions where it says `*`. */
import { type Arn, parseArn } from "./arn.js";
import type { Policy, Statement } from "./policy.js";
import { hasWildcard } from "./wildcard.js";

/** By the service of an ARN, for the services where one type of resource carries the policy. */
const BY_SERVICE: Readonly<Record<string, string>> = {
  "acm-pca": "AWS::ACMPCA::CertificateAuthority",
  backup: "AWS::Backup::BackupVault",
  ecr: "AWS::ECR::Repository",
  "ecr-public": "AWS::ECR::PublicRepository",
  elasticfilesystem: "AWS::EFS::FileSystem",
  es: "AWS::Elasticsearch::Domain",
  events: "AWS::Events::EventBus",
  "execute-api": "AWS::ApiGateway::RestApi",
  glacier: "AWS::Glacier::Vault",
  kinesis: "AWS::Kinesis::Stream",
  kms: "AWS::KMS::Key",
  lambda: "AWS::Lambda::Function",
  mediastore: "AWS::MediaStore::Container",
  organizations: "AWS::Organizations::ResourcePolicy",
  rum: "AWS::RUM::AppMonitor",
  "s3-object-lambda": "AWS::S3ObjectLambda::AccessPoint",
  s3express: "AWS::S3Express::DirectoryBucket",
  secretsmanager: "AWS::SecretsManager::Secret",
  ses: "AWS::SES::EmailIdentity",
  sns: "AWS::SNS::Topic",
  sqs: "AWS::SQS::Queue",
};

/** By the first word of an ARN's resource, for the services where several types carry policies. */
const BY_RESOURCE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  codeartifact: { domain: "AWS::CodeArtifact::Domain", repository: "AWS::CodeArtifact::Repository" },
  dynamodb: { table: "AWS::DynamoDB::Table" },
  logs: { destination: "AWS::Logs::Destination", "log-group": "AWS::Logs::ResourcePolicy" },
};

/** `undefined` where nothing tells, or two things contradict each other. */
export function resourceTypeOf({ statements }: Policy): string | undefined {
  const types = new Set<string | undefined>();
  for (const statement of statements) {
    const strings = [...statement.resources, ...statement.notResources];
    for (const { value } of strings) {
      const arn = parseArn(value);
      if (arn !== undefined) types.add(typeOfArn(arn));
      else if (value === "*") types.add(typeByActions(statement));
    }
    // The policy of a container registry's repository has no resources at all.
    if (strings.length === 0 && statement.elements.Resource === undefined) {
      const { ecr } = BY_SERVICE;
      if (statement.actions.some(({ service }) => service === "ecr")) types.add(ecr);
    }
  }
  return types.size === 1 ? [...types][0] : undefined;
}

function typeOfArn({ service, region, account, resource }: Arn): string | undefined {
  if (service === "s3") {
    if (account === "" && region === "") return "AWS::S3::Bucket";
    if (!resource.startsWith("accesspoint")) return undefined;
    return region === "" ? "AWS::S3::MultiRegionAccessPoint" : "AWS::S3::AccessPoint";
  }
  if (service === "s3tables")
    return resource.includes("/table/") ? "AWS::S3Tables::Table" : "AWS::S3Tables::TableBucket";
  // The stream of a table has a policy of its own, in which no action on the table is of use.
  if (service === "dynamodb" && resource.includes("/stream/")) return undefined;
  const [kind = ""] = resource.split(/[:/]/, 1);
  const types = Object.hasOwn(BY_RESOURCE, service) ? BY_RESOURCE[service] : undefined;
  if (types !== undefined) return Object.hasOwn(types, kind) ? types[kind] : undefined;
  return Object.hasOwn(BY_SERVICE, service) ? BY_SERVICE[service] : undefined;
}

/** `Resource: "*"` means the resource itself in many policies; then the actions tell what it is. */
function typeByActions({ actions }: Statement): string | undefined {
  const services = new Set(actions.map(({ service }) => service));
  const [only] = services;
  if (services.size !== 1 || only === undefined || hasWildcard(only)) return undefined;
  return Object.hasOwn(BY_SERVICE, only) ? BY_SERVICE[only] : undefined;
}
