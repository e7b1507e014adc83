/** `iam-policy scaffold`: writes a template's policies, account and access tests into a folder, and overwrites nothing. */
import { statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { ACCOUNT_FILE } from "../../account/desired-account.js";
import { describeProblem } from "../../account/problem.js";
import { nearest } from "../../policy/nearest.js";
import { chooseValues, problemOf, proposedValue, rememberedValues } from "../../scaffold/choose-values.js";
import { lineDiff } from "../../scaffold/line-diff.js";
import {
  type PlannedFile,
  planScaffold,
  type ScaffoldPlan,
  type ScaffoldSite,
} from "../../scaffold/plan-scaffold.js";
import type { Template, TemplateVariable, Values } from "../../scaffold/template.js";
import { scaffoldSite } from "../../workspace/scaffold-site.js";
import { OWN_TEMPLATES, readTemplates, type TemplatePorts } from "../../workspace/template-library.js";
import { Workspace, type WorkspacePorts } from "../../workspace/workspace.js";
import { UnreadableBytes, WriteError, type WritePorts } from "../../workspace/write-files.js";
import { listOf, oneOf, readArguments } from "../arguments.js";
import { shownPath } from "../discover.js";
import { reasonOf } from "../read-text.js";
import { EXIT, type ExitCode, type Paint, painter, type Terminal, UsageError } from "../terminal.js";

export const usage = `usage: iam-policy scaffold TEMPLATE
       iam-policy scaffold --list
  --out DIR            the folder to write to: the one of iam-account.json (.)
  --var NAME=VALUE…    values of the template's variables; of a list, with commas
  --yes                ask nothing: take what the account remembers, then the defaults
  --dry-run            show what would be written, and write nothing
  --templates DIR      templates of your own (${OWN_TEMPLATES} in this folder and in --out)
  --list               the templates that there are
  --format text|json   how to print the list, or what was written (text)
Nothing is overwritten: the account file, the configuration and policies of buckets are added to, and what is added is
shown; where another file says something else already, the difference is shown and nothing is written.
Exit 0: written, or everything is there. 1: something else is there already. 2: wrong usage, or it cannot be written.
`;

const FLAGS = {
  out: { type: "string" },
  var: { type: "string", multiple: true },
  yes: { type: "boolean" },
  "dry-run": { type: "boolean" },
  templates: { type: "string" },
  list: { type: "boolean" },
  format: { type: "string" },
} as const;

export async function scaffoldCommand(
  args: readonly string[],
  terminal: Terminal,
  ports: WorkspacePorts & TemplatePorts & WritePorts,
): Promise<ExitCode> {
  const { values: flags, positionals } = readArguments(args, FLAGS);
  const format = oneOf("format", flags["format"], ["text", "json"]) ?? "text";
  const given = typeof flags["out"] === "string" ? flags["out"] : ".";
  const out = resolve(terminal.cwd, given);
  const templates = openTemplates(flags["templates"], out, terminal, ports);
  if (flags["list"] === true) {
    terminal.out(format === "json" ? listJson(templates) : listText(templates, painter(terminal.colours)));
    return EXIT.ok;
  }
  const [name, ...rest] = positionals;
  if (name === undefined || rest.length > 0) {
    throw new UsageError("Name one template: iam-policy scaffold TEMPLATE. `--list` shows them.");
  }
  const template = templates.find((it) => it.name === name);
  if (template === undefined) throw new UsageError(noTemplate(name, templates));
  if (isFile(out)) throw new UsageError(`--out: ${given} is a file. Name a folder.`);

  const site = scaffoldSite(out, new Workspace(ports), ports, ports.readFile);
  const values = await valuesFor(template, flags, site, terminal, ports);
  const plan = planScaffold(template, values, site);
  const dry = flags["dry-run"] === true;
  const show = (path: string) => shownPath(resolve(out, path), terminal.cwd);
  if (!plan.sound) {
    reportObstacles(plan, show, terminal, format === "text");
    if (format === "json") terminal.out(planJson(plan, false));
    return EXIT.findings;
  }
  if (!dry) write(plan, out, show, ports);
  if (format === "json") terminal.out(planJson(plan, !dry));
  else terminal.out(planText(template, plan, dry, show, terminal));
  return EXIT.ok;
}

function openTemplates(
  folder: unknown,
  out: string,
  terminal: Terminal,
  ports: TemplatePorts,
): readonly Template[] {
  const own = typeof folder === "string" ? [folder] : [OWN_TEMPLATES, resolve(out, OWN_TEMPLATES)];
  const folders = [...new Set(own.map((it) => resolve(terminal.cwd, it)))];
  const { templates, problems } = readTemplates(
    ports,
    folders.map((it) => ({ folder: it, shown: shownPath(it, terminal.cwd) })),
  );
  for (const problem of problems) terminal.err(`${describeProblem(problem)}\n`);
  return templates;
}

function noTemplate(name: string, templates: readonly Template[]): string {
  const near = nearest(
    name,
    templates.map((it) => it.name),
  );
  const hint = near === undefined ? "" : ` Did you mean ${near}?`;
  return `There is no template ${name}, or it cannot be used.${hint} \`iam-policy scaffold --list\` shows them all.`;
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    // Why nothing can be there is told when it is written to.
    return false;
  }
}

