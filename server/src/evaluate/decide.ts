/**
 * The order in which AWS weighs the policies of a request, and the decision that comes of it.
 * Statements are matched elsewhere (`match-statement.ts`); here is only what their effects amount to.
 * See https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
import type { Catalogue } from "../catalogue/catalogue.js";
import { parseArn } from "../policy/arn.js";
import { DENY } from "../policy/words.js";
import { requestsOf } from "./access-point.js";
import { compilePolicy } from "./compile.js";
import { AS_ANYONE, AS_IDENTITY, AS_ITSELF, type Naming, NOT_NAMED } from "./match-principal.js";
import { matchStatement, type PrincipalUse } from "./match-statement.js";
import { type Evaluation, type EvaluationRequest, type NamedPolicy, prepare } from "./request.js";
import { isBucketPolicyAction, isTrustAction, WHO_AM_I } from "./special-actions.js";

/** AWS's own words. */
export type DecisionWord = "allowed" | "explicitDeny" | "implicitDeny";

export type PolicySource = "identity" | "boundary" | "session" | "resource" | "scp" | "rcp" | "endpoint";

/** Policies that are weighed together: one Allow among them is enough. */
export interface PolicyGroup {
  readonly source: PolicySource;
  /** The level of an organisation policy. */
  readonly level: string | undefined;
  readonly policies: readonly NamedPolicy[];
  readonly principals: PrincipalUse;
}

/** What the policies of each group say, the groups in the order of `groupsOf`. */
export interface Findings {
  readonly denied: boolean;
  /** As what the Allow statements of each group name the caller; `NOT_NAMED` where none applies. */
  readonly allowed: readonly Naming[];
}

/** The decision, and what it rests on. */
export interface Conclusion {
  readonly decision: DecisionWord;
  readonly basis: Basis;
  /** The group that stands in the way, where one does. */
  readonly group: PolicyGroup | undefined;
}

export type Basis =
  | "explicit-deny"
  /** A resource policy grants it to the caller in a way that nothing limits but a Deny. */
  | "resource-grant"
  /** A resource policy grants it to the caller's role or user, within boundary and session policies. */
  | "limited-resource-grant"
  | "identity-grant"
  /** Both accounts agree. */
  | "cross-account-grant"
  | "root-user"
  /** Whoever has credentials may do it, whatever policies say. */
  | "no-permission-needed"
  /** A group that must allow does not. */
  | "not-allowed"
  /** The resource's own policy has to allow it, and does not or was not given. */
  | "resource-policy-needed"
  /** The resource belongs to another account, whose policy does not allow it. */
  | "other-account-needed"
  /** It is granted by a public policy, which Block Public Access keeps to the owner's account. */
  | "public-access-blocked"
  /** A federated user session without session policies has no permissions of its own. */
  | "session-policy-needed";

export function decide(request: EvaluationRequest, catalogue?: Catalogue): DecisionWord {
  if (request.bucket === undefined) return decideOne(request, catalogue);
  return together(requestsOf(request).map((it) => decideOne(it, catalogue)));
}

/** A call that asks for several things gets what every one of them gets. */
export function together(decisions: readonly DecisionWord[]): DecisionWord {
  if (decisions.includes("explicitDeny")) return "explicitDeny";
  return decisions.every((it) => it === "allowed") ? "allowed" : "implicitDeny";
}

function decideOne(request: EvaluationRequest, catalogue?: Catalogue): DecisionWord {
  const evaluation = prepare(request, catalogue);
  const groups = groupsOf(evaluation);
  const allowed: Naming[] = [];
  for (const group of groups) {
    let naming = NOT_NAMED;
    for (const { document } of group.policies) {
      for (const statement of compilePolicy(document).about(evaluation.foldedAction)) {
        const matched = matchStatement(statement, group.principals, evaluation);
        if (matched === NOT_NAMED) continue;
        if (statement.effect === DENY) return "explicitDeny";
        naming |= matched;
      }
    }
    allowed.push(naming);
  }
  return conclude(evaluation, groups, { denied: false, allowed }).decision;
}

/** The groups that bear on a request, in the order in which AWS asks them. */
export function groupsOf(request: Evaluation): readonly PolicyGroup[] {
  const { policies, caller, underRcp, underScp } = request;
  const groups: PolicyGroup[] = [];
  const add = (
    source: PolicySource,
    list: readonly NamedPolicy[] | undefined,
    principals: PrincipalUse,
    level?: string,
  ) => {
    if (list !== undefined) groups.push({ source, level, policies: list, principals });
  };
  if (isFree(request)) {
    if (policies.endpoint?.length) add("endpoint", policies.endpoint, "optional");
    return groups;
  }
  if (underRcp) for (const { id, policies: list } of policies.rcp ?? []) add("rcp", list, "optional", id);
  if (underScp) for (const { id, policies: list } of policies.scp ?? []) add("scp", list, "none", id);
  if (policies.resource !== undefined && !keepsItsKey(request)) {
    add("resource", [policies.resource], "required");
  }
  if (caller.account !== undefined && caller.kind !== "root") {
    add("identity", policies.identity, "none");
    if (policies.boundary?.length) add("boundary", policies.boundary, "none");
    if (policies.session?.length) add("session", policies.session, "none");
  }
  if (policies.endpoint?.length) add("endpoint", policies.endpoint, "optional");
  return groups;
}

