/** Values of condition keys: the known ones of a key, what its type takes, and what the policy says of it already. */

import type { ConditionOperator } from "../../policy/condition.js";
import { NULL } from "../../policy/condition-types.js";
import { variableText } from "../../policy/variable.js";
import { ALLOW } from "../../policy/words.js";
import { resources } from "./arns.js";
import type { Suggestion } from "./offer.js";
import {
  accountId,
  placeOfRegion,
  region,
  regionsWritten,
  type Scope,
  servicesOf,
  textsLike,
  variable,
} from "./scope.js";

/** Keys whose values AWS documents as a closed or customary set. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  "s3:x-amz-acl": [
    "bucket-owner-full-control",
    "private",
    "public-read",
    "public-read-write",
    "authenticated-read",
    "aws-exec-read",
    "bucket-owner-read",
    "log-delivery-write",
  ],
  "s3:x-amz-server-side-encryption": ["aws:kms", "AES256", "aws:kms:dsse"],
  "s3:x-amz-storage-class": [
    "STANDARD",
    "STANDARD_IA",
    "INTELLIGENT_TIERING",
    "ONEZONE_IA",
    "GLACIER",
    "GLACIER_IR",
    "DEEP_ARCHIVE",
    "REDUCED_REDUNDANCY",
  ],
  "s3:tlsversion": ["1.2", "1.3"],
  "s3:signatureversion": ["AWS4-HMAC-SHA256", "AWS"],
  "s3:authtype": ["REST-HEADER", "REST-QUERY-STRING", "POST"],
  "s3:object-lock-mode": ["GOVERNANCE", "COMPLIANCE"],
  "s3:delimiter": ["/"],
  "s3:prefix": ["", "home/", `${variableText("aws:username")}/*`, `home/${variableText("aws:username")}/*`],
  "s3:locationconstraint": ["eu-central-1", "us-west-2", "ap-southeast-2"],
  "ec2:roledelivery": ["2.0", "1.0"],
  "ec2:tenancy": ["default", "dedicated", "host"],
  "ec2:metadatahttptokens": ["required", "optional"],
  "ec2:volumetype": ["gp3", "gp2", "io1", "io2", "st1", "sc1", "standard"],
  "ec2:instancetype": [
    "t3.micro",
    "t2.micro",
    "t3.small",
    "t3.medium",
    "t3.*",
    "t4g.*",
    "m5.*",
    "m7g.*",
    "c5.*",
    "r5.*",
    "*.nano",
    "*.micro",
    "*.small",
    "*.medium",
    "*.large",
  ],
  "ec2:rootdevicetype": ["ebs", "instance-store"],
  "ec2:createaction": ["RunInstances", "CreateVolume", "CreateSnapshot", "CreateSecurityGroup", "CreateVpc"],
  "rds:databaseengine": [
    "mysql",
    "postgres",
    "aurora-mysql",
    "aurora-postgresql",
    "mariadb",
    "oracle-ee",
    "sqlserver-se",
  ],
  "rds:databaseclass": ["db.t3.micro", "db.t3.medium", "db.m5.large", "db.r5.large"],
  "aws:principaltype": ["User", "AssumedRole", "Account", "FederatedUser", "Root", "Anonymous"],
  "kms:keyspec": ["SYMMETRIC_DEFAULT", "RSA_2048", "RSA_4096", "ECC_NIST_P256", "HMAC_256"],
  "kms:keyusage": ["ENCRYPT_DECRYPT", "SIGN_VERIFY", "GENERATE_VERIFY_MAC", "KEY_AGREEMENT"],
  "kms:keyorigin": ["AWS_KMS", "EXTERNAL", "AWS_CLOUDHSM", "EXTERNAL_KEY_STORE"],
  "kms:grantoperations": [
    "Encrypt",
    "Decrypt",
    "GenerateDataKey",
    "GenerateDataKeyWithoutPlaintext",
    "ReEncryptFrom",
    "ReEncryptTo",
    "CreateGrant",
    "RetireGrant",
    "DescribeKey",
  ],
  "lambda:functionurlauthtype": ["AWS_IAM", "NONE"],
  "sns:protocol": ["email", "https", "sqs", "lambda", "sms", "email-json", "http", "application"],
  "elasticfilesystem:accessedviamounttarget": ["true", "false"],
  "dynamodb:select": ["SPECIFIC_ATTRIBUTES", "ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES", "COUNT"],
  "dynamodb:returnvalues": ["NONE", "ALL_OLD", "UPDATED_OLD", "ALL_NEW", "UPDATED_NEW"],
  "dynamodb:leadingkeys": [
    variableText("www.amazon.com:user_id"),
    variableText("cognito-identity.amazonaws.com:sub"),
    variableText("aws:username"),
  ],
  "secretsmanager:versionstage": ["AWSCURRENT", "AWSPREVIOUS", "AWSPENDING"],
  "sts:rolesessionname": [variableText("aws:username")],
  "saml:aud": ["https://signin.aws.amazon.com/saml"],
  "aws:username": [variableText("aws:username")],
  "aws:resourceaccount": [variableText("aws:PrincipalAccount")],
  "aws:sourceaccount": [variableText("aws:PrincipalAccount")],
  "aws:resourceorgid": [variableText("aws:PrincipalOrgID")],
  "aws:sourceorgid": [variableText("aws:PrincipalOrgID"), variableText("aws:ResourceOrgID")],
  "aws:principalorgid": [variableText("aws:ResourceOrgID")],
  "cognito-identity.amazonaws.com:amr": ["authenticated", "unauthenticated"],
  "token.actions.githubusercontent.com:aud": ["sts.amazonaws.com"],
  "token.actions.githubusercontent.com:sub": [
    "repo:owner/repository:ref:refs/heads/main",
    "repo:owner/repository:*",
  ],
  "aws:multifactorauthage": ["3600", "900", "43200"],
};
/** Of keys whose values are IDs that somebody has to look up: what such an ID looks like. */
const LOOKS: Readonly<Record<string, readonly string[]>> = {
  "aws:sourcevpc": ["vpc-111bbb22", "vpc-0123456789abcdef0"],
  "aws:sourcevpce": ["vpce-1a2b3c4d", "vpce-0123456789abcdef0"],
  "aws:principalorgpaths": ["o-exampleorgid/r-ab12/ou-ab12-11111111/*"],
  "aws:resourceorgpaths": ["o-exampleorgid/r-ab12/ou-ab12-11111111/*"],
  "aws:sourceorgpaths": ["o-exampleorgid/r-ab12/ou-ab12-11111111/*"],
  "aws:userid": ["AROAEXAMPLEID:*"],
  "sts:externalid": ["12345"],
};
/** Ranges that are reserved for documentation, and the private ones for keys that see those. */
const EXAMPLE_RANGES = ["192.0.2.0/24", "203.0.113.0/24", "198.51.100.0/24", "2001:db8:1234:5678::/64"];
const PRIVATE_RANGES = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