/** @throws UsageError that names everything that is missing or wrong */
async function valuesFor(
  template: Template,
  flags: Readonly<Record<string, unknown>>,
  site: ScaffoldSite,
  terminal: Terminal,
  ports: WorkspacePorts,
): Promise<Values> {
  const catalogue = ports.catalogue();
  const given = variablesFrom(listOf(flags["var"] as readonly string[] | undefined));
  const remembered = rememberedValues(site.read(ACCOUNT_FILE) ?? "");
  const { ask } = terminal;
  if (ask !== undefined && flags["yes"] !== true) {
    for (const variable of template.variables) {
      if (given.has(variable.name)) continue;
      const proposed = proposedValue(variable, remembered);
      given.set(
        variable.name,
        await answerTo(variable, proposed, ask, (text) => problemOf(variable, text, catalogue), terminal),
      );
    }
  }
  const { values, missing, problems } = chooseValues(template, given, remembered, catalogue);
  const lines = problems.map(({ variable, message }) => `--var ${variable}: ${message}`);
  if (missing.length > 0) {
    lines.push(`The template ${template.name} needs ${missing.length === 1 ? "a value" : "values"}:`);
    lines.push(...missing.map(({ name, title, example }) => `  --var ${name}=${example}   ${title}`));
  }
  if (lines.length > 0) throw new UsageError(lines.join("\n"));
  return values;
}

/** @throws UsageError for what is not NAME=VALUE */
function variablesFrom(items: readonly string[]): Map<string, string> {
  const given = new Map<string, string>();
  for (const item of items) {
    const equals = item.indexOf("=");
    if (equals <= 0) throw new UsageError(`--var: \`${item}\` is not NAME=VALUE.`);
    const name = item.slice(0, equals);
    const before = given.get(name);
    const value = item.slice(equals + 1);
    given.set(name, before === undefined ? value : `${before},${value}`);
  }
  return given;
}

/** Asks until the answer is one. */
async function answerTo(
  { title, description, example }: TemplateVariable,
  proposed: string | undefined,
  ask: (question: string) => Promise<string>,
  problem: (text: string) => string | undefined,
  { err }: Terminal,
): Promise<string> {
  if (description !== undefined) err(`${description}\n`);
  const hint = proposed === undefined ? ` (such as ${example})` : ` [${proposed}]`;
  for (;;) {
    const typed = await ask(`${title}${hint}: `);
    const answer = typed.trim() === "" && proposed !== undefined ? proposed : typed.trim();
    const wrong = problem(answer);
    if (wrong === undefined) return answer;
    err(`${wrong}\n`);
  }
}

/** @throws UsageError after which everything is as it was */
function write(
  { files }: ScaffoldPlan,
  out: string,
  show: (path: string) => string,
  ports: WritePorts,
): void {
  const changes = files.filter(({ state }) => state === "new" || state === "changed");
  try {
    ports.writeAll(changes.map(({ path, text }) => ({ path: resolve(out, path), text })));
  } catch (error) {
    if (!(error instanceof WriteError)) throw error;
    throw new UsageError(`${show(error.path)}: ${writeReason(error.cause)} Nothing was written.`);
  }
}

