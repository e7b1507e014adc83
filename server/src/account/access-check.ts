/**
 * What the checks of access have in common: a policy passes, or fails with the access that it should not give, each with
 * a request that shows it and the statements that allow it.
 */
import type { Catalogue } from "../catalogue/catalogue.js";
import { groupsOf } from "../evaluate/decide.js";
import { prepare } from "../evaluate/request.js";
import { traceOf } from "../evaluate/trace.js";
import type { Policy, Statement } from "../policy/policy.js";
import { ALLOW } from "../policy/words.js";
import { type Asker, askersOf, requestUnder } from "./diff-policies.js";
import type { Context } from "./question.js";
import type { Difference } from "./semantic-diff.js";

/** Access that a policy should not give. */
export interface CheckFailure {
  readonly who: string;
  readonly actions: readonly string[];
  /** A request that is allowed; `undefined` where none could be made up, though the policy seems to allow some. */
  readonly witness: CheckedRequest | undefined;
  /** The statements that allow it, in their order. */
  readonly statements: readonly Statement[];
}

export interface CheckedRequest {
  readonly action: string;
  readonly resource: string;
  readonly context: Context;
}

/** What is gained, as failures of the policy that gives it. */
export function gainedIn(
  differences: readonly Difference[],
  policies: readonly Policy[],
  policy: Policy,
  catalogue: Catalogue,
): readonly CheckFailure[] {
  const askers = new Map(askersOf(policies).map((it) => [it.who, it]));
  return differences.flatMap((difference) => {
    const { change, who, actions, witness } = difference;
    const asker = askers.get(who);
    if (change !== "gained" || asker === undefined) return [];
    const { action, resource, context } = witness;
    const statements = giving(difference, policy, asker, catalogue);
    return [{ who, actions, witness: { action, resource, context }, statements }];
  });
}

/** Requests to look at for one difference: enough to find the statements behind all of its actions. */
const MOST_REQUESTS = 400;

/** The statements that allow the request that shows a difference, and those that allow its other actions like it. */
function giving(
  { actions, resources, witness }: Difference,
  policy: Policy,
  asker: Asker,
  catalogue: Catalogue,
): readonly Statement[] {
  const found = new Set(allowing(policy, asker, witness, catalogue));
  const all = policy.statements.filter(({ effect }) => effect?.value === ALLOW).length;
  let left = MOST_REQUESTS;
  for (const action of actions) {
    for (const resource of resources) {
      if (found.size === all || left-- === 0) return inOrder(found, policy);
      for (const it of allowing(policy, asker, { ...witness, action, resource }, catalogue)) found.add(it);
    }
  }
  return inOrder(found, policy);
}

function inOrder(found: ReadonlySet<Statement>, { statements }: Policy): readonly Statement[] {
  return statements.filter((it) => found.has(it));
}

/** The statements of the policy that allow a request. */
export function allowing(
  policy: Policy,
  asker: Asker,
  { action, resource, context }: CheckedRequest,
  catalogue: Catalogue,
): readonly Statement[] {
  const evaluation = prepare(requestUnder(policy, asker, action, resource, context), catalogue);
  return traceOf(evaluation, groupsOf(evaluation))
    .filter(({ matched, statement }) => matched && statement.effect === ALLOW)
    .map(({ statement }) => statement.source)
    .filter((it) => policy.statements.includes(it));
}