const REGION_KEYS = /^aws:(?:requestedregion|sourceregion)$|:(?:region|sourceregion)$/;
const PRINCIPAL_KEYS =
  /^(?:iam:passedtoservice|iam:awsservicename|aws:calledvia(?:first|last)?|aws:principalservicename|aws:principalservicenameslist|organizations:serviceprincipal|kms:granteeprincipal|kms:retiringprincipal)$/;
const ACCOUNT_KEYS = /^aws:(?:principal|source|resource)account$|^kms:calleraccount$|^s3:resourceaccount$/;
const ORGANIZATION_KEYS = /^aws:(?:principal|resource|source)orgid$/;

export function conditionValues(
  scope: Scope,
  operator: ConditionOperator,
  key: string,
): readonly Suggestion[] {
  const folded = key.toLowerCase();
  const known = scope.catalogue.conditionKey(key);
  const found: Suggestion[] = [];
  const add = (label: string, score: number, detail?: string) =>
    found.push({ label, type: "value", ...(detail !== undefined && { detail }), score });
  const isTruth = operator.family === NULL || operator.family === "Bool" || known?.type === "Bool";
  if (isTruth) {
    const quoted = scope.cursor.word.quote !== "";
    for (const [index, label] of ["true", "false"].entries()) {
      const detail =
        operator.family === NULL ? (index === 0 ? "the key is absent" : "the key is there") : undefined;
      found.push({
        label,
        type: "keyword",
        ...(detail !== undefined && { detail }),
        ...(!quoted && { insert: { value: label === "true" } }),
        score: 100 + (mostlyFalse(folded) && scope.statement?.effect?.value !== ALLOW ? index : -index),
      });
    }
    return found;
  }
  for (const [index, label] of (Object.hasOwn(KNOWN, folded) ? (KNOWN[folded] ?? []) : []).entries()) {
    add(label, 30 - index / 10);
  }
  for (const [index, label] of writtenFor(scope, folded).entries())
    add(label, 40 - index / 10, "used in this policy");
  for (const [index, label] of scope.usage.valuesOf(key).entries()) add(label, 20 - index / 2);
  if (REGION_KEYS.test(folded)) found.push(...regions(scope));
  if (PRINCIPAL_KEYS.test(folded)) found.push(...servicePrincipals(scope, 0));
  if (folded === "kms:viaservice") found.push(...viaService(scope));
  if (ACCOUNT_KEYS.test(folded)) {
    const account = accountId(scope);
    if (account !== undefined) add(account, 50, "your account");
    add("111122223333", -10, "example");
    add("123456789012", -10, "example");
    add("444455556666", -11, "example");
  }
  if (ORGANIZATION_KEYS.test(folded)) {
    const organization = variable(
      scope,
      "aws-org-id",
      "org-id",
      "organization-id",
      "orgId",
      "organizationId",
    );
    if (organization !== undefined) add(organization, 50, "your organization");
    add("o-exampleorgid", -10, "example");
  }
  for (const label of Object.hasOwn(LOOKS, folded) ? (LOOKS[folded] ?? []) : []) add(label, -10, "example");
  if (known?.type === "IPAddress" || operator.family === "IpAddress") {
    for (const [index, label] of (folded === "aws:vpcsourceip" ? PRIVATE_RANGES : EXAMPLE_RANGES).entries()) {
      add(label, 5 - index, "example range");
    }
  }
  if (known?.type === "ARN" || operator.family === "Arn") found.push(...arns(scope, folded));
  if (known?.type === "Date" || operator.family === "Date")
    add("2030-01-01T00:00:00Z", 0, "date and time in UTC");
  if (/:o?aud$/.test(folded)) add("sts.amazonaws.com", 10);
  if (folded === "aws:tagkeys") for (const tag of tagsWritten(scope)) add(tag, 25, "tag of this policy");
  if (folded.includes("tag/"))
    for (const [index, label] of tagValues(scope, key).entries()) add(label, 15 - index);
  return found;
}

