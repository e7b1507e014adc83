/**
 * `iamPolicy/runAccessTests`: access tests run one after the other, each failure with the place of the statement that
 * decided, and on demand which statements applied at all.
 */
import type { Account } from "../../account/account.js";
import { describeFailure } from "../../account/describe-failure.js";
import { describeProblem } from "../../account/problem.js";
import { type AccessFailure, decidingReasons, runAccessTest } from "../../account/run-access-tests.js";
import { Statements, statementPlaces } from "../../account/statement-coverage.js";
import type { Desk } from "../account-desk.js";
import type {
  AccessTestMessage,
  AccessTestOutcome,
  AccessTestsAnswer,
  FileCoverageAnswer,
  RunAccessTestsParams,
} from "../account-questions.js";
import type { FileState } from "../file-state.js";
import { pathOf } from "../file-uri.js";

export async function runAccessTests(desk: Desk, params: RunAccessTestsParams): Promise<AccessTestsAnswer> {
  const { now, catalogue } = desk;
  const covered = params.coverage === true ? new Statements() : undefined;
  const accounts = new Set<Account>();
  const sources = new Set<string>();
  const results: AccessTestOutcome[] = [];
  for (const { uri, pointers } of params.files) {
    const path = pathOf(uri);
    if (path === undefined) continue;
    const { account, tests, problems } = now.files.accessTests(path);
    sources.add(uri);
    const accountPath = now.files.accountPathOf(path);
    if (accountPath !== undefined) {
      for (const source of now.files.sources(accountPath)) sources.add(now.uriOf(source));
    }
    if (account !== undefined) accounts.add(account);
    const why = problems.map(describeProblem)[0] ?? "There is no account to ask.";
    for (const test of tests) {
      if (pointers !== undefined && !pointers.includes(test.pointer)) continue;
      if (!(await desk.goOn())) return { results, sources: [...sources] };
      const { pointer } = test;
      const ran = account && runAccessTest(test, account, catalogue, covered);
      const result: AccessTestOutcome = {
        uri,
        pointer,
        outcome: ran?.outcome ?? "error",
        decisions: ran?.decisions ?? 0,
        messages:
          ran === undefined
            ? [{ message: why }]
            : [
                ...ran.errors.map((message) => ({ message })),
                ...ran.failures.map((failure) => messageOf(now, failure)),
              ],
      };
      if (desk.part === undefined) results.push(result);
      else desk.part([result]);
    }
  }
  const coverage = covered && coverageOf(now, accounts, covered);
  return { results, sources: [...sources], ...(coverage && { coverage }) };
}

function messageOf(now: FileState, failure: AccessFailure): AccessTestMessage {
  const { decision, reasons, expected } = failure;
  const place = decidingReasons(decision, reasons)
    .flatMap(({ file, pointer, element }) =>
      file === undefined || pointer === undefined ? [] : (now.place(file, element ?? pointer) ?? []),
    )
    .at(0);
  return {
    message: `${describeFailure(failure)}\n${failure.message}`,
    expected: expected === "can" ? "allowed" : "denied",
    actual: decision,
    ...(place && { place }),
  };
}

function coverageOf(
  now: FileState,
  accounts: Iterable<Account>,
  covered: Statements,
): readonly FileCoverageAnswer[] {
  const byFile = new Map<string, FileCoverageAnswer["statements"][number][]>();
  for (const place of statementPlaces(accounts)) {
    const at = now.place(place.file, place.pointer);
    if (at === undefined) continue;
    const list = byFile.get(at.uri) ?? [];
    byFile.set(at.uri, list);
    list.push({ range: at.range, name: place.sid ?? place.pointer, covered: covered.has(place) });
  }
  return [...byFile].map(([uri, statements]) => ({ uri, statements }));
}
