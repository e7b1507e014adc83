/**
 * AWS's answer in the shape of ours: the decision, the statements that AWS names with their places, and why it may be
 * another than ours. It decides nothing.
 */
import type { DecisionWord } from "../../evaluate/decide.js";
import { ALLOW, DENY } from "../../policy/words.js";
import type { Account } from "../account.js";
import { CELL_WORDS } from "../matrix-report.js";
import { type Question, requestOf, type SoundDocument } from "../question.js";
import { type LocatedReason, statementPointer } from "../verdict.js";
import type { LiveRequest } from "./live-request.js";
import type { LiveAnswer, LiveStatement } from "./live-simulator.js";
import { meantStatement } from "./matched-statements.js";

export interface LiveVerdict {
  readonly decision: DecisionWord;
  readonly reasons: readonly LocatedReason[];
  readonly missingContext: readonly string[];
  /** Why AWS decides otherwise; `undefined` where it does not. */
  readonly cause: LiveCause | undefined;
  /** Sentences about the answer as a whole. */
  readonly notes: readonly string[];
}

/**
 * - `unseen`: AWS's simulator does not look at something that bears on the request
 * - `organization`: the organisation's policies stand in the way
 * - `account`: AWS has other policies than the files; with these it decides as we do
 * - `otherwise`: one of the two is wrong
 */
export type LiveCause = "unseen" | "organization" | "account" | "otherwise";

export interface LiveAnswers {
  readonly answer: LiveAnswer;
  /** About the policies as they are written here, where that was asked too. */
  readonly asWritten?: LiveAnswer | undefined;
}

/** @param texts how else AWS may have a document than as we send it */
export function liveVerdict(
  account: Account,
  question: Question,
  { verdict, unseen, asWritten: written }: LiveRequest & { readonly ok: true },
  { answer, asWritten }: LiveAnswers,
  texts: (holder: SoundDocument) => readonly string[],
): LiveVerdict {
  const { decision, organization, boundary } = answer;
  const request = requestOf(account, question);
  const named = request.ok
    ? answer.matched.map((it): LocatedReason => {
        const meant = meantStatement(it, request.request.policies, request.documents, texts);
        return reasonFor(it, meant, decision, verdict.reasons);
      })
    : [];
  const agrees = decision === verdict.decision;
  const cause = agrees
    ? undefined
    : unseen.length > 0
      ? "unseen"
      : organization === false
        ? "organization"
        : asWritten?.decision === verdict.decision
          ? "account"
          : "otherwise";
  const limits = [
    ...(organization === false
      ? [limit("scp", "The organisation's service control policies do not allow it.")]
      : []),
    ...(boundary === false ? [limit("boundary", "The permissions boundary does not allow it.")] : []),
  ];
  const reasons = [...once(named), ...limits];
  return {
    decision,
    missingContext: answer.missingContext,
    cause,
    // Of what nothing allows AWS names nothing; what came near is then ours to say.
    reasons:
      reasons.length > 0
        ? reasons
        : agrees
          ? verdict.reasons
          : [limit("identity", "AWS names no statement.")],
    notes: [
      written === undefined
        ? "AWS's policy simulator was asked about the policies as they are written here."
        : `AWS's policy simulator was asked about \`${question.principal.name}\` with the policies that AWS has.`,
      agrees
        ? "Offline we decide the same."
        : `**Offline we decide otherwise: ${CELL_WORDS[verdict.decision]}.** ${CAUSES[cause ?? "otherwise"]}`,
      ...(unseen.length > 0 ? [`AWS's simulator does not look at ${unseen.join(", ")}.`] : []),
    ],
  };
}

export const CAUSES: Readonly<Record<LiveCause, string>> = {
  unseen: "What AWS's simulator does not look at can be why.",
  organization:
    "The organisation's service control policies do not allow it, which the account file may not have.",
  account:
    "With the policies as they are written here AWS decides as we do: the account is not as the files say, and a plan shows the difference.",
  otherwise: "One of the two is wrong: the report of disagreements is about that.",
};

function reasonFor(
  { policy, start }: LiveStatement,
  { source, holder, statement }: ReturnType<typeof meantStatement>,
  decision: DecisionWord,
  ours: readonly LocatedReason[],
): LocatedReason {
  const effect = decision === "explicitDeny" ? DENY : ALLOW;
  if (holder === undefined || statement === undefined) {
    const line = start === undefined ? "" : `, at line ${start.line} of the text that it has`;
    const because = `AWS names a statement of \`${holder?.name ?? policy}\`${line}.`;
    return { source, policy: holder?.name ?? policy, effect, matched: true, because };
  }
  const pointer = statementPointer(holder, statement);
  const known = ours.find((it) => it.file === holder.file && it.pointer === pointer);
  const { sid } = statement;
  return {
    source,
    policy: holder.name,
    statement: statement.index,
    effect: statement.effect?.value === DENY ? DENY : ALLOW,
    matched: true,
    because: known?.matched && known.effect === effect ? known.because : "AWS names this statement.",
    file: holder.file,
    pointer,
    ...(sid && { sid: sid.value }),
  };
}

function limit(source: LocatedReason["source"], because: string): LocatedReason {
  return { source, policy: "", matched: false, because };
}

function once(reasons: readonly LocatedReason[]): readonly LocatedReason[] {
  const keyOf = ({ file, pointer, because }: LocatedReason) => `${file} ${pointer ?? because}`;
  return [...new Map(reasons.map((it) => [keyOf(it), it])).values()];
}
