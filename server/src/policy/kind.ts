/**
 * What a policy hangs on, told from its content, then from the configured globs, then from its file name.
 * The answer names its evidence, because several kinds can look alike.
 */

import { parseArn } from "./arn.js";
import type { Policy, Statement } from "./policy.js";
import { hasWildcard } from "./wildcard.js";
import type { PolicyKind } from "./words.js";

export interface DetectedKind {
  readonly kind: PolicyKind;
  /** What a resource policy hangs on, as CloudFormation names it, where the content tells. */
  readonly resourceType: string | undefined;
  /** A sentence for the user: why this kind. */
  readonly evidence: string;
}

export interface KindHints {
  /** Set by hand, in the editor or with `--kind`. */
  readonly override?: PolicyKind | undefined;
  /** From the configuration: the first glob that matches the file. */
  readonly configured?: { readonly kind: PolicyKind; readonly glob: string } | undefined;
  /** File name or path, with either slash. */
  readonly path?: string | undefined;
}

export function detectKind(policy: Policy, hints: KindHints = {}): DetectedKind {
  const because = (kind: PolicyKind, evidence: string): DetectedKind => ({
    kind,
    resourceType: kind === "resource" ? resourceTypeOf(policy) : undefined,
    evidence,
  });
  if (hints.override !== undefined) return because(hints.override, "Set by hand.");
  const { configured } = hints;
  const named = kindByName(hints.path);
  if (hasPrincipal(policy)) {
    if (isTrust(policy)) return because("trust", "It has principals, and only actions that assume a role.");
    // Endpoint policies and RCPs have principals and resources as well; only where they lie can tell.
    if (configured !== undefined) return because(configured.kind, `Configured for \`${configured.glob}\`.`);
    if (named !== undefined && named.kind !== "identity") return because(named.kind, named.evidence);
    return because("resource", "It has principals.");
  }
  if (configured !== undefined) return because(configured.kind, `Configured for \`${configured.glob}\`.`);
  if (named !== undefined) return because(named.kind, named.evidence);
  return because("identity", "It has no principals.");
}

const NAMES: readonly (readonly [RegExp, PolicyKind])[] = [
  [/(?:^|[^a-z])(?:trust|assume[-_.]?role)(?:[^a-z]|$|policy)/, "trust"],
  [/(?:^|[^a-z])scps?(?:[^a-z]|$)|service[-_.]control/, "scp"],
  [/(?:^|[^a-z])rcps?(?:[^a-z]|$)|resource[-_.]control/, "rcp"],
  [/(?:^|[^a-z])(?:permissions?[-_.]?)?boundar(?:y|ies)(?:[^a-z]|$)/, "boundary"],
  [/(?:^|[^a-z])(?:vpce|vpc[-_.]?endpoints?|endpoint[-_.]?polic(?:y|ies))(?:[^a-z]|$)/, "endpoint"],
  [/(?:^|[^a-z])session[-_.]?polic(?:y|ies)(?:[^a-z]|$)/, "session"],
  [
    /(?:^|[^a-z])(?:bucket|key|queue|topic|repository|vault|secret|resource)[-_.]?polic(?:y|ies)(?:[^a-z]|$)/,
    "resource",
  ],
];

function kindByName(path: string | undefined): { kind: PolicyKind; evidence: string } | undefined {
  if (path === undefined) return undefined;
  const parts = path.split(/[\\/]/);
  for (const part of [parts.at(-1), parts.at(-2)]) {
    const folded = part?.toLowerCase() ?? "";
    const kind = NAMES.find(([pattern]) => pattern.test(folded))?.[1];
    if (kind !== undefined) return { kind, evidence: `The name \`${part}\` says so.` };
  }
  return undefined;
}

function hasPrincipal({ statements }: Policy): boolean {
  return statements.some(
    (it) => it.element("Principal") !== undefined || it.element("NotPrincipal") !== undefined,
  );
}

/** All named actions are the ones that a role's trust policy can grant. */
function isTrust({ statements }: Policy): boolean {
  const actions = statements.flatMap((it) => [...it.actions, ...it.notActions]);
  return (
    actions.length > 0 &&
    actions.every(({ folded }) =>
      /^sts:(?:assumerole|tagsession|setsourceidentity|setcontext|\*$)/.test(folded),
    ) &&
    !statements.some((it) => it.resources.some(({ value }) => value !== "*"))
  );
}

/** Resource types by the service of their ARN, for the services where one type carries the policy. */
const RESOURCE_TYPES: Readonly<Record<string, string>> = {
  sqs: "AWS::SQS::Queue",
  sns: "AWS::SNS::Topic",
  kms: "AWS::KMS::Key",
  lambda: "AWS::Lambda::Function",
  secretsmanager: "AWS::SecretsManager::Secret",
  ecr: "AWS::ECR::Repository",
  es: "AWS::Elasticsearch::Domain",
  elasticfilesystem: "AWS::EFS::FileSystem",
  backup: "AWS::Backup::BackupVault",
  events: "AWS::Events::EventBus",
};

function resourceTypeOf(policy: Policy): string | undefined {
  const types = new Set<string | undefined>();
  for (const statement of policy.statements) {
    for (const { value } of statement.resources) {
      const arn = parseArn(value);
      if (arn !== undefined) types.add(typeOfArn(arn.service, arn.account, arn.resource));
      else if (value === "*") types.add(typeByActions(statement));
    }
  }
  return types.size === 1 ? [...types][0] : undefined;
}

function typeOfArn(service: string, account: string, resource: string): string | undefined {
  if (service === "s3")
    return account === ""
      ? "AWS::S3::Bucket"
      : resource.startsWith("accesspoint")
        ? "AWS::S3::AccessPoint"
        : undefined;
  if (service === "s3-object-lambda") return "AWS::S3ObjectLambda::AccessPoint";
  if (service === "dynamodb") return resource.startsWith("table/") ? "AWS::DynamoDB::Table" : undefined;
  return RESOURCE_TYPES[service];
}

/** `Resource: "*"` means the resource itself in many policies; then the actions tell what it is. */
function typeByActions(statement: Statement): string | undefined {
  const services = new Set(statement.actions.map((action) => action.service));
  const [only] = services;
  return services.size === 1 && only !== undefined && !hasWildcard(only) ? RESOURCE_TYPES[only] : undefined;
}
