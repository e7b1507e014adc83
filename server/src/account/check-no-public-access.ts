/**
 * Does the policy of a resource let in no public? Access Analyzer's `CheckNoPublicAccess`, offline. Which statements are
 * public is `policy/public-policy.ts`'s; here a request shows what each of them lets a stranger do.
 */
import type { Catalogue } from "../catalogue/catalogue.js";
import { ANONYMOUS, readCaller } from "../evaluate/caller.js";
import { type CompiledStatement, compilePolicy } from "../evaluate/compile.js";
import { decide, groupsOf } from "../evaluate/decide.js";
import { contextOfCaller, prepare } from "../evaluate/request.js";
import { traceOf } from "../evaluate/trace.js";
import { isCallerKey } from "../policy/narrowing-condition.js";
import type { Policy, Statement } from "../policy/policy.js";
import { publicStatements } from "../policy/public-policy.js";
import { resourceTypeOf } from "../policy/resource-type.js";
import type { CheckedRequest, CheckFailure } from "./access-check.js";
import { type ActionClass, actionClasses } from "./action-classes.js";
import { STRANGER } from "./callers-told-apart.js";
import { sampleContexts } from "./context-samples.js";
import { type Asker, HOME, requestUnder } from "./diff-policies.js";
import { sampleResources } from "./resource-samples.js";

/** The types of resources that Access Analyzer checks, as CloudFormation names them, with the prefix of their actions. */
export const CHECKED_TYPES: ReadonlyMap<string, string> = new Map([
  ["AWS::ApiGateway::RestApi", "execute-api"],
  ["AWS::Backup::BackupVault", "backup"],
  ["AWS::CloudTrail::Dashboard", "cloudtrail"],
  ["AWS::CloudTrail::EventDataStore", "cloudtrail"],
  ["AWS::CodeArtifact::Domain", "codeartifact"],
  ["AWS::DynamoDB::Stream", "dynamodb"],
  ["AWS::DynamoDB::Table", "dynamodb"],
  ["AWS::EFS::FileSystem", "elasticfilesystem"],
  ["AWS::IAM::AssumeRolePolicyDocument", "sts"],
  ["AWS::KMS::Key", "kms"],
  ["AWS::Kinesis::Stream", "kinesis"],
  ["AWS::Kinesis::StreamConsumer", "kinesis"],
  ["AWS::Lambda::Function", "lambda"],
  ["AWS::OpenSearchService::Domain", "es"],
  ["AWS::S3::AccessPoint", "s3"],
  ["AWS::S3::Bucket", "s3"],
  ["AWS::S3::Glacier", "glacier"],
  ["AWS::S3Express::AccessPoint", "s3express"],
  ["AWS::S3Express::DirectoryBucket", "s3express"],
  ["AWS::S3Outposts::AccessPoint", "s3-outposts"],
  ["AWS::S3Outposts::Bucket", "s3-outposts"],
  ["AWS::S3Tables::Table", "s3tables"],
  ["AWS::S3Tables::TableBucket", "s3tables"],
  ["AWS::SNS::Topic", "sns"],
  ["AWS::SQS::Queue", "sqs"],
  ["AWS::SecretsManager::Secret", "secretsmanager"],
]);

/** What the check calls otherwise than CloudFormation does. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  "AWS::Elasticsearch::Domain": "AWS::OpenSearchService::Domain",
  "AWS::Glacier::Vault": "AWS::S3::Glacier",
};

/** The type that the check has for what a policy hangs on; `undefined` where it has none, or nothing tells. */
export function checkedTypeOf(policy: Policy): string | undefined {
  return checkedName(typeOf(policy) ?? "");
}

/** What the check calls a type of CloudFormation's; `undefined` for one that it does not look at. */
export function checkedName(type: string): string | undefined {
  const name = OTHER_NAMES[type] ?? type;
  return CHECKED_TYPES.has(name) ? name : undefined;
}

const TRUST = "AWS::IAM::AssumeRolePolicyDocument";
/** Services that take no request without credentials. */
const SIGNED_ONLY: ReadonlySet<string> = new Set(["kms", "sts"]);

/** @param type told from the policy where it is not given */
export function checkNoPublicAccess(
  policy: Policy,
  type: string | undefined,
  catalogue: Catalogue,
): readonly CheckFailure[] {
  const prefix = CHECKED_TYPES.get(type ?? checkedTypeOf(policy) ?? "");
  const statements = compilePolicy(policy).statements;
  return publicStatements(policy, prefix === "s3" ? "fixed-values" : "some-callers").flatMap((source) => {
    const compiled = statements.find((it) => it.source === source);
    if (compiled === undefined) return [];
    const classes = actionClasses(statements, [compiled], catalogue, {
      concerns: (action) => prefix === undefined || action.startsWith(`${prefix}:`),
    });
    return failureOf(policy, compiled, classes, catalogue);
  });
}

function typeOf(policy: Policy): string | undefined {
  const actions = policy.statements.flatMap((it) => it.actions);
  return actions.length > 0 && actions.every(({ service }) => service.toLowerCase() === "sts")
    ? TRUST
    : resourceTypeOf(policy);
}

function failureOf(
  policy: Policy,
  statement: CompiledStatement,
  classes: readonly ActionClass[],
  catalogue: Catalogue,
): readonly CheckFailure[] {
  const shown: {
    readonly who: string;
    readonly actions: readonly string[];
    readonly witness: CheckedRequest;
  }[] = [];
  let applied = false;
  for (const actions of classes) {
    const who = SIGNED_ONLY.has(actions.representative.service) ? STRANGER : ANONYMOUS;
    const found = witnessIn(policy, statement, actions, who, catalogue);
    applied ||= found !== "never applies";
    if (typeof found === "object") shown.push({ who, actions: actions.actions, witness: found });
  }
  const [first] = shown;
  const statements: readonly Statement[] = [statement.source];
  if (first !== undefined) {
    return [{ ...first, actions: shown.flatMap((it) => it.actions).sort(), statements }];
  }
  // It applies to what is asked for, and other statements always keep the public out.
  if (applied || classes.length === 0) return [];
  return [
    { who: ANONYMOUS, actions: classes.flatMap((it) => it.actions).sort(), witness: undefined, statements },
  ];
}

/** A request by a stranger that the statement allows and no other denies. */
function witnessIn(
  policy: Policy,
  statement: CompiledStatement,
  actions: ActionClass,
  who: string,
  catalogue: Catalogue,
): CheckedRequest | "denied" | "never applies" {
  const caller = readCaller(who);
  if (typeof caller === "string") return "never applies";
  const asker: Asker = { who, caller, onResource: true };
  const action = actions.representative.fullName;
  const own = new Set(statement.conditions.map((it) => it.foldedKey));
  const resources = sampleResources(actions, HOME, catalogue);
  const contexts = sampleContexts(
    actions,
    resources,
    catalogue,
    () => false,
    contextOfCaller(caller),
    new Set([statement]),
  ).filter((context) =>
    // A stranger is in no organization or network that another statement asks for.
    Object.keys(context).every((key) => own.has(key.toLowerCase()) || !isCallerKey(key)),
  );
  let applied = false;
  for (const resource of resources) {
    for (const context of contexts) {
      const request = requestUnder(policy, asker, action, resource, context);
      const evaluation = prepare(request, catalogue);
      const traces = traceOf(evaluation, groupsOf(evaluation));
      if (!traces.some((it) => it.matched && it.statement === statement)) continue;
      applied = true;
      if (decide(request, catalogue) === "allowed") return { action, resource, context };
    }
  }
  return applied ? "denied" : "never applies";
}
