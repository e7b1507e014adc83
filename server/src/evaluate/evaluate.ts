/** The whole answer to a request: the decision, the reasons, and what the request left open. `decide` gives the first alone. */
import type { Catalogue } from "../catalogue/catalogue.js";
import { conclude, type DecisionWord, groupsOf } from "./decide.js";
import { explain, type Reason } from "./explain.js";
import { missingContext } from "./missing-context.js";
import { type EvaluationRequest, prepare } from "./request.js";
import { findingsOf, traceOf } from "./trace.js";

export interface Decision {
  readonly decision: DecisionWord;
  /** Every statement about the requested action, then what no statement says. */
  readonly reasons: readonly Reason[];
  /** Context keys that the request lacks and that would change the answer. */
  readonly missingContext: readonly string[];
}

export function evaluate(request: EvaluationRequest, catalogue?: Catalogue): Decision {
  const evaluation = prepare(request, catalogue);
  const groups = groupsOf(evaluation);
  const traces = traceOf(evaluation, groups);
  const conclusion = conclude(evaluation, groups, findingsOf(traces, groups.length));
  return {
    decision: conclusion.decision,
    reasons: explain(evaluation, traces, conclusion),
    missingContext: missingContext(evaluation, groups, traces, catalogue),
  };
}
