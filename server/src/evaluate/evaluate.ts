/** The whole answer to a request: the decision, the reasons, and what the request left open. `decide` gives the first alone. */
import type { Catalogue } from "../catalogue/catalogue.js";
import { requestsOf } from "./access-point.js";
import { conclude, type DecisionWord, groupsOf, together } from "./decide.js";
import { explain, type Reason } from "./explain.js";
import { missingContext } from "./missing-context.js";
import { type EvaluationRequest, prepare } from "./request.js";
import { findingsOf, type Trace, traceOf } from "./trace.js";

export interface Decision<R extends Reason = Reason> {
  readonly decision: DecisionWord;
  /** Every statement about the requested action, then what no statement says. */
  readonly reasons: readonly R[];
  /** Context keys that the request lacks and that would change the answer. */
  readonly missingContext: readonly string[];
}

export function evaluate(request: EvaluationRequest, catalogue?: Catalogue): Decision {
  return weigh(request, (reason) => reason, catalogue);
}

/** The answer with something more about each reason, and the trace that it was made of, where it was made of one. */
export function weigh<R extends Reason>(
  request: EvaluationRequest,
  tell: (reason: Reason, trace: Trace | undefined) => R,
  catalogue?: Catalogue,
): Decision<R> {
  const answers = requestsOf(request).map((it) => weighOne(it, tell, catalogue));
  const [first, ...others] = answers;
  if (first !== undefined && others.length === 0) return first;
  // Where one of them is refused for good, no key changes the answer of the whole.
  const settled = answers.some(
    ({ decision, missingContext: keys }) => decision !== "allowed" && keys.length === 0,
  );
  return {
    decision: together(answers.map(({ decision }) => decision)),
    reasons: answers.flatMap(({ reasons }) => reasons),
    missingContext: settled ? [] : [...new Set(answers.flatMap((it) => it.missingContext))].sort(),
  };
}

function weighOne<R extends Reason>(
  request: EvaluationRequest,
  tell: (reason: Reason, trace: Trace | undefined) => R,
  catalogue?: Catalogue,
): Decision<R> {
  const evaluation = prepare(request, catalogue);
  const groups = groupsOf(evaluation);
  const traces = traceOf(evaluation, groups);
  const conclusion = conclude(evaluation, groups, findingsOf(traces, groups.length));
  return {
    decision: conclusion.decision,
    // One reason for each trace, in their order, then those that no statement says.
    reasons: explain(evaluation, traces, conclusion, groups).map((reason, index) =>
      tell(reason, traces[index]),
    ),
    missingContext: missingContext(evaluation, groups, traces),
  };
}
