/** What a resource policy may speak of, by the type of resource that it hangs on, where AWS says so. */
import { mayMatch, templateOf } from "../catalogue/arn-template.js";
import type { Action } from "../catalogue/catalogue.js";
import type { ArnPattern } from "../policy/arn-pattern.js";
import { TRUST_ACTIONS } from "../policy/words.js";
import type { RuleContext } from "./rule.js";

interface Attached {
  /** The service whose actions the policy grants. */
  readonly service: string;
  /** Resource types of S3 or DynamoDB: of the actions that it grants, and of the ARNs in it. */
  readonly actions: readonly string[];
  readonly arns: readonly string[];
}

const S3_ACTIONS = ["bucket", "object", "accesspoint", "accesspointobject", "multiregionaccesspoint"];

/** See https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_ValidatePolicy.html, validatePolicyResourceType */
const ATTACHED: ReadonlyMap<string, Attached> = new Map([
  ["AWS::S3::Bucket", { service: "s3", actions: ["bucket", "object"], arns: ["bucket", "object"] }],
  [
    "AWS::S3::AccessPoint",
    { service: "s3", actions: S3_ACTIONS, arns: ["accesspoint", "accesspointobject"] },
  ],
  [
    "AWS::S3::MultiRegionAccessPoint",
    { service: "s3", actions: S3_ACTIONS, arns: ["multiregionaccesspoint"] },
  ],
  [
    "AWS::S3ObjectLambda::AccessPoint",
    {
      service: "s3-object-lambda",
      actions: ["objectlambdaaccesspoint"],
      arns: ["objectlambdaaccesspoint"],
    },
  ],
  ["AWS::DynamoDB::Table", { service: "dynamodb", actions: ["table", "index"], arns: ["table", "index"] }],
]);

/** Can the policy grant this action at all? `undefined` where nothing is known of what it hangs on. */
export function grantable(context: RuleContext): ((action: Action) => boolean) | undefined {
  if (context.kind === "trust") return ({ fullName }) => TRUST.has(fullName);
  const known = attachedTo(context);
  if (known === undefined) return undefined;
  const { service, actions } = known;
  return (action) =>
    action.service === service && action.resourceTypes.some(({ name }) => actions.includes(name));
}

/**
 * Can an ARN like this name what the policy hangs on? A Region or an account that is left out has rules of its own.
 * `undefined` where nothing is known of what the policy hangs on.
 */
export function nameable(context: RuleContext): ((arn: ArnPattern) => boolean) | undefined {
  const known = attachedTo(context);
  if (known === undefined) return undefined;
  const { catalogue } = context;
  const types = catalogue.service(known.service)?.resourceTypes;
  const templates = known.arns.flatMap((name) => types?.get(name) ?? []).map(templateOf);
  return (arn) => {
    const lenient = { ...arn, region: arn.region || "*", account: arn.account || "*" };
    return templates.some((template) => mayMatch(catalogue, lenient, template));
  };
}

const TRUST: ReadonlySet<string> = new Set(TRUST_ACTIONS);

function attachedTo({ kind, resourceType }: RuleContext): Attached | undefined {
  return kind === "resource" && resourceType !== undefined ? ATTACHED.get(resourceType) : undefined;
}
