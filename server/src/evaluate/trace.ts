/**
 * What each statement about the requested action made of the request, for those who want to know why.
 * `decide.ts` takes the short way and comes to the same decision.
 */
import { DENY } from "../policy/words.js";
import { type CompiledStatement, compilePolicy } from "./compile.js";
import type { CompiledCondition } from "./conditions.js";
import type { Findings, PolicyGroup } from "./decide.js";
import { type Naming, NOT_NAMED } from "./match-principal.js";
import { callerNaming, matchesResource } from "./match-statement.js";
import type { Evaluation } from "./request.js";

export interface Trace {
  readonly group: PolicyGroup;
  readonly groupIndex: number;
  readonly policy: string;
  readonly statement: CompiledStatement;
  /** As what the statement names the caller, whatever becomes of the rest. */
  readonly naming: Naming;
  readonly onResource: boolean;
  readonly failing: readonly CompiledCondition[];
  readonly matched: boolean;
}

export function traceOf(request: Evaluation, groups: readonly PolicyGroup[]): readonly Trace[] {
  return groups.flatMap((group, groupIndex) =>
    group.policies.flatMap(({ name, document }) =>
      compilePolicy(document)
        .about(request.foldedAction)
        .map((statement) => {
          const naming = callerNaming(statement, group.principals, request);
          const onResource = matchesResource(statement, group.principals, request);
          const failing = statement.conditions.filter((condition) => !condition.holds(request.context));
          const matched = naming !== NOT_NAMED && onResource && failing.length === 0;
          return { group, groupIndex, policy: name, statement, naming, onResource, failing, matched };
        }),
    ),
  );
}

/** What the groups say if the statements of `flipped` had turned out the other way. */
export function findingsOf(
  traces: readonly Trace[],
  groupCount: number,
  flipped: ReadonlySet<Trace> = NOTHING,
): Findings {
  const allowed = Array<Naming>(groupCount).fill(NOT_NAMED);
  let denied = false;
  for (const trace of traces) {
    if (trace.matched === flipped.has(trace)) continue;
    if (trace.statement.effect === DENY) denied = true;
    else allowed[trace.groupIndex] = (allowed[trace.groupIndex] ?? NOT_NAMED) | trace.naming;
  }
  return { denied, allowed };
}

const NOTHING: ReadonlySet<Trace> = new Set();