/** Keys that are asked about in order to deny what is not so. */
function mostlyFalse(folded: string): boolean {
  return (
    folded === "aws:securetransport" ||
    folded === "aws:multifactorauthpresent" ||
    folded === "aws:principalisawsservice"
  );
}

export function regions(scope: Scope): readonly Suggestion[] {
  const known = region(scope);
  const written = regionsWritten(scope);
  const first = [...new Set([...(known === undefined ? [] : [known]), ...written, ...BUSY])];
  return scope.catalogue.regions.map((label) => {
    const at = first.indexOf(label);
    return { label, type: "value", ...placeOfRegion(scope, label), score: at < 0 ? -1 : 30 - at };
  });
}

const BUSY = [
  "us-east-1",
  "us-west-2",
  "eu-west-1",
  "eu-central-1",
  "us-east-2",
  "ap-southeast-2",
  "ap-northeast-1",
];

/** Service principals, those of the statement's and the policy's services first. */
export function servicePrincipals(scope: Scope, base: number): readonly Suggestion[] {
  const services = new Set([
    ...servicesOf(scope),
    ...(scope.policy?.statements.flatMap(({ actions }) => actions.map(({ service }) => service)) ?? []),
  ]);
  const written = new Set(textsLike(scope, /\.amazonaws\.com(?:\.cn)?$/));
  const busy = BUSY_PRINCIPALS.map((it) => `${it}.amazonaws.com`);
  return scope.catalogue.servicePrincipals.map((label) => {
    const at = busy.indexOf(label);
    const own = services.has(label.slice(0, label.indexOf("."))) ? 5 : 0;
    return {
      label,
      type: "principal",
      about: { what: "principal", type: "Service" },
      score: base + own + (written.has(label) ? 9 : 0) + (at < 0 ? 0 : 8 - at / 4),
    };
  });
}

const BUSY_PRINCIPALS = [
  ..."lambda ec2 ecs-tasks s3 cloudfront sns events cloudtrail apigateway states codebuild logs config sqs".split(
    " ",
  ),
  ..."codepipeline glue rds eks sagemaker delivery.logs elasticloadbalancing ssm cloudformation autoscaling".split(
    " ",
  ),
  ..."logging.s3 pods.eks servicecatalog scheduler firehose vpc-flow-logs backup secretsmanager monitoring.rds guardduty cloudwatch".split(
    " ",
  ),
];

const VIA =
  "s3 ec2 rds lambda dynamodb secretsmanager sqs sns ssm logs elasticfilesystem kinesis es glue fsx".split(
    " ",
  );

/** The one place where a service principal has a Region in it. */
function viaService(scope: Scope): readonly Suggestion[] {
  const own = region(scope) ?? regionsWritten(scope)[0];
  return VIA.flatMap((service, index) => [
    ...(own === undefined
      ? []
      : [{ label: `${service}.${own}.amazonaws.com`, type: "value" as const, score: 12 - index / 10 }]),
    { label: `${service}.*.amazonaws.com`, type: "value" as const, score: 8 - index / 10 },
    { label: `${service}.us-east-1.amazonaws.com`, type: "value" as const, score: 2 - index / 10 },
  ]);
}

