/**
 * The checks that editors have been shown the price of, by id, so that what is paid for is what was agreed to, once. What
 * is asked and what the answer means is `workspace/aws-check.ts`'s.
 */

import type { CancellationToken } from "vscode-languageserver";
import type { SubmittedPolicy } from "../lint/online/policy-validator.js";
import { submit } from "../lint/online/submitted-policy.js";
import { languageOf } from "../syntax/document.js";
import { promisedBy } from "../workspace/account-answers/check-access.js";
import type { Analysis } from "../workspace/analysis.js";
import {
  type AskHere,
  type AwsCheck,
  type AwsQuestion,
  askAws,
  OPERATIONS,
  prepareAwsCheck,
} from "../workspace/aws-check.js";
import { awsCheckMarkdown, type PlacedStatement, statementsByAws } from "../workspace/aws-check-report.js";
import { checkDisagreement } from "../workspace/check-disagreement.js";
import { counterpart } from "../workspace/counterpart.js";
import { renderDisagreements } from "../workspace/disagreements.js";
import type { PlacedPolicies } from "../workspace/document-policies.js";
import { costOf, type RecordedCall } from "../workspace/paid-calls.js";
import type { Asking } from "./asking.js";
import { askDesk, settingOf } from "./handlers/account-questions.js";
import type { AwsCheckAnswer, AwsCheckView, CheckAccessParams } from "./protocol.js";
import { refusal } from "./refusal.js";
import { rememberShown } from "./remember-shown.js";
import { pathOf, type Session, textAt, type View, viewOf } from "./session.js";

export interface AwsChecks {
  /** Pays nothing. @throws ResponseError, TargetError */
  prepare(params: CheckAccessParams, asking: Asking, token: CancellationToken): Promise<AwsCheckView>;
  /** @throws ResponseError, TargetError */
  run(id: string, asking: Asking, token: CancellationToken): Promise<AwsCheckAnswer>;
}

interface Prepared {
  readonly check: AwsCheck;
  readonly view: Pick<View, "uri" | "version">;
  readonly statements: readonly PlacedStatement[];
  readonly call: RecordedCall;
}

export function createAwsChecks(session: Session): AwsChecks {
  const { workspace, change, paidCalls, documents } = session;
  const kept = rememberShown<Prepared>("check");
  /** In the thread that answers questions about accounts: it may take longer than a keystroke may wait. */
  const here =
    (token: CancellationToken): AskHere =>
    (asked) =>
      askDesk(session, "check/offline", asked, settingOf(session), undefined, token);
  const isCurrent = ({ uri, version }: Prepared["view"]): boolean => documents.get(uri)?.version === version;

  return {
    async prepare(params, { signal }, token) {
      const view = viewOf(session, params.uri);
      if (view === undefined) throw refusal(NO_POLICY);
      const { uri, version } = view;
      const submitted = submittedFrom(session, view.analysis, params.policy ?? 0, uri);
      const found = await prepareAwsCheck(submitted, questionOf(session, view, params), here(token));
      if (!found.ok) throw refusal(found.why);
      const { check } = found;
      // Where they stand now: what is analysed moves on with the next keystroke.
      const statements = placedStatements(view, params.policy ?? 0);
      const { target } = await session.aws.connection();
      const accountId = await target.accountId({ signal });
      const folder = workspace.recordsFolderFor(pathOf(uri));
      const log = folder === undefined ? undefined : change.paidCalls(folder);
      const call = { accountId, operation: OPERATIONS[check.question.check], log };
      return {
        id: kept.keep({ check, view: { uri, version }, statements, call }),
        question: `Ask AWS to check this policy: ${check.promise}?`,
        detail: [
          `This makes ${costOf(1)}.`,
          await paidCalls.told(accountId, log),
          `Here, free of charge, it ${check.here.passed ? "passes" : "fails"}.`,
        ].join("\n"),
      };
    },
    async run(id, { signal }, token) {
      const prepared = kept.take(id);
      if (prepared === undefined) throw refusal("This check has been made already: ask for it anew.");
      const { check, view, statements, call } = prepared;
      if (!isCurrent(view))
        throw refusal("The policy has changed meanwhile: AWS was not asked, and nothing was paid.");
      const { validator } = await session.aws.connection();
      const result = await paidCalls.make(call, () => askAws(check, validator, { signal }), signal);
      const answered = { check, result, statements, name: nameOf(session, view.uri) };
      const paid = await paidCalls.told(call.accountId, call.log);
      const different = await checkDisagreement(check, result, here(token));
      return {
        check: check.question.check,
        passed: result.passed,
        headline: `${result.passed ? "✔ Pass" : "✖ Fail"} by AWS: ${check.promise}`,
        document: `${awsCheckMarkdown(answered)}\n${paid}\n`,
        // In a text that has changed meanwhile, nobody knows where they are.
        statements: isCurrent(view) ? statementsByAws(result, statements) : [],
        paid,
        ...(different !== undefined && {
          disagreement: renderDisagreements([], session.version, [different]),
        }),
      };
    },
  };
}

