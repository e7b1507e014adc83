/** `iam-policy validate`: what IAM Access Analyzer says about policies, beside what we say. It asks AWS. */
import { existsSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Snapshot } from "../../account/change/snapshot-shape.js";
import { SEVERITIES } from "../../lint/rule.js";
import { counted } from "../../policy/counted.js";
import { POLICY_KINDS, type PolicyKind } from "../../policy/words.js";
import { languageOf } from "../../syntax/document.js";
import { type AskHere, checkOffline } from "../../workspace/aws-check.js";
import type { AwsConnection } from "../../workspace/aws-connection.js";
import { checkDisagreement } from "../../workspace/check-disagreement.js";
import { findDisagreements, renderDisagreements } from "../../workspace/disagreements.js";
import { countPaidCalls } from "../../workspace/paid-calls.js";
import { type ValidatedPolicy, validateWithAws } from "../../workspace/validate-with-aws.js";
import { Workspace, type WorkspacePorts } from "../../workspace/workspace.js";
import { oneOf, readArguments } from "../arguments.js";
import { AWS_FLAGS, AWS_USAGE, type AwsPorts, withAws } from "../aws-flags.js";
import type { ChangeCommandPorts } from "../change-target.js";
import { complainAboutConfigurations, useConfiguration } from "../configurations.js";
import { discover } from "../discover.js";
import { sharedReport } from "../file-report.js";
import {
  type AnsweredCheck,
  agreed,
  demandConsent,
  makeChecks,
  type Opened,
  PAID_FLAGS,
  PAID_USAGE,
  prepareChecks,
  type Till,
  wantedChecks,
} from "../paid-checks.js";
import { readTextFile, reasonOf } from "../read-text.js";
import { atLeast, type FileReport } from "../report.js";
import { awsChecksJson, reportAwsCheckText } from "../reporters/aws-checks.js";
import { reportJson } from "../reporters/json.js";
import { reportText } from "../reporters/text.js";
import { EXIT, type ExitCode, type Terminal, UsageError } from "../terminal.js";

export const usage = `usage: iam-policy validate PATH…
Checks policies here and with IAM Access Analyzer: their texts are sent to AWS. This is free of charge.
  --format text|json         how to print what is found (text)
  --kind KIND                ${POLICY_KINDS.join(" ")}
  --config FILE              configuration to use, wherever the policies lie
  --fail-on error|warning|info|hint  exit with 1 from this severity on (error)
  --report FILE              write where we and AWS disagree, for an issue: names and account ids are replaced
${PAID_USAGE}${AWS_USAGE}Exit 0: nothing at or above --fail-on, and every check passed. 1: something. 2: wrong usage, or AWS could not be asked.
`;

const FLAGS = {
  format: { type: "string" },
  kind: { type: "string" },
  config: { type: "string" },
  "fail-on": { type: "string" },
  report: { type: "string" },
  ...PAID_FLAGS,
  ...AWS_FLAGS,
} as const;

