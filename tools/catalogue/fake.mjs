// Derives test/catalogue/fake.json, the small catalogue that rule specs run on: some services with the actions that
// examples use. A spec needs another action? Add it here and run `node tools/catalogue/fake.mjs`.

import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { catalogueData } from "./pack.mjs";

const FILE = "test/catalogue/fake.json";

/** Prefix → names, with `*`. */
const WANTED = {
  "access-analyzer": ["ListAnalyzers", "ValidatePolicy"],
  apprunner: ["CreateService", "UpdateService"],
  autoscaling: ["CreateAutoScalingGroup", "CreateLaunchConfiguration", "UpdateAutoScalingGroup"],
  "aws-portal": ["*"],
  batch: ["RegisterJobDefinition", "SubmitJob"],
  "bedrock-agentcore": [
    "CreateAgentRuntime",
    "CreateCodeInterpreter",
    "InvokeCodeInterpreter",
    "StartCodeInterpreterSession",
  ],
  cloudformation: [
    "CreateChangeSet",
    "CreateStack",
    "CreateStackSet",
    "DeleteStack",
    "DescribeStacks",
    "ExecuteChangeSet",
    "ListStacks",
    "UpdateStack",
    "ValidateTemplate",
  ],
  cloudwatch: ["DescribeAlarms", "GetMetricData", "ListMetrics", "PutMetricAlarm", "PutMetricData"],
  codebuild: ["CreateProject", "StartBuild", "UpdateProject"],
  codestar: ["CreateProject"],
  "cognito-identity": ["GetCredentialsForIdentity", "GetId", "SetIdentityPoolRoles"],
  datapipeline: ["ActivatePipeline", "CreatePipeline", "PutPipelineDefinition"],
  dynamodb: [
    "BatchGetItem",
    "BatchWriteItem",
    "ConditionCheckItem",
    "CreateTable",
    "DeleteItem",
    "DeleteTable",
    "DescribeTable",
    "GetItem",
    "GetRecords",
    "ListTables",
    "PutItem",
    "Query",
    "Scan",
    "TagResource",
    "UpdateItem",
  ],
  ec2: [
    "AllocateAddress",
    "AssociateIamInstanceProfile",
    "AttachVolume",
    "AuthorizeSecurityGroupIngress",
    "CreateKeyPair",
    "CreateSecurityGroup",
    "CreateSnapshot",
    "CreateTags",
    "CreateVolume",
    "CreateVpc",
    "DeleteSecurityGroup",
    "DeleteTags",
    "DeleteVolume",
    "DescribeImages",
    "DescribeInstances",
    "DescribeRegions",
    "DescribeSecurityGroups",
    "DescribeSubnets",
    "DescribeTags",
    "DescribeVolumes",
    "DescribeVpcs",
    "GetConsoleOutput",
    "GetPasswordData",
    "ModifyInstanceAttribute",
    "RebootInstances",
    "ReplaceIamInstanceProfileAssociation",
    "RequestSpotInstances",
    "RunInstances",
    "StartInstances",
    "StopInstances",
    "TerminateInstances",
  ],
  ecr: ["BatchGetImage", "GetAuthorizationToken", "GetDownloadUrlForLayer", "PutImage"],
  ecs: [
    "CreateCluster",
    "CreateService",
    "DescribeServices",
    "DescribeTasks",
    "ExecuteCommand",
    "ListClusters",
    "RegisterContainerInstance",
    "RegisterTaskDefinition",
    "RunTask",
    "StartTask",
    "StopTask",
    "UpdateService",
  ],
  events: ["PutEvents", "PutRule", "PutTargets"],
  glue: [
    "CreateDevEndpoint",
    "CreateJob",
    "CreateTrigger",
    "GetTable",
    "StartJobRun",
    "UpdateDevEndpoint",
    "UpdateJob",
  ],
  iam: ["*"],
  kms: [
    "CreateGrant",
    "CreateKey",
    "Decrypt",
    "DescribeKey",
    "EnableKeyRotation",
    "Encrypt",
    "GenerateDataKey",
    "GenerateDataKeyWithoutPlaintext",
    "GetKeyPolicy",
    "ListAliases",
    "ListKeys",
    "PutKeyPolicy",
    "ReEncryptFrom",
    "ReEncryptTo",
    "ScheduleKeyDeletion",
    "TagResource",
  ],
  lambda: [
    "AddPermission",
    "CreateEventSourceMapping",
    "CreateFunction",
    "DeleteFunction",
    "GetFunction",
    "GetFunctionConfiguration",
    "InvokeFunction",
    "InvokeFunctionUrl",
    "ListFunctions",
    "TagResource",
    "UpdateFunctionCode",
    "UpdateFunctionConfiguration",
  ],
  logs: [
    "CreateLogGroup",
    "CreateLogStream",
    "DescribeLogGroups",
    "FilterLogEvents",
    "GetLogEvents",
    "PutLogEvents",
  ],
  organizations: ["DescribeOrganization", "LeaveOrganization", "ListAccounts"],
  "purchase-orders": ["*"],
  rds: ["CreateDBInstance", "DeleteDBInstance", "DescribeDBInstances"],
  "rds-db": ["*"],
  route53: ["ChangeResourceRecordSets", "GetHostedZone", "ListHostedZones"],
  s3: ["*"],
  sagemaker: [
    "CreateNotebookInstance",
    "CreatePresignedNotebookInstanceUrl",
    "CreateTrainingJob",
    "StartNotebookInstance",
  ],
  secretsmanager: [
    "CreateSecret",
    "DeleteSecret",
    "DescribeSecret",
    "GetRandomPassword",
    "GetResourcePolicy",
    "GetSecretValue",
    "ListSecrets",
    "PutResourcePolicy",
    "PutSecretValue",
    "RotateSecret",
    "TagResource",
    "UpdateSecret",
  ],
  sns: [
    "AddPermission",
    "CreateTopic",
    "DeleteTopic",
    "GetTopicAttributes",
    "ListTopics",
    "Publish",
    "SetTopicAttributes",
    "Subscribe",
  ],
  sqs: [
    "AddPermission",
    "ChangeMessageVisibility",
    "CreateQueue",
    "DeleteMessage",
    "DeleteQueue",
    "GetQueueAttributes",
    "GetQueueUrl",
    "ListQueues",
    "PurgeQueue",
    "ReceiveMessage",
    "SendMessage",
    "SetQueueAttributes",
  ],
  ssm: [
    "CreateDocument",
    "GetParameter",
    "GetParameters",
    "GetParametersByPath",
    "PutParameter",
    "SendCommand",
    "StartSession",
  ],
  sso: ["AttachManagedPolicyToPermissionSet", "CreateAccountAssignment", "PutInlinePolicyToPermissionSet"],
  states: ["CreateStateMachine", "StartExecution", "UpdateStateMachine"],
  sts: ["*"],
};

