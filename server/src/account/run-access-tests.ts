/**
 * Runs access tests against their account: which hold, which fail and on which statement, which cannot be run.
 * What the results look like on a terminal or in an editor is the callers' matter.
 */
import type { Catalogue } from "../catalogue/catalogue.js";
import { type DecisionWord, decide } from "../evaluate/decide.js";
import type { AccessTest } from "./access-test.js";
import type { Account } from "./account.js";
import { type AccountPrincipal, findPrincipal } from "./principal.js";
import { expandActions, ownResource, type Question, requestOf, resourceProblem } from "./question.js";
import type { Statements } from "./statement-coverage.js";
import { type LocatedReason, unusableMessage, verdictOf } from "./verdict.js";

export type Outcome = "passed" | "failed" | "error";

export interface AccessTestResult {
  readonly test: AccessTest;
  readonly outcome: Outcome;
  /** How many decisions were taken. */
  readonly decisions: number;
  readonly failures: readonly AccessFailure[];
  /** Why the test could not be run, or not all of it. */
  readonly errors: readonly string[];
}

/** One expectation, of one principal on one resource, that does not hold. */
export interface AccessFailure {
  readonly as: string;
  readonly expected: "can" | "cannot";
  /** As written in the test: an action or a pattern. */
  readonly asked: string;
  readonly resource: string;
  /** The first action of the pattern that turns out otherwise, and how. */
  readonly action: string;
  readonly decision: DecisionWord;
  /** How many actions of the pattern turn out otherwise, of how many. */
  readonly wrong: number;
  readonly of: number;
  /** In one sentence, or two: what decided. */
  readonly message: string;
  readonly reasons: readonly LocatedReason[];
}

interface Run {
  readonly test: AccessTest;
  readonly account: Account;
  readonly catalogue: Catalogue;
  readonly covered: Statements | undefined;
  readonly failures: AccessFailure[];
  readonly errors: Set<string>;
  decisions: number;
}

/** @param covered collects the statements that applied; without it, only failures are explained */
export function runAccessTest(
  test: AccessTest,
  account: Account,
  catalogue: Catalogue,
  covered?: Statements,
): AccessTestResult {
  const run: Run = { test, account, catalogue, covered, failures: [], errors: new Set(), decisions: 0 };
  if (test.as.length === 0) run.errors.add("It names nobody: add `as`.");
  if (test.can.length + test.cannot.length === 0) run.errors.add("It asks nothing: add `can` or `cannot`.");
  for (const as of test.as) {
    const found = findPrincipal(account, as);
    if (found.ok) checkPrincipal(run, found.principal);
    else run.errors.add(found.message);
  }
  const { failures, errors, decisions } = run;
  const outcome = errors.size > 0 ? "error" : failures.length > 0 ? "failed" : "passed";
  return { test, outcome, decisions, failures, errors: [...errors] };
}

function checkPrincipal(run: Run, principal: AccountPrincipal): void {
  const { on, can, cannot } = run.test;
  for (const resource of on.map((it) => ownResource(it, principal))) {
    const unsound = resourceProblem(resource);
    if (unsound !== undefined) {
      run.errors.add(unsound);
      continue;
    }
    for (const asked of can) expect(run, principal, resource, asked, "can");
    for (const asked of cannot) expect(run, principal, resource, asked, "cannot");
  }
}

function expect(
  run: Run,
  principal: AccountPrincipal,
  resource: string,
  asked: string,
  expected: "can" | "cannot",
): void {
  const { account, catalogue, errors, covered } = run;
  const expanded = expandActions(asked, catalogue);
  if (!expanded.ok) {
    errors.add(expanded.message);
    return;
  }
  const wrong: { readonly question: Question; readonly decision: DecisionWord }[] = [];
  for (const action of expanded.actions) {
    const question = { principal, action, resource, context: run.test.context };
    const asking = requestOf(account, question);
    if (!asking.ok) {
      errors.add(`${principal.name}: ${unusableMessage(asking.unusable)}`);
      return;
    }
    run.decisions++;
    const decision = decide(asking.request, catalogue);
    if (covered !== undefined) note(account, question, catalogue, covered);
    if ((decision === "allowed") !== (expected === "can")) wrong.push({ question, decision });
  }
  const [first] = wrong;
  if (first === undefined) return;
  const { question, decision } = first;
  run.failures.push({
    as: principal.name,
    expected,
    asked,
    resource,
    action: question.action,
    decision,
    wrong: wrong.length,
    of: expanded.actions.length,
    ...groundsOf(account, question, catalogue),
  });
}

function note(account: Account, question: Question, catalogue: Catalogue, covered: Statements): void {
  const verdict = verdictOf(account, question, catalogue);
  if (!verdict.decided) return;
  for (const reason of verdict.reasons) if (reason.matched) covered.add(reason);
}

function groundsOf(
  account: Account,
  question: Question,
  catalogue: Catalogue,
): { readonly message: string; readonly reasons: readonly LocatedReason[] } {
  const verdict = verdictOf(account, question, catalogue);
  if (!verdict.decided) return { message: verdict.message, reasons: [] };
  return { message: explainDecision(verdict.decision, verdict.reasons), reasons: verdict.reasons };
}

/** The deciding statement, or that there is none and which came nearest. */
export function explainDecision(decision: DecisionWord, reasons: readonly LocatedReason[]): string {
  const deciding = decidingReasons(decision, reasons);
  if (decision !== "implicitDeny") {
    const [first] = deciding;
    return first === undefined ? "" : `${nameOf(first)}${first.because}`;
  }
  const absence = deciding.find((it) => it.statement === undefined);
  const near = deciding.filter((it) => it.statement !== undefined).map((it) => `${nameOf(it)}${it.because}`);
  return [absence?.because ?? "No policy allows it.", ...near.slice(0, 2)].join(" ");
}

/**
 * The reasons on which a decision rests: the statements that allow or deny; of what nobody allows, that there is no
 * statement and which came near.
 */
export function decidingReasons(
  decision: DecisionWord,
  reasons: readonly LocatedReason[],
): readonly LocatedReason[] {
  if (decision === "implicitDeny") {
    return reasons.filter((it) => it.statement === undefined || (!it.matched && it.effect === "Allow"));
  }
  const effect = decision === "explicitDeny" ? "Deny" : "Allow";
  const applying = reasons.filter((it) => it.matched && it.effect === effect);
  return applying.length > 0 ? applying : reasons.filter((it) => it.matched);
}

function nameOf({ policy, statement, sid, file, pointer }: LocatedReason): string {
  if (statement === undefined) return "";
  const place = file === undefined ? "" : ` (${file}${pointer === undefined ? "" : ` ${pointer}`})`;
  return `Statement \`${sid ?? statement}\` of \`${policy}\`${place}: `;
}
