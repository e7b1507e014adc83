/**
 * `iamPolicy/checkAccess`: does a policy give access that it should not, with the statements that do. Nothing is asked of
 * AWS; `lsp/aws-checks.ts` asks it the same questions.
 */
import type { CheckFailure } from "../../account/access-check.js";
import {
  checkMarkdown,
  describeGain,
  describeShown,
  type Promised,
  promiseOf,
} from "../../account/access-check-report.js";
import { type AccessCheck, runAccessCheck } from "../../account/run-access-check.js";
import type { Policy, Statement } from "../../policy/policy.js";
import { languageOf } from "../../syntax/document.js";
import type { Desk } from "../account-desk.js";
import type {
  AccessQuestion,
  CheckAccessAnswer,
  CheckAccessParams,
  GivingStatement,
  Place,
  Refusal,
} from "../account-questions.js";
import { counterpart } from "../counterpart.js";
import { type DocumentPolicies, documentPolicies, isTemplate } from "../document-policies.js";
import type { FileState } from "../file-state.js";
import { lonePolicy, refuse } from "./asked-account.js";

export function checkAccess(desk: Desk, params: CheckAccessParams): CheckAccessAnswer | Refusal {
  const { now, catalogue } = desk;
  const found = written(now, params.uri, params.policy);
  if (!found.ok) return found;
  const { lone } = found;
  const asked = questionOf(desk, params);
  if (!asked.ok) return asked;
  const answer = runAccessCheck(lone.document, asked.check, catalogue);
  if (!answer.ok) return refuse(answer.message);
  const { failures } = answer;
  const passed = failures.length === 0;
  const promise = promiseOf(promisedBy(params, now));
  const placeOf = (statement: Statement) => now.placeOfSpan(lone.file, statement);
  const document = checkMarkdown(failures, { name: lone.file, promise }, catalogue, (statement) =>
    linkTo(placeOf(statement), lone.file),
  );
  return {
    ok: true,
    check: params.check,
    passed,
    headline: `${passed ? "✔ Pass" : "✖ Fail"}: ${promise}`,
    document,
    statements: givingStatements(failures, placeOf, desk),
  };
}

/** What is checked, in words. */
export function promisedBy(question: AccessQuestion, now: Pick<FileState, "shownUri">): Promised {
  switch (question.check) {
    case "no-new-access": {
      const { against, title } = question;
      const other = typeof against === "object" && "uri" in against ? now.shownUri(against.uri) : undefined;
      return { check: "no-new-access", reference: title ?? other ?? "the saved version" };
    }
    case "access-not-granted":
      return {
        check: "access-not-granted",
        actions: question.actions ?? [],
        resources: question.resources ?? [],
      };
    case "no-public-access":
      return { check: "no-public-access" };
  }
}

type Written = ReturnType<typeof lonePolicy>;

/** A policy that is written out: of what a template fills in, nobody can tell here what it gives. */
function written(state: FileState, uri: string, index: number | undefined): Written {
  const found = lonePolicy(state, uri, index);
  return found.ok && isTemplate(found.lone.document) ? refuse(FILLED_IN_LATER) : found;
}

const FILLED_IN_LATER =
  "A template fills in a part of this policy when it is deployed: what it gives then cannot be told here.";

function questionOf(
  desk: Desk,
  params: CheckAccessParams,
): { readonly ok: true; readonly check: AccessCheck } | Refusal {
  switch (params.check) {
    case "no-new-access": {
      const reference = referenceOf(desk, params);
      if (!reference.ok) return refuse(`In the version to compare with: ${reference.message}`);
      return { ok: true, check: { check: "no-new-access", reference: reference.document } };
    }
    case "access-not-granted": {
      const { check, actions = [], resources = [] } = params;
      if (actions.length + resources.length > 0) return { ok: true, check: { check, actions, resources } };
      return refuse("Say which actions or resources must not be granted.");
    }
    case "no-public-access":
      return { ok: true, check: { check: "no-public-access", ...(params.type && { type: params.type }) } };
  }
}

/** The policy that says what may be given. */
function referenceOf(
  desk: Desk,
  { against, uri, policy = 0 }: CheckAccessParams & { readonly check: "no-new-access" },
): { readonly ok: true; readonly document: Policy } | Refusal {
  if (typeof against === "object" && "text" in against) {
    const [document] = documentPolicies(against.text, "json").policies;
    return document === undefined ? refuse("This is not a policy.") : { ok: true, document };
  }
  const isOther = typeof against === "object" && "uri" in against;
  const found = isOther
    ? written(desk.now, against.uri, against.policy)
    : olderVersion(desk, uri, policy, against);
  return found.ok ? { ok: true, document: found.lone.document } : found;
}

function olderVersion(
  desk: Desk,
  uri: string,
  index: number,
  against: Parameters<Desk["other"]>[0],
): Written {
  const before = desk.other(against);
  const old = policiesIn(before, uri);
  if (old.policies.length === 0) return written(before, uri, 0);
  const same = counterpart(policiesIn(desk.now, uri), index, old);
  if (same === undefined)
    return refuse("Which of its policies is this one cannot be told. Compare with a file instead.");
  return written(before, uri, old.policies.indexOf(same));
}

function policiesIn(state: FileState, uri: string): DocumentPolicies {
  return documentPolicies(state.readUri(uri) ?? "", languageOf(decodeURIComponent(uri)));
}

function givingStatements(
  failures: readonly CheckFailure[],
  placeOf: (statement: Statement) => Place | undefined,
  { catalogue }: Desk,
): readonly GivingStatement[] {
  const by = new Map<Statement, string[]>();
  for (const failure of failures) {
    const because = `${describeGain({ ...failure, statements: [] }, catalogue)}: ${describeShown(failure)}.`;
    for (const statement of failure.statements) by.set(statement, [...(by.get(statement) ?? []), because]);
  }
  return [...by].map(([statement, reasons]) => {
    const place = placeOf(statement);
    const more = reasons.length > FEW ? ` And ${reasons.length - FEW} more.` : "";
    return {
      index: statement.index,
      because: reasons.slice(0, FEW).join(" ") + more,
      ...(statement.sid && { sid: statement.sid.value }),
      ...(place && { place }),
    };
  });
}

const FEW = 3;

function linkTo(place: Place | undefined, file: string): string {
  const line = place === undefined ? "" : `:${place.range.start.line + 1}`;
  return `\`${file}${line}\``;
}