/** Keys that nearly every action of the service sends: left out, except where a name is listed below. */
const OMITTED = {
  s3: /^s3:(TlsVersion|authType|destinationRegion|signatureAge|signatureversion|x-amz-content-sha256|ResourceAccount)$/,
  ec2: /^ec2:(?!ResourceTag|InstanceType|Region$|Vpc$|Subnet$|CreateAction|VolumeType|Encrypted|MetadataHttpTokens|Owner|Public)/,
  codebuild: /^codebuild:(?!vpcConfig|secondarySources|projectArn|buildArn)/i,
  sts: /^(saml:(edu|x500|organ|primary|mail|name$|giv|sur|uid|common|cn)|.*(buildkite|ghe\.com|github\.com|idcs|circleci))/,
};
const OMITTED_NOWHERE = new Set(["s3:GetObject", "s3:PutObject"]);

/** Retired names beside those of the services above. */
const RETIRED = /^(aws-portal|elastic-inference|macie|sqs|s3|lambda|purchase-orders)(:|$)/;

const data = catalogueData();
const retired = data.retired.filter(({ name }) => RETIRED.test(name));
for (const name of retired.flatMap(({ successors }) => successors)) {
  const [prefix, action] = name.split(":");
  WANTED[prefix] ??= [];
  if (!WANTED[prefix].includes("*")) WANTED[prefix].push(action ?? "List*");
}
const services = Object.entries(WANTED).map(([prefix, names]) => {
  const service = data.services.find((it) => it.prefix === prefix);
  if (service === undefined) throw new Error(`There is no service ${prefix}.`);
  const wanted = names.map((name) => {
    const pattern = new RegExp(`^${name.replaceAll("*", ".*")}$`);
    if (!service.actions.some((action) => pattern.test(action.name)))
      throw new Error(`Nothing is ${prefix}:${name}.`);
    return pattern;
  });
  const kept = (conditionKeys) => conditionKeys.filter((key) => !OMITTED[prefix]?.test(key));
  const actions = service.actions
    .filter(({ name }) => wanted.some((pattern) => pattern.test(name)))
    .map((action) => {
      if (OMITTED_NOWHERE.has(`${prefix}:${action.name}`)) return action;
      const types = action.resourceTypes.map((it) => ({ ...it, conditionKeys: kept(it.conditionKeys) }));
      return { ...action, conditionKeys: kept(action.conditionKeys), resourceTypes: types };
    });
  const used = new Set(actions.flatMap(({ resourceTypes }) => resourceTypes.map(({ name }) => name)));
  const resourceTypes = service.resourceTypes
    .filter(({ name }) => used.has(name))
    .map((type) => ({ ...type, conditionKeys: kept(type.conditionKeys) }));
  const keys = new Set(
    [...actions, ...resourceTypes, ...actions.flatMap((it) => it.resourceTypes)].flatMap(
      (it) => it.conditionKeys,
    ),
  );
  return {
    ...service,
    actions,
    resourceTypes,
    conditionKeys: service.conditionKeys.filter(({ key }) => keys.has(key)),
  };
});

