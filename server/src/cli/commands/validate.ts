/** `iam-policy validate`: what IAM Access Analyzer says about policies, beside what we say. It asks AWS. */
import { existsSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { observedDocument } from "../../account/account-nodes.js";
import type { Snapshot } from "../../account/change/snapshot-shape.js";
import type { CheckResult, PolicyValidator, SubmittedPolicy } from "../../lint/online/policy-validator.js";
import { submit } from "../../lint/online/submitted-policy.js";
import { SEVERITIES } from "../../lint/rule.js";
import { POLICY_KINDS, type PolicyKind } from "../../policy/words.js";
import { languageOf } from "../../syntax/document.js";
import type { Analysis } from "../../workspace/analysis.js";
import { findDisagreements, renderDisagreements } from "../../workspace/disagreements.js";
import { type ValidatedPolicy, validateWithAws } from "../../workspace/validate-with-aws.js";
import { Workspace, type WorkspacePorts } from "../../workspace/workspace.js";
import { type Arguments, listOf, oneOf, readArguments } from "../arguments.js";
import { AWS_FLAGS, AWS_USAGE, type AwsPorts, withAws } from "../aws-flags.js";
import { complainAboutConfigurations, useConfiguration } from "../configurations.js";
import { discover, type Source } from "../discover.js";
import { sharedReport } from "../file-report.js";
import { gitText } from "../git-text.js";
import { readTextFile, reasonOf } from "../read-text.js";
import { atLeast, type FileReport } from "../report.js";
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
Checks that AWS charges for, each once a policy; the number of calls is shown first:
  --check-no-new-access OLD  nothing is allowed that OLD does not allow: a file, git:REVISION, or what is live,
                             such as aws:policy/NAME, aws:user/NAME/POLICY, aws:role/NAME/trust, aws:bucket/NAME
  --check-access-not-granted ACTION…   these actions are not allowed
  --on ARN…                  …on these resources
  --check-no-public-access   a resource policy lets not everybody in
  --yes                      make the calls without asking
${AWS_USAGE}Exit 0: nothing at or above --fail-on, and every check passed. 1: something. 2: wrong usage, or AWS could not be asked.
`;

const FLAGS = {
  format: { type: "string" },
  kind: { type: "string" },
  config: { type: "string" },
  "fail-on": { type: "string" },
  report: { type: "string" },
  "check-no-new-access": { type: "string" },
  "check-access-not-granted": { type: "string", multiple: true },
  on: { type: "string", multiple: true },
  "check-no-public-access": { type: "boolean" },
  yes: { type: "boolean" },
  ...AWS_FLAGS,
} as const;

/** One file, read and analysed. */
interface Opened {
  readonly source: Source;
  readonly analysis: Analysis;
  readonly variables: Readonly<Record<string, string>>;
}

/** A call that AWS charges for. */
interface PaidCheck {
  readonly title: string;
  readonly run: (validator: PolicyValidator, live: () => Promise<Snapshot>) => Promise<CheckResult>;
}

export async function validateCommand(
  args: readonly string[],
  terminal: Terminal,
  ports: WorkspacePorts & AwsPorts,
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
  const checks = paidChecks(files, values, workspace, terminal);
  if (!(await agreed(checks, values, terminal))) return EXIT.usage;
  return withAws(values, terminal, ports, async ({ validator, name, target }) => {
    const reports: FileReport[] = [];
    const validated: ValidatedPolicy[] = [];
    for (const { source, analysis, variables } of files) {
      terminal.progress?.(`${source.shown} …`);
      const result = await validateWithAws(analysis, variables, validator, {
        ...(terminal.locale !== undefined && { locale: terminal.locale }),
      });
      validated.push(...result.asked);
      for (const { why } of result.notAsked) terminal.err(`${source.shown}: ${why}\n`);
      reports.push(sharedReport(source.shown, terminal.cwd, analysis, result.findings));
    }
    terminal.progress?.("");
    terminal.out(
      format === "json" ? reportJson({ files: reports }) : reportText({ files: reports }, terminal.colours),
    );
    const policies = `${validated.length} ${validated.length === 1 ? "policy" : "policies"}`;
    if (format === "text") terminal.out(`${policies} validated by ${name}.\n`);
    if (typeof values["report"] === "string")
      writeReport(values["report"], validated, terminal, ports, version);
    let read: Promise<Snapshot> | undefined;
    const live = () => {
      read ??= target.read();
      return read;
    };
    const passed = await runChecks(checks, validator, live, terminal);
    const found = reports.some((it) => it.findings.some(({ finding }) => atLeast(finding.severity, failOn)));
    return found || !passed ? EXIT.findings : EXIT.ok;
  });
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
  complainAboutConfigurations(workspace, terminal, ports.today());
  if (files.length === 0) throw new UsageError(`No policy was found in ${paths.join(", ")}.`);
  return files;
}

/** @throws UsageError for a policy that AWS cannot be asked about */
function paidChecks(
  files: readonly Opened[],
  values: Arguments["values"],
  workspace: Workspace,
  terminal: Terminal,
): readonly PaidCheck[] {
  const old = values["check-no-new-access"];
  const actions = listOf(values["check-access-not-granted"]);
  const resources = listOf(values["on"]);
  if (resources.length > 0 && actions.length === 0)
    throw new UsageError("--on belongs to --check-access-not-granted ACTION….");
  const isPublic = values["check-no-public-access"] === true;
  if (typeof old !== "string" && actions.length === 0 && !isPublic) return [];
  return files.flatMap((file) => {
    const { shown } = file.source;
    const policies = submissions(file, shown);
    const checks: PaidCheck[] = [];
    if (typeof old === "string" && old.startsWith("aws:")) checks.push(liveCheck(old, policies, shown));
    else if (typeof old === "string") {
      const before = submissions({ ...file, analysis: analysisOfOld(old, file, workspace, terminal) }, old);
      if (before.length !== policies.length)
        throw new UsageError(
          `${shown} has ${policies.length} policies and ${old} has ${before.length}: they cannot be compared one by one.`,
        );
      for (const [index, policy] of policies.entries()) {
        const text = before[index]?.text ?? "";
        checks.push({
          title: `${shown}: no access that ${old} does not give`,
          run: (validator) => validator.checkNoNewAccess(text, policy),
        });
      }
    }
    for (const policy of policies) {
      if (actions.length > 0)
        checks.push({
          title: `${shown}: ${actions.join(", ")} not allowed${resources.length > 0 ? ` on ${resources.join(", ")}` : ""}`,
          run: (validator) => validator.checkAccessNotGranted(policy, { actions, resources }),
        });
      if (isPublic)
        checks.push({
          title: `${shown}: not public`,
          run: (validator) => validator.checkNoPublicAccess(policy),
        });
    }
    return checks;
  });
}

/** @throws UsageError for a file of several policies: one document is live under one id */
function liveCheck(old: string, policies: readonly SubmittedPolicy[], shown: string): PaidCheck {
  const [policy] = policies;
  if (policy === undefined || policies.length > 1)
    throw new UsageError(`${shown} has ${policies.length} policies, and ${old} is one.`);
  const id = old.slice("aws:".length);
  return {
    title: `${shown}: no access that ${id} does not give now`,
    run: async (validator, live) => {
      const found = observedDocument(await live(), id, undefined);
      if (found === undefined)
        throw new UsageError(
          `The account has no ${id}. Write it like policy/NAME, user/NAME/POLICY, role/NAME/trust or bucket/NAME.`,
        );
      return validator.checkNoNewAccess(found.text, policy);
    },
  };
}

/** @throws UsageError */
function submissions({ analysis, variables }: Opened, shown: string): readonly SubmittedPolicy[] {
  return analysis.policies.map((analysed) => {
    const submission = submit(analysed.policy, analysed, analysis.document.tree, variables);
    if (!submission.ok) throw new UsageError(`${shown}: ${submission.why}`);
    return submission.policy;
  });
}

/** @throws UsageError */
function analysisOfOld(old: string, { source }: Opened, workspace: Workspace, { cwd }: Terminal): Analysis {
  const text = old.startsWith("git:")
    ? gitText(source.path, old.slice("git:".length), source.shown)
    : readTextFile(resolve(cwd, old), old);
  return workspace.analyseText(source.path, text, languageOf(source.path), true);
}

/** Says how many calls cost money, and asks whether to make them. */
async function agreed(
  checks: readonly PaidCheck[],
  values: Arguments["values"],
  { ask, err }: Terminal,
): Promise<boolean> {
  if (checks.length === 0) return true;
  const calls = `${checks.length} call${checks.length === 1 ? "" : "s"} to AWS that AWS charges for`;
  if (values["yes"] === true) {
    err(`${calls}.\n`);
    return true;
  }
  if (ask === undefined)
    throw new UsageError(`This makes ${calls}. Add --yes to make them without being asked.`);
  if (/^y(?:es)?$/i.test(await ask(`This makes ${calls}. Go on? [y/N] `))) return true;
  err("Nothing was asked of AWS.\n");
  return false;
}

/** @returns whether all passed */
async function runChecks(
  checks: readonly PaidCheck[],
  validator: PolicyValidator,
  live: () => Promise<Snapshot>,
  { out }: Terminal,
): Promise<boolean> {
  let passed = true;
  for (const { title, run } of checks) {
    const result = await run(validator, live);
    passed &&= result.passed;
    const reasons = result.reasons.map(
      ({ description, statement }) => `  ${description}${statement === undefined ? "" : ` (${statement})`}\n`,
    );
    out(
      `${result.passed ? "pass" : "FAIL"} ${title}\n${result.passed ? "" : `  ${result.message}\n${reasons.join("")}`}`,
    );
  }
  return passed;
}

/** @throws UsageError where it cannot be written */
function writeReport(
  file: string,
  validated: readonly ValidatedPolicy[],
  { cwd, out }: Terminal,
  { catalogue }: WorkspacePorts,
  version: string,
): void {
  const text = renderDisagreements(findDisagreements(validated, catalogue()), version);
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
