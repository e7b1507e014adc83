/**
 * Which context keys the request lacks that would change the answer: not every key some condition mentions,
 * but those on which a statement hangs that the decision hangs on.
 * A statement is taken to turn out either way once its missing keys have values.
 */
import { DENY } from "../policy/words.js";
import type { KeyTest } from "./context.js";
import { conclude, type PolicyGroup } from "./decide.js";
import { NOT_NAMED } from "./match-principal.js";
import type { Evaluation } from "./request.js";
import { findingsOf, type Trace } from "./trace.js";

interface Open {
  readonly trace: Trace;
  /** As written. */
  readonly keys: readonly string[];
}

/** Up to here every combination of open statements is tried; beyond, the ones that matter most. */
const TRY_ALL = 8;

export function missingContext(
  request: Evaluation,
  groups: readonly PolicyGroup[],
  traces: readonly Trace[],
): readonly string[] {
  const canHave: KeyTest = (key) => request.context.canHave(key) && !neverSentBy(request, key);
  const open = traces.flatMap((trace) => {
    const keys = openKeys(trace, request, canHave);
    return keys.length === 0 ? [] : [{ trace, keys }];
  });
  if (open.length === 0) return [];

  const allows = (flipped: ReadonlySet<Trace>) =>
    conclude(request, groups, findingsOf(traces, groups.length, flipped)).decision === "allowed";
  const now = allows(new Set());
  const byFolded = new Map<string, string>();
  for (const { trace, keys } of open) {
    const decides = combinations(open, trace, now).some((others) => {
      if (allows(new Set(others)) !== now) return false;
      return allows(new Set([...others, trace])) !== now;
    });
    if (!decides) continue;
    for (const key of keys) if (!byFolded.has(key.toLowerCase())) byFolded.set(key.toLowerCase(), key);
  }
  return [...byFolded.values()].sort();
}

/** The keys that decide whether the statement applies; none where their values would not matter. */
function openKeys(
  { statement, naming, onResource, failing, matched, group }: Trace,
  { context, resource }: Evaluation,
  canHave: KeyTest,
): readonly string[] {
  if (naming === NOT_NAMED) return [];
  const { conditions, resources, notResources } = statement;
  if (matched) {
    const matching = resources
      .filter((pattern) => pattern.matches(resource, context))
      .map((pattern) => pattern.missing(resource, context, canHave));
    return [
      ...(matching.every((missing) => missing.length > 0) ? matching.flat() : []),
      ...conditions.flatMap((condition) => condition.missing(context, canHave)),
      ...notResources.flatMap((pattern) => pattern.missing(resource, context, canHave)),
    ];
  }
  if (!onResource && group.principals === "none" && statement.anyResource) return [];
  const needed = failing.map((condition) => condition.missing(context, canHave));
  if (!onResource) {
    const ways = resources.map((pattern) => pattern.missing(resource, context, canHave));
    needed.push(ways.find((keys) => keys.length > 0) ?? []);
  }
  return needed.every((keys) => keys.length > 0) ? needed.flat() : [];
}

/** The sets of other open statements to turn along with one. */
function combinations(open: readonly Open[], one: Trace, now: boolean): readonly (readonly Trace[])[] {
  const others = open.map(({ trace }) => trace).filter((trace) => trace !== one);
  if (others.length < TRY_ALL) {
    return Array.from({ length: 2 ** others.length }, (_, bits) =>
      others.filter((_, index) => (bits >> index) & 1),
    );
  }
  // Turning these towards the other answer can only help.
  const helpful = others.filter(
    ({ statement, matched }) => (statement.effect === DENY) === (matched !== now),
  );
  return [[], helpful, helpful.filter(({ groupIndex }) => groupIndex !== one.groupIndex)];
}

/** Keys that a caller of this kind never brings along. */
function neverSentBy({ caller }: Evaluation, key: string): boolean {
  if (key === "aws:username") return caller.kind !== "user";
  // Whoever did not sign a request has no organization and no tags.
  if (caller.kind === "anonymous") return key.startsWith("aws:principal");
  if (key === "aws:principalservicename" || key === "aws:principalservicenameslist") {
    return caller.kind !== "service";
  }
  return false;
}
