/** The form for people: where, what, the lines around it, and how to repair it. */
import type { Severity } from "../../lint/rule.js";
import { counted } from "../../policy/counted.js";
import { type FileReport, type LintReport, type LocatedFinding, summarise } from "../report.js";
import { type Paint, painter } from "../terminal.js";

const STYLE: Readonly<Record<Severity, "red" | "yellow" | "blue" | "cyan">> = {
  error: "red",
  warning: "yellow",
  info: "blue",
  hint: "cyan",
};
/** Who says so, where it is not only we. */
const SAID = { both: " (AWS too)", here: "", aws: " (AWS)" } as const;
/** Longer lines, as in a policy without line breaks, are shown in part. */
const WIDTH = 110;

export function reportText(report: LintReport, colours: boolean): string {
  const paint = painter(colours);
  const blocks = report.files.flatMap((file) => {
    const lines = file.text.split(/\r\n|\n|\r/);
    return file.findings.map((it) => block(it, file, lines, paint));
  });
  return `${blocks.join("")}${summaryLine(report, paint)}\n`;
}

function block(
  { finding, from, to, said, related }: LocatedFinding,
  { path }: FileReport,
  lines: readonly string[],
  paint: Paint,
): string {
  const { severity, rule, message, fixes } = finding;
  const place = `${path}:${from.line + 1}:${from.character + 1}`;
  const head = `${paint("bold", place)} ${paint(STYLE[severity], severity)} ${paint("dim", rule.name)}${paint("dim", SAID[said ?? "here"])}`;
  const width = String(from.line + 2).length;
  const gutter = (text: string) => paint("dim", `  ${text.padStart(width)} │ `);
  const end = to.line === from.line ? to.character : (lines[from.line]?.length ?? 0);
  const shift = Math.max(0, (lines[from.line]?.length ?? 0) > WIDTH ? from.character - WIDTH / 2 : 0);
  const frame: string[] = [];
  for (let line = Math.max(0, from.line - 1); line <= Math.min(lines.length - 1, from.line + 1); line++) {
    const text = lines[line] ?? "";
    frame.push(`${gutter(String(line + 1))}${windowOf(text, shift)}`);
    if (line !== from.line) continue;
    const lead =
      shift > 0 ? ` ${spaces(text.slice(shift + 1, from.character))}` : spaces(text.slice(0, from.character));
    const length = Math.max(1, Math.min(end - from.character, WIDTH - (from.character - shift)));
    frame.push(`${gutter("")}${lead}${paint(STYLE[severity], "^".repeat(length))}`);
  }
  const repairs = fixes.map(({ title, safe }) => `  ${paint("dim", safe ? "fix:" : "suggestion:")} ${title}`);
  const elsewhere = related
    .filter((it) => it.path !== path)
    .map(
      (it) => `  ${paint("dim", `${it.path}:${it.from.line + 1}:${it.from.character + 1}`)} ${it.message}`,
    );
  return [head, `  ${message}`, "", ...frame, ...elsewhere, ...repairs, "", ""].join("\n");
}

function windowOf(text: string, shift: number): string {
  const part = text.slice(shift, shift + WIDTH);
  return `${shift > 0 && part !== "" ? `…${part.slice(1)}` : part}${text.length > shift + WIDTH ? "…" : ""}`;
}

/** As wide as the text: tabs stay tabs, and East Asian characters take two columns. */
function spaces(text: string): string {
  return text.replace(/[^\t]/gu, (char) =>
    /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/.test(char)
      ? "  "
      : " ",
  );
}

function summaryLine(report: LintReport, paint: Paint): string {
  const summary = summarise(report);
  const parts = (["error", "warning", "info", "hint"] as const)
    .filter((severity) => summary[severity] > 0)
    .map((severity) =>
      paint(
        STYLE[severity],
        severity === "info" ? `${summary.info} info` : counted(summary[severity], severity),
      ),
    );
  const fixable = report.files
    .flatMap(({ findings }) => findings)
    .filter(({ finding }) => finding.fixes.some((it) => it.safe));
  const policies = counted(summary.files, "file");
  if (parts.length === 0) return `${policies}: nothing found.`;
  const hint =
    fixable.length > 0
      ? ` ${fixable.length} of them ${fixable.length === 1 ? "has" : "have"} a safe fix: run again with --fix.`
      : "";
  return `${policies}: ${parts.join(", ")}.${hint}`;
}
