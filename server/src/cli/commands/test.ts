/** `iam-policy test`: runs access tests, and says which statement decided where one does not hold. */
import { ACCESS_TEST_FILE } from "../../account/access-test.js";
import type { Account } from "../../account/account.js";
import { describeProblem } from "../../account/problem.js";
import { type AccessTestResult, runAccessTest } from "../../account/run-access-tests.js";
import { Statements, statementCoverage } from "../../account/statement-coverage.js";
import type { WorkspacePorts } from "../../workspace/workspace.js";
import { openAccounts } from "../accounts.js";
import { oneOf, readArguments } from "../arguments.js";
import { discover } from "../discover.js";
import { type AccessReport, reportAccessJson } from "../reporters/access-json.js";
import { reportAccessJunit } from "../reporters/access-junit.js";
import { reportAccessText } from "../reporters/access-text.js";
import { EXIT, type ExitCode, type Terminal, UsageError } from "../terminal.js";

export const usage = `usage: iam-policy test [paths…]
  --format text|json|junit   how to print the results (text)
  --coverage                 name the statements that no test exercises
  --managed-policies FILE    documents of AWS's managed policies
Folders are searched for *.access-test.json.
Exit 0: every test holds. 1: some fail. 2: wrong usage, no test, or tests and accounts that cannot be used.
`;

const FLAGS = {
  format: { type: "string" },
  coverage: { type: "boolean" },
  "managed-policies": { type: "string" },
} as const;

export function testCommand(args: readonly string[], terminal: Terminal, ports: WorkspacePorts): ExitCode {
  const { values, positionals } = readArguments(args, FLAGS);
  const format = oneOf("format", values["format"], ["text", "json", "junit"]) ?? "text";
  const paths = positionals.length > 0 ? positionals : ["."];
  const sources = discover(paths, terminal.cwd, ports.listFiles).filter(
    ({ path, named }) => named || ACCESS_TEST_FILE.test(path),
  );
  if (sources.length === 0) throw new UsageError(`There is no *.access-test.json in ${paths.join(", ")}.`);
  const catalogue = ports.catalogue();
  const open = openAccounts(terminal, ports, values["managed-policies"]);
  const covered = values["coverage"] === true ? new Statements() : undefined;
  const accounts = new Set<Account>();
  const files = sources.map(({ path, shown }) => {
    const { account, tests, problems } = open.files.accessTests(path);
    open.complain(problems);
    if (account !== undefined) accounts.add(account);
    const why = problems.map(describeProblem)[0] ?? "There is no account to ask.";
    const results = tests.map(
      (test): AccessTestResult =>
        account === undefined
          ? { test, outcome: "error", decisions: 0, failures: [], errors: [why] }
          : runAccessTest(test, account, catalogue, covered),
    );
    return { file: shown, results };
  });
  const coverage = covered && statementCoverage(accounts, covered);
  const report: AccessReport = { files, coverage };
  if (format === "json") terminal.out(reportAccessJson(report));
  else if (format === "junit") terminal.out(reportAccessJunit(report));
  else terminal.out(reportAccessText(report, terminal.colours));
  const results = files.flatMap((it) => it.results);
  if (results.length === 0) throw new UsageError("No test was run.");
  if (open.complained() || results.some(({ outcome }) => outcome === "error")) return EXIT.usage;
  return results.some(({ outcome }) => outcome === "failed") ? EXIT.findings : EXIT.ok;
}
