/**
 * What is recorded of an apply, and read back after it: JSON lines, the plan first, then what was begun and done. The
 * documents of policies are in it, for they are what undoing needs; nothing else that is secret ever is.
 */
import { type FactChange, kindOf, restOf, type SubjectId, VERSION } from "./facts.js";
import type { Plan, PlanStep } from "./plan.js";
import type { TargetErrorKind } from "./target.js";
import { type RecordedTarget, recordedIdentity } from "./target-identity.js";

export interface JournalHeader extends RecordedTarget {
  readonly type: "plan";
  readonly version: 1;
  readonly kind: JournalKind;
  /** The journal that is resumed or rolled back. */
  readonly of?: string;
  /** ISO 8601. */
  readonly time: string;
  readonly steps: readonly PlanStep[];
  /** The versions that policies had, by policy: what is there besides, the apply has made. */
  readonly versions: Readonly<Record<SubjectId, readonly string[]>>;
}

export type JournalKind = "apply" | "resume" | "rollback";

export type JournalEntry =
  | JournalHeader
  | { readonly type: "begin" | "done"; readonly step: string; readonly time: string }
  | {
      readonly type: "failed";
      readonly step: string;
      readonly time: string;
      readonly kind: TargetErrorKind | "other";
      readonly code?: string;
    }
  | { readonly type: "end"; readonly state: EndState; readonly time: string };

export type EndState = "done" | "failed" | "cancelled";

/** Where one apply is recorded. */
export interface Journal {
  /** By which the user calls it. */
  readonly id: string;
  /** Resolves when the entry is sure to outlive the process. */
  append(entry: JournalEntry): Promise<void>;
}

/** All that are recorded for one account file. */
export interface JournalStore {
  /** Where they lie, as shown to the user. */
  readonly place: string;
  create(header: JournalHeader): Promise<Journal>;
  /** The oldest first; what cannot be read is left out and named. */
  list(): Promise<{ readonly records: readonly JournalRecord[]; readonly unreadable: readonly string[] }>;
}

export interface JournalRecord {
  readonly id: string;
  readonly header: JournalHeader;
  readonly begun: ReadonlySet<string>;
  readonly done: ReadonlySet<string>;
  /** `undefined`: the process ended before the apply did. */
  readonly end: EndState | undefined;
}

/** `undefined` for a text that does not start with a plan. A last line that was not written to its end counts as none. */
export function readJournal(id: string, text: string): JournalRecord | undefined {
  const entries = text.split("\n").flatMap((line) => parseLine(line) ?? []);
  const [header] = entries;
  if (header?.type !== "plan") return undefined;
  const steps = (type: "begin" | "done") =>
    new Set(entries.flatMap((entry) => (entry.type === type ? [entry.step] : [])));
  const end = entries.find((entry) => entry.type === "end");
  return { id, header, begun: steps("begin"), done: steps("done"), end: end?.state };
}

export function journalLine(entry: JournalEntry): string {
  return `${JSON.stringify(entry)}\n`;
}

function parseLine(line: string): JournalEntry | undefined {
  try {
    const entry: unknown = JSON.parse(line);
    return isEntry(entry) ? entry : undefined;
  } catch {
    return undefined;
  }
}

function isEntry(value: unknown): value is JournalEntry {
  if (typeof value !== "object" || value === null || !("type" in value)) return false;
  if (value.type !== "plan") return typeof value.type === "string" && "time" in value;
  return "version" in value && value.version === 1 && "steps" in value && Array.isArray(value.steps);
}

export function headerOf(
  plan: Plan,
  about: Pick<JournalHeader, "kind" | "of" | "time" | "identity" | "target">,
): JournalHeader {
  const { accountId, partition, steps, basis } = plan;
  const versions = Object.fromEntries(
    [...basis].flatMap(([subject, parts]) =>
      kindOf(subject) === "policy"
        ? [[subject, [...parts.keys()].flatMap((part) => restOf(part, VERSION) ?? [])]]
        : [],
    ),
  );
  return { type: "plan", version: 1, ...about, accountId, partition, steps, versions };
}

/** An apply with what resumed it, and whether anything took it back. */
export interface Run {
  /** The first is the apply itself. */
  readonly records: readonly JournalRecord[];
  /** Did it reach its end, or was it taken back? A later apply that did has gone on from where it stopped. */
  readonly state: "done" | "unfinished" | "rolled back" | "superseded";
}

/** The oldest first. */
export function runsOf(records: readonly JournalRecord[]): readonly Run[] {
  const roots = records.filter(({ header }) => header.kind !== "resume");
  return roots.map((root, index) => {
    const resumes = records.filter(({ header }) => header.kind === "resume" && header.of === root.id);
    const back = records.filter(({ header }) => header.kind === "rollback" && header.of === root.id);
    const all = [root, ...resumes];
    const isBack = back.some((it) => isDone(it, records));
    const identity = recordedIdentity(root.header);
    const later = roots
      .slice(index + 1)
      .some(
        ({ header, end }) =>
          header.kind === "apply" && recordedIdentity(header) === identity && end === "done",
      );
    const ended = all.some(({ end }) => end === "done") ? "done" : later ? "superseded" : "unfinished";
    return { records: all, state: isBack ? "rolled back" : ended };
  });
}

function isDone(record: JournalRecord, records: readonly JournalRecord[]): boolean {
  return (
    record.end === "done" ||
    records.some(({ header, end }) => header.kind === "resume" && header.of === record.id && end === "done")
  );
}

export interface NetChange extends FactChange {
  /** What held on the way, where the fact changed more than once. */
  readonly between: readonly (string | undefined)[];
}

/** What a run was to change as a whole: of each fact the first state and the last. */
export function netChanges(steps: readonly PlanStep[]): readonly NetChange[] {
  const net = new Map<string, NetChange>();
  for (const change of steps.flatMap((it) => it.changes)) {
    const key = `${change.subject}#${change.part}`;
    const known = net.get(key);
    net.set(
      key,
      known === undefined
        ? { ...change, between: [] }
        : { ...known, after: change.after, between: [...known.between, known.after] },
    );
  }
  return [...net.values()];
}
