/**
 * May this principal of the account do this? The policies and the context that bear on a request, gathered; the
 * deciding is `evaluate`'s. Where a policy is broken or missing there is no answer, and the documents in the way are named.
 */
import type { Catalogue } from "../catalogue/catalogue.js";
import type { Caller } from "../evaluate/caller.js";
import type { ContextInput } from "../evaluate/context.js";
import type { EvaluationRequest, NamedPolicy, PolicySet } from "../evaluate/request.js";
import type { Account, AccountDocument, OrganizationLevel } from "./account.js";
import type { AccountPrincipal } from "./principal.js";
import { REQUESTED_REGION, requestedRegion } from "./requested-region.js";
import { findResource, isTrustAction, type RequestedResource } from "./resource-policy.js";
import { didYouMean } from "./value-reader.js";

export type Context = Readonly<Record<string, ContextInput>>;

export interface Question {
  readonly principal: AccountPrincipal;
  readonly action: string;
  /** `${aws:username}` stands for the principal's own name. */
  readonly resource: string;
  readonly context: Context;
}

export type AccountRequest =
  | {
      readonly ok: true;
      readonly request: EvaluationRequest;
      /** Every document that bears on it. */
      readonly documents: readonly SoundDocument[];
    }
  | { readonly ok: false; readonly unusable: readonly AccountDocument[] };

export type SoundDocument = AccountDocument & NamedPolicy;

export function requestOf(
  account: Account,
  { principal, action, resource, context }: Question,
): AccountRequest {
  return requestsOf(account, principal)(action, resource, context);
}

/** The requests of one principal. What many of them share is gathered once. */
export function requestsOf(
  account: Account,
  principal: AccountPrincipal,
): (action: string, resource: string, context: Context) => AccountRequest {
  const gathered = new Map<string, { found: RequestedResource; policies: GatheredPolicies }>();
  const contexts = new WeakMap<Context, Map<string | undefined, Context>>();
  const contextFor = (region: string | undefined, given: Context, found: RequestedResource): Context => {
    if (found.accessPoint !== undefined) return contextOf(principal, region, given, found);
    const byRegion = contexts.get(given) ?? new Map<string | undefined, Context>();
    contexts.set(given, byRegion);
    const context = byRegion.get(region) ?? contextOf(principal, region, given, found);
    byRegion.set(region, context);
    return context;
  };
  return (action, resource, given) => {
    const folded = action.toLowerCase();
    const key = isTrustAction(folded) ? `trust ${resource}` : resource;
    let known = gathered.get(key);
    if (known === undefined) {
      const found = findResource(account, ownResource(resource, principal));
      known = { found, policies: policySetOf(account, principal, found, folded) };
      gathered.set(key, known);
    }
    const { found, policies } = known;
    if (!policies.ok) return policies;
    const region = requestedRegion(account, folded.slice(0, folded.indexOf(":")), found.arn);
    return {
      ok: true,
      documents: policies.documents,
      request: {
        caller: principal.caller,
        action,
        resource: found.arn,
        resourceAccount: found.account,
        managementAccount: account.organization?.managementAccount,
        restrictPublicBuckets: found.restrictsPublic,
        bucket: found.accessPoint?.bucket,
        context: contextFor(region, given, found),
        policies: policies.set,
      },
    };
  };
}

export type GatheredPolicies =
  | { readonly ok: true; readonly set: PolicySet; readonly documents: readonly SoundDocument[] }
  | { readonly ok: false; readonly unusable: readonly AccountDocument[] };

