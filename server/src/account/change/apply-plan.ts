/**
 * Carries a plan out, step by step, with everything recorded before and after it is done. What is not sure is looked
 * at, never guessed; what fails stops the rest, and leaves a journal that resuming and rolling back start from.
 */
import type { ApiCall } from "./api-call.js";
import { EXISTS, type FactChange, factOf, kindOf, nameOf, type SubjectId, sameFact } from "./facts.js";
import { factsOfSnapshot } from "./facts-of-snapshot.js";
import {
  headerOf,
  type Journal,
  type JournalEntry,
  type JournalHeader,
  type JournalKind,
} from "./journal.js";
import type { Plan, PlanStep } from "./plan.js";
import { movedSince } from "./plan-basis.js";
import type { Snapshot } from "./snapshot-shape.js";
import { type AccountTarget, TargetError } from "./target.js";

export interface ApplyPorts {
  /** Keeps every other apply away from a target, known by its identity, until it is given back. */
  readonly lock: (identity: string) => Promise<ApplyLock>;
  readonly createJournal: (header: JournalHeader) => Promise<Journal>;
  /** ISO 8601. */
  readonly now: () => string;
  /** From 0 to below 1. */
  readonly random: () => number;
  /** Ends early when the signal says so. */
  readonly wait: (milliseconds: number, signal: AbortSignal | undefined) => Promise<void>;
  readonly progress?: (event: ApplyEvent) => void;
  readonly signal?: AbortSignal;
}

export type ApplyLock =
  | { readonly release: () => Promise<void> }
  /** A sentence: who changes the account now, since when, and what to do. */
  | { readonly held: string };

export type ApplyEvent =
  | {
      readonly type: "begin" | "done";
      readonly step: PlanStep;
      readonly index: number;
      readonly count: number;
    }
  | {
      readonly type: "retry";
      readonly step: PlanStep;
      readonly message: string;
      readonly milliseconds: number;
    };

export type ApplyOutcome =
  | { readonly state: "done"; readonly journal: string | undefined }
  /** Nothing was done: the account is not as it was when the plan was made. */
  | { readonly state: "moved"; readonly moved: readonly FactChange[] }
  /** Nothing was done: somebody else changes the account now. */
  | { readonly state: "held"; readonly message: string }
  | {
      readonly state: "failed" | "cancelled";
      readonly journal: string;
      readonly done: readonly PlanStep[];
      /** The one that failed: whether it happened, `message` says. */
      readonly failed: PlanStep | undefined;
      readonly left: readonly PlanStep[];
      readonly message: string;
    };

export interface ApplyAs {
  readonly kind: JournalKind;
  readonly of?: string;
}

/** @throws TargetError where the account cannot be read, or the journal cannot be begun; then nothing was done */
export async function applyPlan(
  plan: Plan,
  target: AccountTarget,
  ports: ApplyPorts,
  as: ApplyAs,
): Promise<ApplyOutcome> {
  const identity = await target.identity(callOptions(ports.signal));
  const lock = await ports.lock(identity);
  if ("held" in lock) return { state: "held", message: lock.held };
  try {
    const moved = movedSince(plan, await target.read(callOptions(ports.signal)));
    if (moved.length > 0) return { state: "moved", moved };
    if (plan.steps.length === 0) return { state: "done", journal: undefined };
    const journal = await ports.createJournal(
      headerOf(plan, { ...as, time: ports.now(), identity, target: target.name }),
    );
    return await new Run(plan, target, ports, journal).all();
  } finally {
    await lock.release();
  }
}

const MOST_ATTEMPTS = 8;
/** What is in the way may be gone a moment later, if this run has removed it, or never, as somebody's access keys. */
const ATTEMPTS_TO_DELETE = 4;
const FIRST_WAIT = 250;
const LONGEST_WAIT = 20_000;
/** A stale answer must not make a second version of a policy. */
const LOOKS_BEFORE_REPEATING = 3;

class Run {
  readonly #done: PlanStep[] = [];
  /** What this run has created: AWS may take a while to see it everywhere. */
  readonly #created = new Set<SubjectId>();

  constructor(
    private readonly plan: Plan,
    private readonly target: AccountTarget,
    private readonly ports: ApplyPorts,
    private readonly journal: Journal,
  ) {}

