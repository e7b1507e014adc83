/** The command line: finds the command and turns its errors into a message and an exit code. */
import { TargetError } from "../account/change/target.js";
import { nearest } from "../policy/nearest.js";
import type { TemplatePorts } from "../workspace/template-library.js";
import type { WorkspacePorts } from "../workspace/workspace.js";
import type { WritePorts } from "../workspace/write-files.js";
import type { AwsPorts } from "./aws-flags.js";
import type { ChangeCommandPorts } from "./change-target.js";
import { accountCheckCommand, usage as accountCheckUsage } from "./commands/account-check.js";
import { applyCommand, usage as applyUsage } from "./commands/apply.js";
import { checkCommand, usage as checkUsage } from "./commands/check.js";
import { diffCommand, usage as diffUsage } from "./commands/diff.js";
import { explainCommand, usage as explainUsage } from "./commands/explain.js";
import { importCommand, usage as importUsage } from "./commands/import.js";
import { journalCommand, usage as journalUsage } from "./commands/journal.js";
import { lintCommand, usage as lintUsage } from "./commands/lint.js";
import { matrixCommand, usage as matrixUsage } from "./commands/matrix.js";
import { publishCommand, usage as publishUsage } from "./commands/publish.js";
import { restoreCommand, usage as restoreUsage } from "./commands/restore.js";
import { rollbackCommand, usage as rollbackUsage } from "./commands/rollback.js";
import { scaffoldCommand, usage as scaffoldUsage } from "./commands/scaffold.js";
import { simulateCommand, usage as simulateUsage } from "./commands/simulate.js";
import { snapshotCommand, usage as snapshotUsage } from "./commands/snapshot.js";
import { testCommand, usage as testUsage } from "./commands/test.js";
import { validateCommand, usage as validateUsage } from "./commands/validate.js";
import { EXIT, type ExitCode, type Terminal, UsageError } from "./terminal.js";

export interface CliPorts extends WorkspacePorts, WritePorts, AwsPorts, ChangeCommandPorts, TemplatePorts {
  readonly readPage: (rule: string) => string | undefined;
  readonly version: string;
}

interface Command {
  readonly usage: string;
  readonly run: (
    args: readonly string[],
    terminal: Terminal,
    ports: CliPorts,
  ) => ExitCode | Promise<ExitCode>;
}

const COMMANDS: Readonly<Record<string, Command>> = {
  lint: {
    usage: lintUsage,
    run: (args, terminal, ports) => lintCommand(args, terminal, ports, ports.version),
  },
  simulate: { usage: simulateUsage, run: simulateCommand },
  matrix: { usage: matrixUsage, run: matrixCommand },
  test: { usage: testUsage, run: testCommand },
  diff: { usage: diffUsage, run: diffCommand },
  check: { usage: checkUsage, run: checkCommand },
  scaffold: { usage: scaffoldUsage, run: scaffoldCommand },
  validate: {
    usage: validateUsage,
    run: (args, terminal, ports) => validateCommand(args, terminal, ports, ports.version),
  },
  publish: { usage: publishUsage, run: publishCommand },
  restore: { usage: restoreUsage, run: restoreCommand },
  "account-check": { usage: accountCheckUsage, run: accountCheckCommand },
  snapshot: { usage: snapshotUsage, run: snapshotCommand },
  import: { usage: importUsage, run: importCommand },
  apply: { usage: applyUsage, run: applyCommand },
  rollback: { usage: rollbackUsage, run: rollbackCommand },
  journal: { usage: journalUsage, run: journalCommand },
  explain: {
    usage: explainUsage,
    run: (args, terminal, ports) => explainCommand(args, terminal, ports.readPage),
  },
};

const USAGE = `usage: iam-policy COMMAND
  scaffold      start from a template: policies, account and access tests
  lint          check policies, and repair what is safe to repair
  simulate      decide a request as AWS would, offline
  matrix        who may do what in an account
  test          run access tests: what people can do, and cannot
  diff          say which access a change of policies or accounts gives and takes
  check         refuse new access, some access, or public access
  explain       say what a rule reports and why
  apply         make an account what its file says: plan, confirm, carry out
  rollback      take back what an apply did
  journal       list what was applied, and where it stopped
  validate      check policies with IAM Access Analyzer too (asks AWS)
  snapshot      store an AWS account's users, groups, roles, policies and bucket policies (asks AWS)
  import        write an account as iam-account.json and policy files (asks AWS without a snapshot)
  account-check root user, passwords, MFA, old keys, odd policies of an AWS account (asks AWS)
  publish       store an account file and its policies as a master copy in a bucket (asks AWS)
  restore       write the files of the master copy (asks AWS)
  --version
iam-policy COMMAND --help tells more.
`;

export async function run(args: readonly string[], terminal: Terminal, ports: CliPorts): Promise<ExitCode> {
  const [name, ...rest] = args;
  if (name === "--version" || name === "-v") return print(terminal, `${ports.version}\n`);
  if (name === "help" && rest.length > 0) return await run([...rest.slice(0, 1), "--help"], terminal, ports);
  if (name === "--help" || name === "-h" || name === "help") return print(terminal, USAGE);
  const command = name === undefined ? undefined : COMMANDS[name];
  if (command === undefined) {
    const near = name === undefined ? undefined : nearest(name, Object.keys(COMMANDS));
    const hint = near === undefined ? "" : ` Did you mean ${near}?`;
    terminal.err(`${name === undefined ? "" : `There is no command ${name}.${hint}\n`}${USAGE}`);
    return EXIT.usage;
  }
  if (rest.includes("--help") || rest.includes("-h")) return print(terminal, command.usage);
  try {
    return await command.run(rest, terminal, ports);
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof TargetError)) throw error;
    terminal.err(`${error.message}\n`);
    return EXIT.usage;
  }
}

function print(terminal: Terminal, text: string): ExitCode {
  terminal.out(text);
  return EXIT.ok;
}