const NO_POLICY = "No policy was found in this document.";

function placedStatements({ uri, analysis, positions }: View, index: number): readonly PlacedStatement[] {
  const statements = analysis.policies[index]?.policy.statements ?? [];
  return statements.map(({ index: number, sid, start, end }) => ({
    index: number,
    sid: sid && { value: sid.value },
    place: { uri, range: positions.range({ start, end }) },
  }));
}

/** @throws ResponseError for a policy that AWS cannot be asked about */
function submittedFrom(
  { workspace }: Session,
  { policies, document }: Analysis,
  index: number,
  uri: string,
): SubmittedPolicy {
  const analysed = policies[index];
  if (analysed === undefined) throw refusal(NO_POLICY);
  const { variables } = workspace.configurationFor(pathOf(uri) ?? "").configuration;
  const submission = submit(analysed.policy, analysed, document.tree, variables);
  if (!submission.ok) throw refusal(submission.why);
  return submission.policy;
}

function questionOf(session: Session, view: View, params: CheckAccessParams): AwsQuestion {
  const promised = promisedBy(params, { shownUri: (uri) => nameOf(session, uri) });
  switch (params.check) {
    case "no-new-access":
      return {
        check: params.check,
        reference: referenceOf(session, view, params),
        title: promised.check === "no-new-access" ? promised.reference : "",
      };
    case "access-not-granted":
      return { check: params.check, actions: params.actions ?? [], resources: params.resources ?? [] };
    case "no-public-access":
      return { check: params.check, ...(params.type && { type: params.type }) };
  }
}

/** The text to compare with. @throws ResponseError */
function referenceOf(
  session: Session,
  { uri, analysis }: View,
  { against, policy = 0 }: CheckAccessParams & { readonly check: "no-new-access" },
): string {
  if (typeof against === "object" && "text" in against) return against.text;
  if (typeof against === "object" && "uri" in against) {
    const other = analysisOf(session, against.uri, currentText(session, against.uri));
    return submittedFrom(session, other, against.policy ?? 0, against.uri).text;
  }
  const path = pathOf(uri);
  const saved = path === undefined ? undefined : session.files.readFile(path);
  const replaced = against === "saved" ? undefined : against.texts[uri];
  const before = analysisOf(session, uri, replaced === undefined ? saved : (replaced ?? undefined));
  const same = counterpart(policiesOf(analysis), policy, policiesOf(before));
  const index = before.policies.findIndex((it) => it.policy === same);
  if (index < 0)
    throw refusal(
      "In the version to compare with: which of its policies is this one cannot be told. Compare with a file instead.",
    );
  return submittedFrom(session, before, index, uri).text;
}

function policiesOf({ policies, document }: Analysis): PlacedPolicies {
  return { root: document.tree.root, policies: policies.map(({ policy }) => policy) };
}

/** @throws ResponseError where there is no text */
function analysisOf({ workspace }: Session, uri: string, text: string | undefined): Analysis {
  if (text === undefined)
    throw refusal("In the version to compare with: there is no such file, or it cannot be read.");
  return workspace.analyseText(pathOf(uri) ?? uri, text, languageOf(decodeURIComponent(uri)), true);
}

function currentText(session: Session, uri: string): string | undefined {
  const path = pathOf(uri);
  return path === undefined ? session.documents.get(uri)?.getText() : textAt(session, path);
}

/** As shown to the user. */
function nameOf({ workspace }: Session, uri: string): string {
  const path = pathOf(uri);
  if (path === undefined) return uri.slice(uri.indexOf(":") + 1);
  const folder = workspace.folderOf(path);
  return folder === undefined ? path : workspace.relativePath(folder, path);
}
