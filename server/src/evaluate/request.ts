/**
 * One request with the policies that bear on it, and what AWS adds to it by itself.
 * Reading it from JSON is `simulate.ts`'s; gathering the policies of a principal is `account`'s.
 */
import type { Catalogue } from "../catalogue/catalogue.js";
import { type SentTest, sentKeys, sentKeysOn } from "../catalogue/sent-keys.js";
import { parseArn } from "../policy/arn.js";
import type { Policy } from "../policy/policy.js";
import { isPublicPolicy } from "../policy/public-policy.js";
import { ANONYMOUS, type Caller } from "./caller.js";
import { anyKey, type ContextInput, RequestContext } from "./context.js";
import type { CallerIds } from "./match-principal.js";
import { RETIRE_GRANT } from "./special-actions.js";

export interface EvaluationRequest {
  readonly caller: Caller;
  /** Such as `s3:GetObject`, in any case. */
  readonly action: string;
  /** An ARN, or `*` where the action takes no resource. */
  readonly resource: string;
  /** The account that owns the resource, where the ARN does not say; otherwise the caller's. */
  readonly resourceAccount?: string | undefined;
  /** The management account of the organisation: its organisation policies bind every account but this one. */
  readonly managementAccount?: string | undefined;
  /** The bucket behind the access point that `resource` names. Its policy is then `policies.resource`. */
  readonly bucket?: string | undefined;
  /** Does S3's Block Public Access keep outsiders from what a public policy grants? */
  readonly restrictPublicBuckets?: boolean | undefined;
  /** The canonical user id of the caller's account. */
  readonly canonicalUserId?: string | undefined;
  readonly context?: Readonly<Record<string, ContextInput>> | undefined;
  readonly policies: PolicySet;
}

export interface PolicySet {
  readonly identity: readonly NamedPolicy[];
  /** No list, or an empty one: the caller has no boundary. Likewise for session and endpoint. */
  readonly boundary?: readonly NamedPolicy[] | undefined;
  readonly session?: readonly NamedPolicy[] | undefined;
  readonly endpoint?: readonly NamedPolicy[] | undefined;
  /** The policy of the resource: bucket policy, key policy, trust policy and so on. */
  readonly resource?: NamedPolicy | undefined;
  /** The policy of the access point, for a request that has a `bucket`. */
  readonly accessPoint?: NamedPolicy | undefined;
  /** The levels from the organisation's root to the account. No list, or an empty one: no organisation. */
  readonly scp?: readonly PolicyLevel[] | undefined;
  readonly rcp?: readonly PolicyLevel[] | undefined;
}

export interface NamedPolicy {
  readonly name: string;
  readonly document: Policy;
}

export interface PolicyLevel {
  readonly id: string;
  readonly policies: readonly NamedPolicy[];
}

/** The request as the rules of evaluation see it. */
export interface Evaluation {
  readonly caller: Caller;
  readonly callerIds: CallerIds;
  readonly policies: PolicySet;
  /** As written, or in AWS's spelling where the catalogue knows it. */
  readonly action: string;
  readonly foldedAction: string;
  readonly service: string;
  /** What `Resource` is compared with. */
  readonly resource: string;
  readonly resourceAccount: string | undefined;
  readonly context: RequestContext;
  readonly hasBoundary: boolean;
  /** Does Block Public Access void what the resource's policy grants this caller? */
  readonly grantsBlocked: boolean;
  /** Do service control policies bind the caller? */
  readonly underScp: boolean;
  /** Do resource control policies protect the resource? */
  readonly underRcp: boolean;
}

export function prepare(request: EvaluationRequest, catalogue?: Catalogue): Evaluation {
  const { caller, policies, managementAccount } = request;
  const foldedAction = request.action.toLowerCase();
  const service = foldedAction.slice(0, foldedAction.indexOf(":"));
  const known = catalogue === undefined ? undefined : knowledgeOf(catalogue, foldedAction, service);
  const resource = known?.takesNoResource === true ? "*" : request.resource;
  const resourceAccount = request.resourceAccount ?? ownerOf(request.resource) ?? caller.account;
  const isManagement = (account: string | undefined) =>
    account !== undefined && account === managementAccount;
  const isSent = known === undefined ? anyKey : known.sentOn(request.resource);
  const context = new RequestContext(request.context ?? NO_CONTEXT, isSent, (key) =>
    filledByAws(key, caller, service, resourceAccount),
  );
  return {
    caller,
    callerIds: {
      userId: () => context.get("aws:userid")?.[0],
      canonicalUserId: request.canonicalUserId,
    },
    policies,
    action: known?.fullName ?? request.action,
    foldedAction,
    service,
    // S3 asks for the actions that take no resource with every bucket as resource.
    resource: service === "s3" && resource === "*" ? `arn:${caller.partition}:s3:::*` : resource,
    resourceAccount,
    context,
    hasBoundary: policies.boundary !== undefined && policies.boundary.length > 0,
    grantsBlocked:
      request.restrictPublicBuckets === true &&
      service === "s3" &&
      caller.kind !== "service" &&
      caller.account !== resourceAccount &&
      policies.resource !== undefined &&
      isPublicPolicy(policies.resource.document),
    underScp: caller.account !== undefined && !caller.serviceLinked && !isManagement(caller.account),
    underRcp:
      !caller.serviceLinked &&
      !SERVICE_LINKED_ROLE.test(request.resource) &&
      !isManagement(resourceAccount) &&
      foldedAction !== RETIRE_GRANT &&
      known?.hasRcp !== false,
  };
}

