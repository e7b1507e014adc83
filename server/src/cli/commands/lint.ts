/** `iam-policy lint`: checks files, folders or standard input, and repairs what is safe to repair. */
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describeProblem } from "../../account/problem.js";
import { BASELINE_FILE, type BaselineEntry, baselineEntries, renderBaseline } from "../../lint/baseline.js";
import { fixAll } from "../../lint/fix-all.js";
import { SEVERITIES } from "../../lint/rule.js";
import { counted } from "../../policy/counted.js";
import { POLICY_KINDS } from "../../policy/words.js";
import { languageOf } from "../../syntax/document.js";
import type { Analysis } from "../../workspace/analysis.js";
import { Workspace, type WorkspacePorts } from "../../workspace/workspace.js";
import { isAccountFile, isWorthReading, isWorthShowing } from "../../workspace/worth-reading.js";
import { oneOf, readArguments } from "../arguments.js";
import { complainAboutConfigurations, useConfiguration } from "../configurations.js";
import { discover, type Source, shownPath } from "../discover.js";
import { fileReport } from "../file-report.js";
import { decode, readLoosely, reasonOf } from "../read-text.js";
import { atLeast, type FileReport, type LintReport } from "../report.js";
import { reportGithub } from "../reporters/github.js";
import { reportJson } from "../reporters/json.js";
import { reportSarif } from "../reporters/sarif.js";
import { reportText } from "../reporters/text.js";
import { EXIT, type ExitCode, type Terminal, UsageError } from "../terminal.js";

export const usage = `usage: iam-policy lint [paths…]
  --format text|json|sarif|github   how to print what is found (text)
  --fix                             apply the fixes that never change a decision
  --kind KIND                       ${POLICY_KINDS.join(" ")}
  --config FILE                     configuration to use, wherever the policies lie
  --managed-policies FILE           documents of AWS's managed policies, for accounts that name them
  --stdin-file-path PATH            check standard input as if it were this file
  --baseline                        record what is found now in ${BASELINE_FILE}, and show only what is new from then on
  --fail-on error|warning|info|hint exit with 1 from this severity on (error)
Folders are searched for policies by content.
Exit 0: nothing at or above --fail-on. 1: something. 2: wrong usage or unreadable input.
`;

const FLAGS = {
  format: { type: "string" },
  fix: { type: "boolean" },
  kind: { type: "string" },
  config: { type: "string" },
  "managed-policies": { type: "string" },
  "stdin-file-path": { type: "string" },
  "fail-on": { type: "string" },
  baseline: { type: "boolean" },
} as const;
const FORMATS = ["text", "json", "sarif", "github"] as const;

export async function lintCommand(
  args: readonly string[],
  terminal: Terminal,
  ports: WorkspacePorts,
  version: string,
): Promise<ExitCode> {
  const { values, positionals } = readArguments(args, FLAGS);
  const format = oneOf("format", values["format"], FORMATS) ?? "text";
  const failOn = oneOf("fail-on", values["fail-on"], SEVERITIES) ?? "error";
  const kind = oneOf("kind", values["kind"], POLICY_KINDS);
  // A new baseline records everything, what the old one had accepted included.
  const workspace = new Workspace(values["baseline"] === true ? withoutBaselines(ports) : ports);
  if (typeof values["config"] === "string") useConfiguration(values["config"], workspace, terminal);
  const managedPolicies = values["managed-policies"];
  if (typeof managedPolicies === "string") {
    const problems = workspace.useManagedPolicies(resolve(terminal.cwd, managedPolicies));
    for (const problem of problems) terminal.err(`${describeProblem(problem)}\n`);
  }

  const linter = new Linter(workspace, terminal, kind, values["fix"] === true);
  const inputPath = values["stdin-file-path"];
  if (inputPath !== undefined && positionals.length > 0)
    throw new UsageError(`Standard input is checked alone: leave out ${positionals.join(", ")}.`);
  if (positionals.includes("-"))
    throw new UsageError("Standard input needs a name: iam-policy lint --stdin-file-path policy.json.");
  const paths = typeof inputPath === "string" ? [] : positionals.length > 0 ? positionals : ["."];
  const report: LintReport =
    typeof inputPath === "string"
      ? { files: [linter.lintInput(decode(await terminal.readInput(), inputPath), inputPath)] }
      : { files: linter.lintSources(discover(paths, terminal.cwd, ports.listFiles)) };
  complainAboutConfigurations(workspace, terminal, ports.today(), paths);
  if (report.files.length === 0 && !linter.complained) {
    throw new UsageError(`No policy was found in ${positionals.join(", ") || "this folder"}.`);
  }
  if (values["baseline"] === true) return recordBaselines(report, workspace, terminal);
  // With --fix, standard output carries the repaired text of standard input.
  const print = inputPath !== undefined && values["fix"] === true ? terminal.err : terminal.out;
  if (format === "json") print(reportJson(report));
  else if (format === "sarif") print(reportSarif(report, version));
  else if (format === "github") print(reportGithub(report));
  else print(reportText(report, terminal.colours));
  if (linter.complained) return EXIT.usage;
  const failed = report.files.some(({ findings }) =>
    findings.some(({ finding }) => atLeast(finding.severity, failOn)),
  );
  return failed ? EXIT.findings : EXIT.ok;
}

