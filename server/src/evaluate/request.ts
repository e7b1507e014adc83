/**
 * One request with the policies that bear on it, and what AWS adds to it by itself.
 * Reading it from JSON is `simulate.ts`'s; gathering the policies of a principal is `account`'s.
 */
import type { Catalogue } from "../catalogue/catalogue.js";
import { sentKeys } from "../catalogue/sent-keys.js";
import { parseArn } from "../policy/arn.js";
import type { Policy } from "../policy/policy.js";
import type { Caller } from "./caller.js";
import { type ContextInput, RequestContext } from "./context.js";

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
  /** Do service control policies bind the caller? */
  readonly underScp: boolean;
  /** Do resource control policies protect the resource? */
  readonly underRcp: boolean;
}

export function prepare(request: EvaluationRequest, catalogue?: Catalogue): Evaluation {
  const { caller, policies } = request;
  const foldedAction = request.action.toLowerCase();
  const service = foldedAction.slice(0, foldedAction.indexOf(":"));
  const known = catalogue?.action(foldedAction);
  const takesNoResource = known !== undefined && known.resourceTypes.length === 0;
  const resource = takesNoResource ? "*" : request.resource;
  const resourceAccount = request.resourceAccount ?? ownerOf(request.resource) ?? caller.account;
  const sent = catalogue === undefined ? undefined : sentKeys(catalogue, foldedAction);

  const context = new RequestContext();
  for (const [key, value] of Object.entries(request.context ?? {})) {
    if (sent === undefined || sent(key.toLowerCase())) context.set(key, value);
    else context.ignore(key);
  }
  addDefaults(context, caller, service, resourceAccount);

  const { managementAccount } = request;
  const isManaged = (account: string | undefined) => account !== undefined && account === managementAccount;
  return {
    caller,
    policies,
    action: known?.fullName ?? request.action,
    foldedAction,
    service,
    // S3 asks for the actions that take no resource with every bucket as resource.
    resource: service === "s3" && resource === "*" ? `arn:${caller.partition}:s3:::*` : resource,
    resourceAccount,
    context,
    hasBoundary: policies.boundary !== undefined && policies.boundary.length > 0,
    underScp: caller.account !== undefined && !caller.serviceLinked && !isManaged(caller.account),
    underRcp:
      !caller.serviceLinked &&
      !isManaged(resourceAccount) &&
      foldedAction !== "kms:retiregrant" &&
      (catalogue === undefined || catalogue.rcpServices.includes(service)),
  };
}

/** See https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
function addDefaults(
  context: RequestContext,
  caller: Caller,
  service: string,
  resourceAccount: string | undefined,
): void {
  const { kind, account, principalArn, name } = caller;
  if (principalArn !== undefined) context.setDefault("aws:principalarn", principalArn);
  if (account !== undefined) context.setDefault("aws:principalaccount", account);
  const type = PRINCIPAL_TYPES[kind];
  if (type !== undefined) context.setDefault("aws:principaltype", type);
  if (kind === "user" && name !== undefined) context.setDefault("aws:username", name);
  if (kind === "root" && account !== undefined) context.setDefault("aws:userid", account);
  if (kind === "federated-user") context.setDefault("aws:userid", `${account}:${name}`);
  context.setDefault("aws:principalisawsservice", String(kind === "service"));
  if (caller.service !== undefined) {
    context.setDefault("aws:principalservicename", caller.service);
    context.setDefault("aws:principalservicenameslist", caller.service);
  }
  if (resourceAccount !== undefined) {
    context.setDefault("aws:resourceaccount", resourceAccount);
    if (service === "s3") context.setDefault("s3:resourceaccount", resourceAccount);
  }
  if (service === "kms" && account !== undefined) context.setDefault("kms:calleraccount", account);
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
