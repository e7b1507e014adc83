/**
 * The answer to a question about an account with its grounds: the decision, and for each reason where the statement is
 * written. `evaluate` decides and explains; this knows the files.
 */
import type { Catalogue } from "../catalogue/catalogue.js";
import { conclude, type DecisionWord, groupsOf } from "../evaluate/decide.js";
import { explain, type Reason } from "../evaluate/explain.js";
import { missingContext } from "../evaluate/missing-context.js";
import { prepare } from "../evaluate/request.js";
import { findingsOf, traceOf } from "../evaluate/trace.js";
import type { Statement } from "../policy/policy.js";
import type { Account, AccountDocument } from "./account.js";
import { describeProblem } from "./problem.js";
import { type Question, requestOf, type SoundDocument } from "./question.js";

export type Verdict =
  | {
      readonly decided: true;
      readonly decision: DecisionWord;
      readonly reasons: readonly LocatedReason[];
      readonly missingContext: readonly string[];
    }
  | { readonly decided: false; readonly message: string };

/** Where the statement is written: the file as shown to the user, and a JSON pointer. */
export interface LocatedReason extends Reason {
  readonly file?: string;
  readonly pointer?: string;
}

export function verdictOf(account: Account, question: Question, catalogue: Catalogue): Verdict {
  const asked = requestOf(account, question);
  if (!asked.ok) return { decided: false, message: unusableMessage(asked.unusable) };
  const evaluation = prepare(asked.request, catalogue);
  const groups = groupsOf(evaluation);
  const traces = traceOf(evaluation, groups);
  const conclusion = conclude(evaluation, groups, findingsOf(traces, groups.length));
  // One reason for each trace, in their order, and at most one more that no statement says.
  const reasons = explain(evaluation, traces, conclusion).map((reason, index) => {
    const statement = traces[index]?.statement.source;
    return statement === undefined ? reason : { ...reason, ...placeOf(statement, asked.documents) };
  });
  return {
    decided: true,
    decision: conclusion.decision,
    reasons,
    missingContext: missingContext(evaluation, groups, traces, catalogue),
  };
}

export function unusableMessage(documents: readonly AccountDocument[]): string {
  const reasons = documents.map(({ name, file, why }) =>
    why === undefined ? `\`${name}\` (${file})` : `\`${name}\` (${describeProblem(why)})`,
  );
  return `Nobody can tell, because a policy that counts cannot be used: ${reasons.join(", ")}`;
}

function placeOf(statement: Statement, documents: readonly SoundDocument[]) {
  const holder = documents.find(({ document }) => document.statements.includes(statement));
  if (holder === undefined) return {};
  const single = holder.document.element("Statement")?.value?.type === "object";
  return {
    file: holder.file,
    pointer: `${holder.pointer}/Statement${single ? "" : `/${statement.index}`}`,
  };
}
