/**
 * The plan that turns an observed account into the one of an account file. What speaks against single steps, and what
 * the plan gives and takes, is told in `check-plan.ts`.
 */
import type { Account } from "../account.js";
import { type AccountProblem, describeProblem } from "../problem.js";
import { breakTrustCycle } from "./break-trust-cycles.js";
import { type DraftStep, stepsOf } from "./change-steps.js";
import {
  EXISTS,
  type FactChange,
  type Facts,
  kindOf,
  type Part,
  type SubjectId,
  withChanges,
} from "./facts.js";
import { factsOfAccount } from "./facts-of-account.js";
import { factsOfSnapshot } from "./facts-of-snapshot.js";
import { type OrderedSteps, orderSteps } from "./order-steps.js";
import type { Home } from "./perform-on.js";
import type { Plan, PlanProblem, PlanStep } from "./plan.js";
import { basisOf } from "./plan-basis.js";
import { isInScope, unknownScope } from "./plan-scope.js";
import type { Snapshot } from "./snapshot-shape.js";
import { transientAccess } from "./transient-access.js";
import { unusableOf, wantedChanges } from "./wanted-changes.js";

export interface PlanOptions {
  /** Ids of subjects or documents, such as `user/ana`, `policy/read`, `role/app/trust`; all of the account unless said. */
  readonly only?: readonly string[];
  /** Delete what the account file does not name? It is left alone unless said. */
  readonly prune?: boolean;
  /** Are deletions confirmed? Otherwise they are withheld, with what needs them. */
  readonly deletions: boolean;
  /** What is wrong with the account file: a plan of all of it waits until that is mended. */
  readonly mistakes?: readonly AccountProblem[];
}

/** A plan, and the account as it would be. */
export interface PlannedAccount {
  readonly plan: Plan;
  readonly result: Snapshot;
}

export function planChanges(account: Account, observed: Snapshot, options: PlanOptions): PlannedAccount {
  const home = { accountId: account.id, partition: account.partition };
  const facts = factsOfSnapshot(observed);
  const wanted = factsOfAccount(account);
  const problems: PlanProblem[] = [...wanted.problems];
  const unmanaged = [...facts.keys()].filter((it) => !wanted.facts.has(it));
  const changes = [
    ...wantedChanges(wanted, facts, observed, problems),
    ...(options.prune === true
      ? unmanaged.filter((it) => mayGo(it, facts, account)).flatMap((it) => goneChanges(it, facts))
      : []),
  ];
  const { only = [], mistakes = [] } = options;
  for (const mistake of mistakes.filter((it) => !wanted.explained.has(it))) {
    const severity = only.length === 0 ? "error" : "warning";
    problems.push({ severity, about: undefined, message: describeProblem(mistake) });
  }
  for (const id of only) {
    const message = unknownScope(id, [...wanted.facts.keys(), ...facts.keys()]);
    if (message !== undefined) problems.push({ severity: "error", about: undefined, message });
  }
  const inScope = (subject: SubjectId | undefined, part?: Part) =>
    only.length === 0 || subject === undefined || only.some((id) => isInScope(id, subject, part));
  const chosen = changes.filter(({ subject, part }) => inScope(subject, part));
  const unusable = unusableOf(problems.filter(({ about }) => inScope(about)));
  const { plan, result } = planOf(chosen, observed, facts, home, options.deletions, unusable);
  const hint = only.length === 0 ? "" : " What it needs may lie outside of `--only`.";
  return {
    result,
    plan: {
      ...plan,
      problems: [
        ...problems.filter(({ about }) => inScope(about)),
        ...plan.problems.map((it) => (it.severity === "error" ? { ...it, message: it.message + hint } : it)),
      ],
      unmanaged: options.prune === true ? unmanaged.filter((it) => !mayGo(it, facts, account)) : unmanaged,
    },
  };
}

/**
 * A plan for changes of whatever origin.
 * @param unusable what cannot be made, for reasons that are told already: what waits for it is no mistake of its own
 */
export function planOf(
  changes: readonly FactChange[],
  observed: Snapshot,
  facts: Facts,
  home: Home,
  deletions: boolean,
  unusable: ReadonlySet<SubjectId | undefined> = new Set(),
): PlannedAccount {
  let drafts = stepsOf(changes, facts);
  const documentsOfAws = new Map(
    observed.Policies.map((it) => [
      it.Arn,
      it.PolicyVersionList.find((version) => version.IsDefaultVersion)?.Document,
    ]),
  );
  const order = (list: typeof drafts) => {
    const after = withChanges(
      facts,
      list.flatMap((it) => it.changes),
    );
    const access = transientAccess(facts, after, (arn) => documentsOfAws.get(arn));
    return orderSteps(list, observed, facts, home, access);
  };
  let whole = order(drafts);
  for (let broken = brokenCycle(drafts, whole); broken !== undefined; broken = brokenCycle(drafts, whole)) {
    drafts = broken;
    whole = order(drafts);
  }
  const kept = deletions ? drafts : drafts.filter(({ section }) => section === "change");
  const ordered = kept.length === drafts.length ? whole : order(kept);
  const made = new Set(ordered.steps.map(({ id }) => id));
  const refused = new Set(whole.refused.map(({ step }) => step.id));
  const withheld = whole.steps.filter(({ id }) => !made.has(id));
  const waiting = withheld.filter(({ section }) => section === "change");
  const problems: PlanProblem[] = [
    ...ordered.refused
      .filter(({ step }) => refused.has(step.id))
      .filter(({ step }) => ![...basisOf([step], facts).keys()].some((it) => unusable.has(it)))
      .map(({ step, why }) => problem("error", step, `${step.words}: AWS would refuse this. ${why}`)),
    ...waiting.map((step) =>
      problem("warning", step, `${step.words}: this waits for a deletion that is not confirmed.`),
    ),
    ...ordered.excesses.map(({ step, who }) =>
      problem(
        "warning",
        step,
        `For a moment after the step "${step.words}", ${listed(who)} may have more than before and more than in the end: no order of the steps avoids it.`,
      ),
    ),
  ];
  const { accountId, partition } = home;
  const basis = basisOf(ordered.steps, facts);
  const plan = { accountId, partition, steps: ordered.steps, withheld, problems, unmanaged: [], basis };
  return { plan, result: ordered.result };
}

function brokenCycle(drafts: readonly DraftStep[], { refused }: OrderedSteps) {
  return breakTrustCycle(drafts, new Set(refused.map(({ step }) => step.id)));
}

function problem(severity: PlanProblem["severity"], { about }: PlanStep, message: string): PlanProblem {
  return { severity, about, message };
}

const FEW = 3;

function listed(who: readonly SubjectId[]): string {
  const names = who.slice(0, FEW).map((it) => `\`${it}\``);
  return who.length > FEW ? `${names.join(", ")} and ${who.length - FEW} more` : names.join(" and ");
}

function goneChanges(subject: SubjectId, facts: Facts): readonly FactChange[] {
  return [...(facts.get(subject) ?? [])].map(([part, before]) => ({
    subject,
    part,
    before,
    after: undefined,
  }));
}

/**
 * Buckets hold data; roles of AWS's services and of its sign-on are theirs; machines run with instance profiles, which
 * a file that names none does not know of.
 */
function mayGo(subject: SubjectId, facts: Facts, { instanceProfiles }: Account): boolean {
  if (kindOf(subject) === "instance-profile" && instanceProfiles === undefined) return false;
  const arn = facts.get(subject)?.get(EXISTS) ?? "";
  return kindOf(subject) !== "bucket" && !/:role\/aws-(?:service-role|reserved)\//.test(arn);
}