/** The decision that follows from what each group says. */
export function conclude(
  request: Evaluation,
  groups: readonly PolicyGroup[],
  { denied, allowed }: Findings,
): Conclusion {
  if (denied) return { decision: "explicitDeny", basis: "explicit-deny", group: undefined };

  let grant = NOT_NAMED;
  let resource: PolicyGroup | undefined;
  let lacking: PolicyGroup | undefined;
  let session: PolicyGroup | undefined;
  let limit: PolicyGroup | undefined;
  for (let index = 0; index < groups.length; index++) {
    const group = groups[index];
    const naming = allowed[index] ?? NOT_NAMED;
    if (group === undefined) continue;
    if (group.source === "resource") {
      resource = group;
      grant = naming;
      continue;
    }
    if (group.source === "session") session = group;
    if (naming !== NOT_NAMED) continue;
    // Everything beyond the principal's own policies and their limits ends the matter here.
    if (group.source === "scp" || group.source === "endpoint") return refuse("not-allowed", group);
    if (group.source === "rcp" && spellsOutAllow(group)) return refuse("not-allowed", group);
    if (group.source === "identity") lacking = group;
    if (group.source === "boundary" || group.source === "session") limit ??= group;
  }

  if (isFree(request)) return accept("no-permission-needed", undefined);
  const { caller, resourceAccount } = request;
  const { kind } = caller;
  if (request.grantsBlocked && grant !== NOT_NAMED) return refuse("public-access-blocked", resource);
  if (kind === "service" || kind === "federated" || kind === "anonymous") {
    return grant === NOT_NAMED
      ? refuse("resource-policy-needed", resource)
      : accept("resource-grant", resource);
  }
  const sameAccount = caller.account === resourceAccount;
  if (kind === "root") {
    if (grant !== NOT_NAMED) return accept("resource-grant", resource);
    if (!sameAccount) return refuse("other-account-needed", resource);
    return rulesItself(request) ? refuse("resource-policy-needed", resource) : accept("root-user", undefined);
  }
  const unlimited = limit === undefined;
  const sessionless = kind === "federated-user" && session === undefined;
  if (sameAccount) {
    if ((grant & (AS_ITSELF | AS_ANYONE)) !== 0) return accept("resource-grant", resource);
    if ((grant & AS_IDENTITY) !== 0 && unlimited && !sessionless) {
      return accept("limited-resource-grant", resource);
    }
    if (grant === NOT_NAMED && rulesItself(request)) return refuse("resource-policy-needed", resource);
  } else if (grant === NOT_NAMED) return refuse("other-account-needed", resource);
  const stands = sameAccount && (grant & AS_IDENTITY) !== 0;
  if (lacking !== undefined && !stands) return refuse("not-allowed", lacking);
  if (limit !== undefined) return refuse("not-allowed", limit);
  if (sessionless) return refuse("session-policy-needed", undefined);
  return accept(sameAccount ? "identity-grant" : "cross-account-grant", undefined);
}

/**
 * Asking who one is takes credentials and nothing else, not even against a Deny.
 * See https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
function isFree({ foldedAction, caller }: Evaluation): boolean {
  return foldedAction === WHO_AM_I && caller.account !== undefined;
}

/**
 * No bucket policy locks the root user of its account out of the bucket policy itself.
 * See https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html
 */
function keepsItsKey({ foldedAction, caller, resourceAccount }: Evaluation): boolean {
  return caller.kind === "root" && caller.account === resourceAccount && isBucketPolicyAction(foldedAction);
}

/**
 * Roles and KMS keys: nobody, not even the account's own administrators, may do with them
 * what their own policy does not allow or leave to the account.
 * See https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
 */
export function rulesItself({ service, foldedAction, resource }: Evaluation): boolean {
  if (service !== "kms" && service !== "sts") return false;
  const arn = parseArn(resource);
  if (arn === undefined) return false;
  if (service === "kms") return arn.service === "kms" && arn.resource.startsWith("key/");
  return arn.service === "iam" && arn.resource.startsWith("role/") && isTrustAction(foldedAction);
}

/**
 * `RCPFullAWSAccess` hangs on every level and cannot be taken off, so a level is open unless it is
 * written down in full, with an Allow of its own.
 */
function spellsOutAllow({ policies }: PolicyGroup): boolean {
  return policies.some(({ document }) =>
    compilePolicy(document).statements.some((statement) => statement.effect !== DENY),
  );
}

function accept(basis: Basis, group: PolicyGroup | undefined): Conclusion {
  return { decision: "allowed", basis, group };
}

function refuse(basis: Basis, group: PolicyGroup | undefined): Conclusion {
  return { decision: "implicitDeny", basis, group };
}