function writeReason(cause: unknown): string {
  if (cause instanceof UnreadableBytes) return cause.message;
  const code = typeof cause === "object" && cause !== null && "code" in cause ? cause.code : undefined;
  if (code === "EACCES" || code === "EPERM") return "you may not write there.";
  if (code === "ENOTDIR") return "a part of this path is a file, and no folder.";
  if (code === "ENOSPC") return "the disk is full.";
  if (code === "EEXIST" || code === "ENOENT") return `it cannot be written (${String(code)}).`;
  return reasonOf(cause).replace("cannot be read", "cannot be written");
}

function reportObstacles(
  { files, conflicts }: ScaffoldPlan,
  show: (path: string) => string,
  { out, err, colours }: Terminal,
  withDifference: boolean,
): void {
  const paint = painter(colours);
  for (const { path, before, text } of files.filter(({ state }) => state === "different")) {
    err(`${show(path)} is there already, and says something else. It stays as it is:\n`);
    if (withDifference) out(painted(lineDiff(before ?? "", text) ?? "", paint));
  }
  for (const conflict of conflicts) err(`${conflict}\n`);
  err("Nothing was written.\n");
}

function painted(diff: string, paint: Paint): string {
  return diff.replace(/^[-+].*$/gm, (line) => paint(line.startsWith("-") ? "red" : "cyan", line));
}

const DONE = { new: "wrote", changed: "changed", unchanged: "unchanged", different: "kept" } as const;
const PLANNED = {
  new: "would write",
  changed: "would change",
  unchanged: "unchanged",
  different: "kept",
} as const;

function planText(
  { title }: Template,
  { files, suppressions }: ScaffoldPlan,
  dry: boolean,
  show: (path: string) => string,
  { colours }: Terminal,
): string {
  const paint = painter(colours);
  const line = ({ path, state, before, text }: PlannedFile) => {
    const said = `${(dry ? PLANNED : DONE)[state]} ${show(path)}\n`;
    // What somebody has written is not edited behind their back.
    const shown = state === "changed" || (dry && state === "new");
    return shown ? said + painted(lineDiff(before ?? "", text) ?? "", paint) : said;
  };
  const unsaid = suppressions.map(({ rule, file, reason }) => `  ${rule} in ${show(file)}: ${reason}\n`);
  const purpose =
    unsaid.length === 0 ? "" : `\n${paint("bold", "Suppressed on purpose:")}\n${unsaid.join("")}`;
  const folder = dirname(show(ACCOUNT_FILE));
  const next = [
    `iam-policy lint ${folder}`,
    `iam-policy test ${folder}`,
    `iam-policy apply --account ${show(ACCOUNT_FILE)} --plan`,
  ];
  const rest = dry ? "" : `\n${paint("bold", "Next:")}\n${next.map((it) => `  ${it}\n`).join("")}`;
  return `${title}\n${files.map(line).join("")}${purpose}${rest}`;
}

function planJson({ files, suppressions, conflicts }: ScaffoldPlan, written: boolean): string {
  const listed = files.map(({ path, state, before, text }) => {
    const difference = before === undefined ? undefined : lineDiff(before, text);
    return { path, state, ...(difference !== undefined && { difference }) };
  });
  return `${JSON.stringify({ written, files: listed, suppressions, conflicts }, null, 2)}\n`;
}

function listJson(templates: readonly Template[]): string {
  const listed = templates.map(({ name, title, kind }) => ({ name, title, kind }));
  return `${JSON.stringify(listed, null, 2)}\n`;
}

function listText(templates: readonly Template[], paint: Paint): string {
  const width = Math.max(0, ...templates.map(({ name }) => name.length));
  return templates
    .map(
      ({ name, title, kind }) =>
        `${paint("bold", name.padEnd(width))}  ${title} ${paint("dim", `(${kind})`)}\n`,
    )
    .join("");
}