/** One baseline beside each configuration; one in the working folder for files without any. */
function recordBaselines({ files }: LintReport, workspace: Workspace, { cwd, out }: Terminal): ExitCode {
  const byFolder = new Map<string, BaselineEntry[]>();
  for (const { path, text, findings } of files) {
    const full = resolve(cwd, path);
    const { path: configured, folder } = workspace.configurationFor(full);
    const home = configured === undefined || folder === undefined ? cwd : folder;
    const found = findings.map(({ finding }) => finding);
    const entries = baselineEntries(found, shownPath(full, home), text);
    byFolder.set(home, [...(byFolder.get(home) ?? []), ...entries]);
  }
  for (const [folder, entries] of byFolder) {
    const path = join(folder, BASELINE_FILE);
    const shown = shownPath(path, cwd);
    try {
      writeFileSync(path, renderBaseline(entries));
    } catch (error) {
      throw new UsageError(`${shown} cannot be written: ${reasonOf(error)}`);
    }
    const recorded = entries.reduce((sum, entry) => sum + entry.count, 0);
    out(`Recorded in ${shown}: ${counted(recorded, "finding")}. Only new ones are shown from now on.\n`);
  }
  return EXIT.ok;
}

function withoutBaselines(ports: WorkspacePorts): WorkspacePorts {
  return { ...ports, readFile: (path) => (path.endsWith(BASELINE_FILE) ? undefined : ports.readFile(path)) };
}

class Linter {
  /** Has a file been left out, with a message? */
  complained = false;

  constructor(
    private readonly workspace: Workspace,
    private readonly terminal: Terminal,
    private readonly kind: (typeof POLICY_KINDS)[number] | undefined,
    private readonly fix: boolean,
  ) {}

  lintSources(sources: readonly Source[]): FileReport[] {
    const files: FileReport[] = [];
    for (const source of sources) {
      if (!source.named && this.workspace.isIgnored(source.path)) continue;
      try {
        const file = this.#lintFile(source);
        if (file !== undefined) files.push(file);
      } catch (error) {
        if (!(error instanceof UsageError)) throw error;
        this.complained = true;
        this.terminal.err(`${error.message}\n`);
      }
    }
    return files;
  }

  lintInput(text: string, given: string): FileReport {
    const path = resolve(this.terminal.cwd, given);
    const shown = shownPath(path, this.terminal.cwd);
    const fixed = this.fix ? this.#fixed(path, text) : text;
    if (this.fix) this.terminal.out(fixed);
    const analysis = this.#analyse(path, fixed);
    requirePolicy(analysis, shown);
    return fileReport(shown, this.terminal.cwd, analysis);
  }

  #lintFile({ path, shown, named }: Source): FileReport | undefined {
    const { text, damage } = readLoosely(path, shown);
    if (!named && this.kind === undefined && !isWorthReading(path, text)) return undefined;
    let analysis = this.#analyse(path, text, named);
    if (!named && !isWorthShowing(analysis)) return undefined;
    if (damage !== undefined) throw damage;
    if (!isAccountFile(path)) requirePolicy(analysis, shown);
    if (this.fix) {
      const fixed = this.#fixed(path, text);
      if (fixed !== text) {
        try {
          writeFileSync(path, fixed);
        } catch (error) {
          throw new UsageError(`${shown}: the repaired text cannot be written: ${reasonOf(error)}`);
        }
        analysis = this.#analyse(path, fixed, named);
      }
    }
    return fileReport(shown, this.terminal.cwd, analysis);
  }

  #fixed(path: string, text: string): string {
    return fixAll(text, (it) => this.#analyse(path, it).findings).text;
  }

  #analyse(path: string, text: string, named = true): Analysis {
    this.workspace.setKind(path, this.kind);
    if (isAccountFile(path)) this.workspace.refreshHolders(path, text);
    return this.workspace.analyseText(path, text, languageOf(path), named);
  }
}

/** @throws UsageError for a named file that holds no policy */
function requirePolicy({ policies, document }: Analysis, shown: string): void {
  if (policies.length > 0 || document.tree.problems.length > 0) return;
  throw new UsageError(
    `${shown}: no policy was found in this file. Say what it is with --kind if it is one.`,
  );
}
