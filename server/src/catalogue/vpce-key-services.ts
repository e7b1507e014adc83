/**
 * The services that send the keys about the account behind a VPC endpoint; the reference of the services does not say.
 * See https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-vpceorgid
 */

const ACCOUNT_AND_PATHS = [
  "acm-pca",
  "applicationinsights",
  "apprunner",
  "athena",
  "cloudformation",
  "comprehendmedical",
  "compute-optimizer",
  "datasync",
  "discovery",
  "dynamodb",
  "ebs",
  "ecr",
  "ecs",
  "firehose",
  "gamelift",
  "healthlake",
  "iam",
  "iotfleetwise",
  "iotwireless",
  "kinesisanalytics",
  "kms",
  "lambda",
  "medical-imaging",
  "omics",
  "payment-cryptography",
  "polly",
  "rbin",
  "rekognition",
  "route53",
  "s3",
  "scheduler",
  "servicediscovery",
  "servicequotas",
  "shield",
  "ssm-contacts",
  "storagegateway",
  "textract",
  "transcribe",
  "transfer",
] as const;

const ORGANISATION_ONLY = [
  "b2bi",
  "cassandra",
  "cognito-identity",
  "dms",
  "ds-data",
  "identitystore",
  "iottwinmaker",
  "network-firewall",
  "pricing",
  "ses",
  "sms-voice",
  "sqs",
  "workmail",
] as const;

const ACCOUNT_KEYS: ReadonlySet<string> = new Set(ACCOUNT_AND_PATHS);

/** Service prefixes by key in lower case. */
export const SERVICES_OF_VPCE_KEY: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["aws:vpceaccount", ACCOUNT_KEYS],
  ["aws:vpceorgpaths", ACCOUNT_KEYS],
  ["aws:vpceorgid", new Set<string>([...ACCOUNT_AND_PATHS, ...ORGANISATION_ONLY])],
]);

/** Actions of those services that send none of the keys all the same, in lower case. */
export const ACTIONS_WITHOUT_VPCE_KEYS: ReadonlySet<string> = new Set(["iam:passrole"]);
