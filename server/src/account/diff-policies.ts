/**
 * Two versions of one policy made comparable, without an account: for anyone whom it hangs on, or for everyone whom either
 * version tells apart, as far as that policy goes. Finding the differences is `semantic-diff.ts`'s.
 */
import type { Catalogue } from "../catalogue/catalogue.js";
import { type Caller, readCaller } from "../evaluate/caller.js";
import { compilePolicy } from "../evaluate/compile.js";
import { decide } from "../evaluate/decide.js";
import { contextOfCaller, type EvaluationRequest } from "../evaluate/request.js";
import type { Policy } from "../policy/policy.js";
import { ALLOW } from "../policy/words.js";
import { callersToldApart } from "./callers-told-apart.js";
import type { ArnHome } from "./concrete-arn.js";
import { FOLLOWS_FROM_CALLER } from "./diff-accounts.js";
import { fullAccess } from "./full-access.js";
import { type Context, withOwnName } from "./question.js";
import { compareAccess, type Difference, type Side } from "./semantic-diff.js";

/** Where requests are made that no account knows of. */
export const HOME: ArnHome & { readonly id: string } = {
  partition: "aws",
  region: undefined,
  id: "111122223333",
};
/** Another account than any caller's, so that the resource's policy has to allow. */
const OWNER = "000000000000";
const ANYONE = { who: "anyone with this policy", principal: `arn:aws:iam::${HOME.id}:user/anyone` };

export function diffPolicies(before: Policy, after: Policy, catalogue: Catalogue): readonly Difference[] {
  return comparePolicies([before, after], sideOf(before, catalogue), sideOf(after, catalogue), catalogue);
}

/** What one of the states lets a caller do. */
export type SideFor = (asker: Asker) => Side;

/**
 * Compares two states of policies for everyone whom the policies tell apart.
 * @param concerns which actions are of interest; all, if left out
 */
export function comparePolicies(
  policies: readonly Policy[],
  before: SideFor,
  after: SideFor,
  catalogue: Catalogue,
  concerns?: (foldedAction: string) => boolean,
): readonly Difference[] {
  return askersOf(policies).flatMap((asker) =>
    compareAccess(
      {
        who: asker.who,
        home: HOME,
        before: before(asker),
        after: after(asker),
        resources: [],
        own: (resource) => withOwnName(resource, asker.caller),
        settled: (key) => isSettled(key, asker.onResource),
        known: contextOfCaller(asker.caller),
        concerns,
      },
      catalogue,
    ),
  );
}

/** Somebody who asks, and in which way policies bear on them. */
export interface Asker {
  readonly who: string;
  readonly caller: Caller;
  /** Do the policies hang on resources? */
  readonly onResource: boolean;
}

/** Policies that name nobody hang on whoever asks. */
export function askersOf(policies: readonly Policy[]): readonly Asker[] {
  const named = callersToldApart(policies);
  const all = named.length === 0 ? [ANYONE] : named.map((it) => ({ who: it, principal: it }));
  return all.flatMap(({ who, principal }) => {
    const caller = readCaller(principal);
    return typeof caller === "string" ? [] : [{ who, caller, onResource: named.length > 0 }];
  });
}

/** The policy as one of the states. */
export function sideOf(document: Policy, catalogue: Catalogue): SideFor {
  const { statements } = compilePolicy(document);
  return (asker) => ({
    grants: new Map([["policy", statements]]),
    limits: new Map(),
    allowing:
      asker.caller.account === OWNER ? undefined : statements.filter(({ effect }) => effect === ALLOW),
    circumstances: document.version?.value ?? "",
    decide: (action, resource, context) =>
      decide(requestUnder(document, asker, action, resource, context), catalogue),
  });
}

/** A request that nothing but the policy decides. */
export function requestUnder(
  document: Policy,
  { caller, onResource }: Asker,
  action: string,
  resource: string,
  context: Context,
): EvaluationRequest {
  const policy = { name: "policy", document };
  const everything = fullAccess();
  const identity = everything === undefined ? [] : [{ name: "everything", document: everything }];
  const policies = onResource ? { identity, resource: policy } : { identity: [policy] };
  return { caller, action, resource, context, policies, resourceAccount: onResource ? OWNER : HOME.id };
}

/** Condition keys, in lower case, that follow from who asks and what for. Anyone at all can have any name. */
function isSettled(key: string, onResource: boolean): boolean {
  if (!onResource) return key === "aws:resourceaccount" || key === "s3:resourceaccount";
  // The unique id of somebody whom a policy names is not known.
  return FOLLOWS_FROM_CALLER.test(key) && key !== "aws:userid";
}