  async all(): Promise<ApplyOutcome> {
    const { steps } = this.plan;
    for (const [index, step] of steps.entries()) {
      if (this.ports.signal?.aborted === true) return this.#stop("cancelled", undefined, CANCELLED);
      const event = { step, index, count: steps.length };
      try {
        await this.#record({ type: "begin", step: step.id, time: this.ports.now() });
      } catch (error) {
        return this.#stop(
          "failed",
          step,
          `It was not begun: the journal cannot be written. ${messageOf(error)}`,
        );
      }
      this.ports.progress?.({ type: "begin", ...event });
      try {
        await this.#perform(step);
      } catch (error) {
        return this.#failed(step, error);
      }
      for (const { subject, part, before } of step.changes)
        if (part === EXISTS && before === undefined) this.#created.add(subject);
      this.#done.push(step);
      try {
        await this.#record({ type: "done", step: step.id, time: this.ports.now() });
      } catch (error) {
        return this.#stop("failed", undefined, `The journal cannot be written any more. ${messageOf(error)}`);
      }
      this.ports.progress?.({ type: "done", ...event });
    }
    await this.#recordIfPossible({ type: "end", state: "done", time: this.ports.now() });
    return { state: "done", journal: this.journal.id };
  }

  /** Rejects where the step is not known to be done. */
  async #perform(step: PlanStep): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        // A call that is under way comes to its end: broken off, nobody would know whether it was carried out.
        return await this.target.perform(step.call);
      } catch (error) {
        if (!(error instanceof TargetError)) throw error;
        if (mayHaveHappened(step, error) && (await this.#hasHappened(step, error))) return;
        const most = isDeleteConflict(error) ? ATTEMPTS_TO_DELETE : MOST_ATTEMPTS;
        if (attempt >= most || !this.#mayPass(step, error)) throw error;
        await this.#pause(step, error.message, attempt);
      }
    }
  }

  async #hasHappened(step: PlanStep, error: TargetError): Promise<boolean> {
    const repeats = step.call.operation === "CreatePolicyVersion" && error.kind === "unknown";
    const looks = repeats ? LOOKS_BEFORE_REPEATING : 1;
    for (let look = 1; look <= looks; look++) {
      if (look > 1) await this.#pause(step, error.message, look);
      const facts = factsOfSnapshot(await this.#look());
      if (
        step.changes.every(({ subject, part, after }) => sameFact(part, factOf(facts, subject, part), after))
      )
        return true;
    }
    return false;
  }

  /** Reading is tried again as writing is. */
  async #look(): Promise<Snapshot> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.target.read(callOptions(this.ports.signal));
      } catch (error) {
        const passes = error instanceof TargetError && PASSING.has(error.kind);
        if (!passes || attempt >= MOST_ATTEMPTS) throw error;
        await this.#wait(attempt);
      }
    }
  }

  #mayPass(step: PlanStep, { kind }: TargetError): boolean {
    if (PASSING.has(kind) || kind === "conflict") return true;
    const notYetVisible = kind === "absent" || kind === "invalid";
    return notYetVisible && [...this.#created].some((it) => isNamedBy(it, step.call, this.plan));
  }

  async #pause(step: PlanStep, message: string, attempt: number): Promise<void> {
    const milliseconds = this.#waitOf(attempt);
    this.ports.progress?.({ type: "retry", step, message, milliseconds });
    await this.ports.wait(milliseconds, this.ports.signal);
    if (this.ports.signal?.aborted === true) throw new TargetError("cancelled", CANCELLED);
  }

  async #wait(attempt: number): Promise<void> {
    await this.ports.wait(this.#waitOf(attempt), this.ports.signal);
    if (this.ports.signal?.aborted === true) throw new TargetError("cancelled", CANCELLED);
  }

  /** Anything up to a limit that doubles: those who were turned away together do not come back together. */
  #waitOf(attempt: number): number {
    return Math.round(this.ports.random() * Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** attempt));
  }

  async #failed(step: PlanStep, error: unknown): Promise<ApplyOutcome> {
    const known = error instanceof TargetError ? error : undefined;
    const cancelled = known?.kind === "cancelled";
    await this.#recordIfPossible({
      type: "failed",
      step: step.id,
      time: this.ports.now(),
      kind: known?.kind ?? "other",
      ...(known?.code === undefined ? {} : { code: known.code }),
    });
    const unsure = known === undefined || known.kind === "unknown" || cancelled;
    const doubt = unsure
      ? " It may have been carried out all the same: resuming and rolling back look first."
      : "";
    return this.#stop(cancelled ? "cancelled" : "failed", step, `${messageOf(error)}${doubt}`);
  }

  async #stop(
    state: "failed" | "cancelled",
    failed: PlanStep | undefined,
    message: string,
  ): Promise<ApplyOutcome> {
    await this.#recordIfPossible({ type: "end", state, time: this.ports.now() });
    const gone = new Set([...this.#done, failed].map((it) => it?.id));
    const left = this.plan.steps.filter(({ id }) => !gone.has(id));
    return { state, journal: this.journal.id, done: this.#done, failed, left, message };
  }

  #record(entry: JournalEntry): Promise<void> {
    return this.journal.append(entry);
  }

  /** The last word on a run: a journal without it is one of a run that was killed, which is dealt with alike. */
  async #recordIfPossible(entry: JournalEntry): Promise<void> {
    try {
      await this.#record(entry);
    } catch {
      // What was begun is in the journal already.
    }
  }
}

const CANCELLED = "It was cancelled.";
/** Kinds that say that nothing was done, and may be gone the next time. */
const PASSING: ReadonlySet<string> = new Set(["throttled", "unavailable", "unknown"]);

/** AWS's name for it, or its SDK's. */
function isDeleteConflict({ code }: TargetError): boolean {
  return code?.startsWith("DeleteConflict") === true;
}

/** After these errors the call may have been carried out, now or by an attempt before. */
function mayHaveHappened({ changes }: PlanStep, { kind }: TargetError): boolean {
  const takes = changes.every(({ after }) => after === undefined);
  return kind === "unknown" || kind === "exists" || (kind === "absent" && takes);
}

/** Does a call need what this run has just made? */
function isNamedBy(subject: SubjectId, { input }: ApiCall, { accountId, partition }: Plan): boolean {
  const kind = kindOf(subject);
  const name = nameOf(subject);
  const ends = new RegExp(
    `arn:${partition}:iam::${accountId}:${kind}/(?:[!-~]*/)?${escaped(name)}(?![\\w+=,.@/-])`,
  );
  const own: string | undefined = NAME_KEYS[kind];
  return Object.entries(input).some(
    ([key, value]) => typeof value === "string" && ((key === own && value === name) || ends.test(value)),
  );
}

const NAME_KEYS: Readonly<Partial<Record<ReturnType<typeof kindOf>, string>>> = {
  user: "UserName",
  group: "GroupName",
  role: "RoleName",
  "instance-profile": "InstanceProfileName",
};

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function callOptions(signal: AbortSignal | undefined): { readonly signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}