export async function validateCommand(
  args: readonly string[],
  terminal: Terminal,
  ports: WorkspacePorts & AwsPorts & ChangeCommandPorts,
  version: string,
): Promise<ExitCode> {
  const { values, positionals } = readArguments(args, FLAGS);
  const format = oneOf("format", values["format"], ["text", "json"]) ?? "text";
  const failOn = oneOf("fail-on", values["fail-on"], SEVERITIES) ?? "error";
  const kind = oneOf("kind", values["kind"], POLICY_KINDS);
  if (positionals.length === 0) throw new UsageError("Name the policies: iam-policy validate PATH…");
  const workspace = new Workspace(ports);
  if (typeof values["config"] === "string") useConfiguration(values["config"], workspace, terminal);
  const files = openFiles(positionals, kind, workspace, terminal, ports);
  const wanted = wantedChecks(files, values, workspace, terminal);
  demandConsent(wanted, values, terminal);
  const signal = terminal.interruption?.();
  const here: AskHere = async (asked) => checkOffline(asked, ports.catalogue());
  return withAws(values, terminal, ports, async (aws) => {
    const checks = await prepareChecks(wanted, liveAccount(aws, signal), here);
    const till = checks.length === 0 ? undefined : await openTill(aws, workspace, files, terminal, ports);
    if (till !== undefined && !(await agreed(checks, till, values, terminal))) return EXIT.usage;
    const reports: FileReport[] = [];
    const validated: ValidatedPolicy[] = [];
    for (const { source, analysis, variables } of files) {
      terminal.progress?.(`${source.shown} …`);
      const result = await validateWithAws(analysis, variables, aws.validator, {
        ...(terminal.locale !== undefined && { locale: terminal.locale }),
        ...(signal && { signal }),
      });
      validated.push(...result.asked);
      for (const { why } of result.notAsked) terminal.err(`${source.shown}: ${why}\n`);
      reports.push(sharedReport(source.shown, terminal.cwd, analysis, result.findings));
    }
    terminal.progress?.("");
    if (format === "text") {
      terminal.out(reportText({ files: reports }, terminal.colours));
      terminal.out(`${counted(validated.length, "policy", "policies")} validated by ${aws.name}.\n`);
    }
    const answered: AnsweredCheck[] = [];
    try {
      if (till !== undefined)
        await makeChecks(checks, aws, till, (it) => void answered.push(shown(it, format, terminal)), signal);
    } finally {
      if (format === "json") terminal.out(reportJson({ files: reports }, awsChecksJson(answered)));
      if (till !== undefined) terminal.err(`${await till.calls.told(till.accountId, till.log)}\n`);
    }
    if (typeof values["report"] === "string") {
      const cases = await Promise.all(
        answered.map(({ check, result }) => checkDisagreement(check, result, here)),
      );
      const text = renderDisagreements(
        findDisagreements(validated, ports.catalogue()),
        version,
        cases.filter((it) => it !== undefined),
      );
      writeReport(values["report"], text, terminal);
    }
    const found = reports.some((it) => it.findings.some(({ finding }) => atLeast(finding.severity, failOn)));
    return found || answered.some(({ result }) => !result.passed) ? EXIT.findings : EXIT.ok;
  });
}

function shown(answered: AnsweredCheck, format: "text" | "json", { out, colours }: Terminal): AnsweredCheck {
  if (format === "text") out(reportAwsCheckText(answered, colours));
  return answered;
}

/** Reads the account when first asked for it. */
function liveAccount({ target }: AwsConnection, signal: AbortSignal | undefined): () => Promise<Snapshot> {
  let read: Promise<Snapshot> | undefined;
  return () => {
    read ??= target.read(signal === undefined ? {} : { signal });
    return read;
  };
}

async function openTill(
  { target }: AwsConnection,
  workspace: Workspace,
  [first]: readonly Opened[],
  { cwd }: Terminal,
  { change }: ChangeCommandPorts,
): Promise<Till> {
  const folder = workspace.recordsFolderFor(first?.source.path) ?? cwd;
  const accountId = await target.accountId();
  return { accountId, calls: countPaidCalls(change), log: change.paidCalls(folder) };
}

/** @throws UsageError */
function openFiles(
  paths: readonly string[],
  kind: PolicyKind | undefined,
  workspace: Workspace,
  terminal: Terminal,
  ports: WorkspacePorts,
): readonly Opened[] {
  const files = discover(paths, terminal.cwd, ports.listFiles).flatMap((source): readonly Opened[] => {
    if (!source.named && workspace.isIgnored(source.path)) return [];
    const text = readTextFile(source.path, source.shown);
    if (!source.named && !/statement/i.test(text)) return [];
    workspace.setKind(source.path, kind);
    const analysis = workspace.analyseText(source.path, text, languageOf(source.path), source.named);
    const { variables } = workspace.configurationFor(source.path).configuration;
    if (analysis.policies.length > 0) return [{ source, analysis, variables }];
    if (!source.named) return [];
    throw new UsageError(`${source.shown}: no policy was found in this file.`);
  });
  complainAboutConfigurations(workspace, terminal, ports.today(), paths);
  if (files.length === 0) throw new UsageError(`No policy was found in ${paths.join(", ")}.`);
  return files;
}

/** @throws UsageError where it cannot be written */
function writeReport(file: string, text: string, { cwd, out }: Terminal): void {
  if (text === "") {
    out("We and AWS agree: there is nothing to report.\n");
    return;
  }
  const path = resolve(cwd, file);
  if (existsSync(path)) throw new UsageError(`${file} is there already: name another file with --report.`);
  try {
    writeFileSync(path, text, { flag: "wx" });
  } catch (error) {
    throw new UsageError(`${file} cannot be written: ${reasonOf(error)}`);
  }
  out(`Where we and AWS disagree is in ${file}.\n`);
}