/** No organisation policy keeps a service from its own roles. */
const SERVICE_LINKED_ROLE = /^arn:[^:]*:iam::[^:]*:role\/aws-service-role\//;

/** What the catalogue says of an action, asked once. */
interface ActionKnowledge {
  readonly fullName: string | undefined;
  readonly takesNoResource: boolean;
  readonly sentOn: (resource: string) => SentTest;
  readonly hasRcp: boolean;
}

const NO_CONTEXT = {};
const knowledge = new WeakMap<Catalogue, Map<string, ActionKnowledge>>();

function knowledgeOf(catalogue: Catalogue, foldedAction: string, service: string): ActionKnowledge {
  let actions = knowledge.get(catalogue);
  if (actions === undefined) {
    actions = new Map();
    knowledge.set(catalogue, actions);
  }
  let known = actions.get(foldedAction);
  if (known === undefined) {
    const action = catalogue.action(foldedAction);
    known = {
      fullName: action?.fullName,
      takesNoResource: action?.resourceTypes.length === 0,
      sentOn: sentOn(catalogue, foldedAction, action?.resourceTypes.length ?? 0),
      hasRcp: catalogue.rcpServices.includes(service),
    };
    actions.set(foldedAction, known);
  }
  return known;
}

function sentOn(catalogue: Catalogue, foldedAction: string, types: number): ActionKnowledge["sentOn"] {
  const whatever = sentKeys(catalogue, foldedAction) ?? anyKey;
  if (types < 2) return () => whatever;
  // Few requests are asked for a key: what kind of resource it is, is looked at when one is.
  return (resource) => {
    let test: SentTest | undefined;
    return (key) => {
      test ??= sentKeysOn(catalogue, foldedAction, resource) ?? anyKey;
      return test(key);
    };
  };
}

/** What requests of a caller have in common, whatever they ask for. */
export function contextOfCaller(
  caller: Caller,
  own: EvaluationRequest["context"] = NO_CONTEXT,
): RequestContext {
  return new RequestContext(own, anyKey, (key) => filledByAws(key, caller, "", undefined));
}

/**
 * The keys whose values follow from the rest of the request; the key in lower case.
 * See https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
function filledByAws(
  key: string,
  { kind, account, principalArn, name, provider, service: ownService }: Caller,
  service: string,
  resourceAccount: string | undefined,
): string | undefined {
  switch (key) {
    case "aws:principalarn":
      return principalArn;
    case "aws:principalaccount":
      return kind === "anonymous" ? ANONYMOUS : account;
    case "aws:principaltype":
      return PRINCIPAL_TYPES[kind];
    case "aws:username":
      return kind === "user" ? name : undefined;
    case "aws:userid":
      if (kind === "anonymous") return ANONYMOUS;
      return kind === "root" ? account : kind === "federated-user" ? `${account}:${name}` : undefined;
    case "aws:principalisawsservice":
      // Only signed requests have the key.
      return kind === "anonymous" || kind === "federated" ? undefined : String(kind === "service");
    case "aws:federatedprovider":
      return provider?.includes(":saml-provider/") === true ? undefined : provider;
    case "aws:principalservicename":
    case "aws:principalservicenameslist":
      return ownService;
    case "aws:resourceaccount":
      return resourceAccount;
    case "s3:resourceaccount":
      return service === "s3" ? resourceAccount : undefined;
    case "kms:calleraccount":
      return service === "kms" ? account : undefined;
    default:
      return undefined;
  }
}

/** The values of `aws:PrincipalType`. */
const PRINCIPAL_TYPES: Readonly<Partial<Record<Caller["kind"], string>>> = {
  user: "User",
  role: "AssumedRole",
  session: "AssumedRole",
  "federated-user": "FederatedUser",
  root: "Account",
  anonymous: "Anonymous",
};

function ownerOf(resource: string): string | undefined {
  const account = parseArn(resource)?.account;
  return account === undefined || !/^\d{12}$/.test(account) ? undefined : account;
}