const actionNames = new Set(
  services.flatMap(({ prefix, actions }) => actions.map(({ name }) => `${prefix}:${name}`)),
);
const fake = {
  services: object(services, ({ prefix, name, actions, resourceTypes, conditionKeys }) => [
    prefix,
    {
      name,
      actions: object(actions, (action) => [
        action.name,
        {
          level: action.accessLevel,
          description: action.description,
          ...(action.resourceTypes.length > 0 && {
            resources: object(action.resourceTypes, (type) => [
              `${type.name}${type.required ? "*" : ""}`,
              type.conditionKeys,
            ]),
          }),
          ...(action.conditionKeys.length > 0 && { keys: action.conditionKeys }),
          ...(action.dependentActions.length > 0 && { dependent: action.dependentActions }),
        },
      ]),
      resourceTypes: object(resourceTypes, (type) => [
        type.name,
        { arn: type.arn, keys: type.conditionKeys },
      ]),
      conditionKeys: object(conditionKeys, typedKey),
    },
  ]),
  globalConditionKeys: object(data.globalConditionKeys, typedKey),
  providerConditionKeys: object(data.providerConditionKeys, typedKey),
  retired,
  operations: object(
    Object.entries(data.operations).filter(([, actions]) => actions.every((it) => actionNames.has(it))),
    (entry) => entry,
  ),
  partitions: data.partitions,
  regions: data.regions,
  servicePrincipals: data.servicePrincipals,
  rcpServices: data.rcpServices,
};
writeFileSync(FILE, JSON.stringify(fake));
spawnSync("npx", ["biome", "format", "--write", FILE], { stdio: "inherit" });

function object(list, entry) {
  return Object.fromEntries(list.map(entry));
}

function typedKey({ key, type, multivalued }) {
  return [key, `${multivalued ? "ArrayOf" : ""}${type}`];
}
