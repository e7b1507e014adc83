/**
 * Goes on with a run that stopped, or takes a run back: a plan like any other, made from what the journal says was so
 * and from how the account is now. What somebody else has changed meanwhile is told, and not touched.
 */
import {
  called,
  DEFAULT,
  DOCUMENT,
  EXISTS,
  type FactChange,
  type Facts,
  factOf,
  isDocument,
  nameOf,
  restOf,
  type SubjectId,
  sameFact,
  VERSION,
} from "./facts.js";
import { factsOfSnapshot } from "./facts-of-snapshot.js";
import { netChanges, type Run } from "./journal.js";
import type { PlanProblem, PlanStep } from "./plan.js";
import { type PlannedAccount, planOf } from "./plan-changes.js";
import type { Snapshot } from "./snapshot-shape.js";

export interface RecoverOptions {
  readonly direction: "resume" | "rollback";
  readonly deletions: boolean;
  /** Leave alone what has moved, instead of stopping there? */
  readonly skipMoved?: boolean;
}

export function planRecovery(run: Run, observed: Snapshot, options: RecoverOptions): PlannedAccount {
  const { direction, deletions } = options;
  const [{ header }] = run.records as readonly [Run["records"][number]];
  const facts = factsOfSnapshot(observed);
  const problems: PlanProblem[] = [];
  const changes: FactChange[] = [];
  const steps = direction === "resume" ? header.steps : begunSteps(run);
  for (const { subject, part, before, after, between } of netChanges(steps)) {
    const [goal, start] = direction === "resume" ? [after, before] : [before, after];
    const live = factOf(facts, subject, part);
    if (part === DEFAULT || sameFact(part, live, goal)) continue;
    if (part.startsWith(VERSION) && goal !== undefined) {
      problems.push(lostVersion(subject, part));
      continue;
    }
    const isOurs = [start, ...between].some((it) => sameFact(part, live, it));
    if (isOurs) changes.push({ subject, part, before: live, after: goal });
    else
      problems.push(movedProblem({ subject, part, before: start, after: live }, options.skipMoved === true));
  }
  if (direction === "rollback") changes.push(...madeVersions(run, facts));
  const { accountId, partition } = header;
  const planned = planOf(changes, observed, facts, { accountId, partition }, deletions);
  return { ...planned, plan: { ...planned.plan, problems: [...problems, ...planned.plan.problems] } };
}

/** Of the run and whatever resumed it: what was not begun has left nothing. */
function begunSteps({ records }: Run): readonly PlanStep[] {
  return records.flatMap(({ header, begun }) => header.steps.filter(({ id }) => begun.has(id)));
}

/** Versions of policies that the run has made, and that are there still. */
function madeVersions(run: Run, facts: Facts): readonly FactChange[] {
  const [first] = run.records;
  const made = begunSteps(run).filter(({ call }) => call.operation === "CreatePolicyVersion");
  return made.flatMap(({ about, changes }) => {
    const document = changes.find(({ part }) => part === DOCUMENT);
    const live = factOf(facts, about, DOCUMENT);
    const wrote = document?.after;
    const isMoved = !sameFact(DOCUMENT, live, wrote) && !sameFact(DOCUMENT, live, document?.before);
    if (isMoved) return [];
    const known = first?.header.versions[about] ?? [];
    return [...(facts.get(about) ?? [])].flatMap(([part, text]) => {
      const id = restOf(part, VERSION);
      const isOurs = id !== undefined && !known.includes(id) && sameFact(part, text, wrote);
      return isOurs ? [{ subject: about, part, before: text, after: undefined }] : [];
    });
  });
}

function lostVersion(subject: SubjectId, part: string): PlanProblem {
  return {
    severity: "info",
    about: subject,
    message: `Version \`${restOf(part, VERSION)}\` of the policy \`${nameOf(subject)}\` does not come back: AWS gives no number twice. Its text is in the journal.`,
  };
}

function movedProblem({ subject, part, before, after }: FactChange, skip: boolean): PlanProblem {
  const what = describeFact(subject, part);
  const now =
    after === undefined ? "it is gone" : before === undefined ? "it is there" : "it says something else";
  return {
    severity: skip ? "warning" : "error",
    about: subject,
    message: `Somebody has changed ${what} since: ${now}. ${skip ? "It is left alone." : "With `--skip-moved` it is left alone, and the rest is done."}`,
  };
}

/** A fact for people, such as "the inline policy `own` of user `ana`". */
export function describeFact(subject: SubjectId, part: string): string {
  const owner = called(subject);
  if (part === EXISTS) return `the ${owner}`;
  const slash = part.indexOf("/");
  const [kind, name] = slash < 0 ? [part, ""] : [part.slice(0, slash), ` \`${part.slice(slash + 1)}\``];
  const words: Readonly<Record<string, string>> = {
    inline: "inline policy",
    attached: "attached policy",
    group: "group",
    trust: "trust policy",
    session: "longest session",
    default: "default version",
  };
  const word = words[kind] ?? (isDocument(part) && name === "" ? "policy document" : kind);
  return `the ${word}${name} of ${owner}`;
}