/** The policies are the same for every action on a resource, but for those that assume a role. */
export function policySetOf(
  account: Account,
  { policies, boundary, caller }: AccountPrincipal,
  resource: RequestedResource,
  foldedAction: string,
): GatheredPolicies {
  const { organization, documents } = account;
  const own = isTrustAction(foldedAction) ? resource.trust : resource.policy;
  const levels = (list: readonly OrganizationLevel[] | undefined, applies: boolean) =>
    (applies ? (list ?? []) : []).map(({ id, policies: ids }) => ({
      id,
      policies: ids.flatMap((it) => documents.get(it) ?? []),
    }));
  const { accessPoint } = resource;
  const scp = levels(organization?.scps, caller.account === account.id);
  const rcp = levels(
    organization?.rcps,
    resource.account === account.id || accessPoint?.account === account.id,
  );
  const all = [
    ...policies,
    ...(boundary === undefined ? [] : [boundary]),
    ...(own === undefined ? [] : [own]),
    ...(accessPoint?.policy === undefined ? [] : [accessPoint.policy]),
    ...[...scp, ...rcp].flatMap((it) => it.policies),
  ];
  const unusable = all.filter((it) => !isSound(it));
  if (unusable.length > 0) return { ok: false, unusable: [...new Set(unusable)] };
  return {
    ok: true,
    documents: all.filter(isSound),
    set: {
      identity: policies.filter(isSound),
      boundary: boundary === undefined ? undefined : [boundary].filter(isSound),
      resource: soundOf(own),
      accessPoint: soundOf(accessPoint?.policy),
      scp: scp.map(({ id, policies: list }) => ({ id, policies: list.filter(isSound) })),
      rcp: rcp.map(({ id, policies: list }) => ({ id, policies: list.filter(isSound) })),
    },
  };
}

/** What the request itself says goes before what the account knows. */
function contextOf(
  { context }: AccountPrincipal,
  region: string | undefined,
  given: Context,
  { accessPoint }: RequestedResource,
): Context {
  return {
    ...(region === undefined ? {} : { [REQUESTED_REGION]: region }),
    ...context,
    ...accessPoint?.context,
    ...given,
  };
}

export function ownResource(resource: string, { caller }: AccountPrincipal): string {
  return withOwnName(resource, caller);
}

export function withOwnName(resource: string, caller: Caller): string {
  return caller.name === undefined ? resource : resource.replaceAll(USERNAME, caller.name);
}

// biome-ignore lint/suspicious/noTemplateCurlyInString: this is a policy variable.
const USERNAME = "${aws:username}";

/** Why nobody can be asked about this action, if so. */
export function actionProblem(action: string, catalogue: Catalogue): string | undefined {
  if (!/^[A-Za-z0-9-]+:[A-Za-z0-9_-]+$/.test(action)) {
    return `\`${action}\` is not an action: write service:Action, such as s3:GetObject.`;
  }
  if (catalogue.action(action) !== undefined || catalogue.retired(action) !== undefined) return undefined;
  const authorised = catalogue.authorisedBy(action);
  if (authorised !== undefined) {
    return `AWS has no action \`${action}\`: the operation is authorised by ${authorised.map((it) => `\`${it}\``).join(" and ")}.`;
  }
  const service = catalogue.service(action.slice(0, action.indexOf(":")));
  if (service === undefined) {
    const prefix = action.slice(0, action.indexOf(":"));
    return `AWS has no action \`${action}\`: there is no service \`${prefix}\`.${didYouMean(prefix, catalogue.services)}`;
  }
  const names = [...service.actions.values()].map((it) => it.fullName);
  return `AWS has no action \`${action}\`.${didYouMean(action, names)}`;
}

export type ExpandedActions =
  | { readonly ok: true; readonly actions: readonly string[] }
  | { readonly ok: false; readonly message: string };

/** One action, or all that a pattern stands for, in AWS's spelling. */
export function expandActions(pattern: string, catalogue: Catalogue): ExpandedActions {
  if (/[*?]/.test(pattern)) {
    const actions = catalogue.expand(pattern).map((it) => it.fullName);
    if (actions.length > 0) return { ok: true, actions };
    return { ok: false, message: `AWS has no action that \`${pattern}\` matches.` };
  }
  const message = actionProblem(pattern, catalogue);
  if (message !== undefined) return { ok: false, message };
  return { ok: true, actions: [catalogue.action(pattern)?.fullName ?? pattern] };
}

/** Why this cannot be the resource of a request, if so. */
export function resourceProblem(resource: string): string | undefined {
  if (resource === "*" || /^arn:[^:]*:[^:]+:[^:]*:[^:]*:./.test(resource)) return undefined;
  return `\`${resource}\` is not an ARN: write arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE, or * where the action takes no resource.`;
}

function soundOf(document: AccountDocument | undefined): SoundDocument | undefined {
  return document !== undefined && isSound(document) ? document : undefined;
}

function isSound(document: AccountDocument): document is SoundDocument {
  return document.document !== undefined;
}