/** ARNs of principals for keys about them, of resources for the others. */
function arns(scope: Scope, folded: string): readonly Suggestion[] {
  if (/principalarn$|granteeprincipal|associatedresourcearn/.test(folded)) {
    const account = accountId(scope) ?? "*";
    const own = [...(scope.account?.roles ?? []), ...(scope.account?.users ?? [])];
    return [...own, ...["role/*", "user/*", "root"].map((what) => `arn:aws:iam::${account}:${what}`)].map(
      (label, index) => ({ label, type: "arn", score: 5 - index / 100 }),
    );
  }
  if (folded === "iam:policyarn" || folded === "iam:permissionsboundary") {
    return [
      { label: `arn:aws:iam::${accountId(scope) ?? "*"}:policy/*`, type: "arn", score: 5 },
      { label: "arn:aws:iam::aws:policy/ReadOnlyAccess", type: "arn", score: 3 },
    ];
  }
  const own = sourceArns(scope);
  return own.length > 0 ? own : resources(scope).filter(({ label }) => label !== "*");
}

/** What a service acts for, by its principal: SNS topics for queues, distributions for buckets. */
function sourceArns(scope: Scope): readonly Suggestion[] {
  const account = accountId(scope) ?? "*";
  const where = region(scope) ?? "*";
  return (scope.statement?.principals ?? []).flatMap(({ value }, index): readonly Suggestion[] => {
    const form = SOURCES[value.split(".")[0] ?? ""];
    if (form === undefined || !value.includes("amazonaws.com")) return [];
    const label = form.replace("REGION", where).replace("ACCOUNT", account);
    return [{ label, type: "arn", score: 20 - index }];
  });
}

const SOURCES: Readonly<Record<string, string>> = {
  sns: "arn:aws:sns:REGION:ACCOUNT:*",
  s3: "arn:aws:s3:::*",
  cloudfront: "arn:aws:cloudfront::ACCOUNT:distribution/*",
  events: "arn:aws:events:REGION:ACCOUNT:rule/*",
  cloudtrail: "arn:aws:cloudtrail:REGION:ACCOUNT:trail/*",
  sqs: "arn:aws:sqs:REGION:ACCOUNT:*",
  lambda: "arn:aws:lambda:REGION:ACCOUNT:function:*",
  logs: "arn:aws:logs:REGION:ACCOUNT:*",
  delivery: "arn:aws:logs:REGION:ACCOUNT:*",
  apigateway: "arn:aws:execute-api:REGION:ACCOUNT:*",
  states: "arn:aws:states:REGION:ACCOUNT:stateMachine:*",
  scheduler: "arn:aws:scheduler:REGION:ACCOUNT:schedule/*",
};

/** What the policy's other conditions compare this key with. */
function writtenFor({ policy, cursor, place }: Scope, folded: string): readonly string[] {
  const siblings = new Set(place.at === "condition-value" ? place.siblings : []);
  const counts = new Map<string, number>();
  for (const { conditions } of policy?.statements ?? []) {
    for (const { key, values } of conditions) {
      if (key.value.toLowerCase() !== folded) continue;
      for (const value of values) {
        if (
          value.type !== "string" ||
          value === cursor.node ||
          siblings.has(value.value) ||
          value.value === ""
        )
          continue;
        counts.set(value.value, (counts.get(value.value) ?? 0) + 1);
      }
    }
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([value]) => value);
}

/** Names of tags in the policy's condition keys. */
function tagsWritten({ policy }: Scope): readonly string[] {
  const tags = new Set<string>();
  for (const { conditions } of policy?.statements ?? []) {
    for (const { key } of conditions) {
      const tag = /Tag\/(.+)$/.exec(key.value)?.[1];
      if (tag !== undefined) tags.add(tag);
    }
  }
  return [...tags];
}

/** Values of the same tag under its other keys, and the principal's own tag, as attribute-based access has it. */
function tagValues({ policy, usage }: Scope, key: string): readonly string[] {
  const tag = key.slice(key.indexOf("/") + 1);
  const values = new Set<string>();
  for (const { conditions } of policy?.statements ?? []) {
    for (const condition of conditions) {
      if (!condition.key.value.endsWith(`Tag/${tag}`)) continue;
      for (const value of condition.values)
        if (value.type === "string" && value.value !== "") values.add(value.value);
    }
  }
  for (const other of ["aws:ResourceTag/", "aws:RequestTag/"]) {
    for (const value of usage.valuesOf(other + tag)) values.add(value);
  }
  if (!/PrincipalTag\//i.test(key)) values.add(`\${aws:PrincipalTag/${tag}}`);
  values.add(variableText("aws:username"));
  return [...values, "true", "*"];
}
