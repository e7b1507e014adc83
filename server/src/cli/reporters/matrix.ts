/** A permission matrix as text, Markdown, CSV or JSON. Actions go down, because there are more of them than principals. */
import type { Cell, MatrixRow } from "../../account/matrix.js";
import { type Paint, painter } from "../terminal.js";

export interface Matrix {
  readonly principals: readonly string[];
  readonly actions: readonly string[];
  /** Empty: all that the policies tell apart, together. */
  readonly resources: readonly string[];
  /** Principals in their order, each with its resources in theirs. */
  readonly rows: readonly MatrixRow[];
}

type Format = "text" | "json" | "csv" | "markdown";

export function reportMatrix(matrix: Matrix, format: Format, colours: boolean): string {
  switch (format) {
    case "json":
      return `${JSON.stringify({ version: 1, ...matrix })}\n`;
    case "csv":
      return csv(matrix);
    case "markdown":
      return markdown(matrix);
    default:
      return text(matrix, painter(colours));
  }
}

const SYMBOLS: Readonly<Record<Cell, string>> = {
  allowed: "✔",
  mixed: "◐",
  implicitDeny: "·",
  explicitDeny: "✖",
  undecided: "?",
};
const WORDS: Readonly<Record<Cell, string>> = {
  allowed: "allowed",
  mixed: "allowed on some resources",
  implicitDeny: "not allowed",
  explicitDeny: "denied",
  undecided: "cannot be decided",
};
const STYLES = {
  allowed: "cyan",
  mixed: "yellow",
  implicitDeny: "dim",
  explicitDeny: "red",
  undecided: "bold",
} as const;

function text(matrix: Matrix, paint: Paint): string {
  const { principals } = matrix;
  const lines = linesOf(matrix);
  const width = Math.max(...lines.map(({ head }) => head.length));
  const out: string[] = [];
  // Principals are named above their columns, each on a line of its own: names are longer than cells.
  principals.forEach((name, index) => {
    out.push(`${" ".repeat(width + 1)}${"│ ".repeat(index)}┌ ${name}`);
  });
  for (const { head, cells } of lines) {
    out.push(`${head.padEnd(width)} ${cells.map((cell) => paint(STYLES[cell], SYMBOLS[cell])).join(" ")}`);
  }
  const present = new Set(lines.flatMap(({ cells }) => cells));
  const legend = (Object.keys(SYMBOLS) as Cell[]).filter((cell) => present.has(cell));
  out.push("", legend.map((cell) => `${SYMBOLS[cell]} ${WORDS[cell]}`).join("   "), "");
  return out.join("\n");
}

function markdown(matrix: Matrix): string {
  const { principals, resources } = matrix;
  const withResource = resources.length > 0;
  const heads = ["Action", ...(withResource ? ["Resource"] : []), ...principals.map(code)];
  const rows = linesOf(matrix).map(({ action, resource, cells }) => [
    code(action),
    ...(withResource ? [code(resource ?? "")] : []),
    ...cells.map((cell) => `${SYMBOLS[cell]} ${WORDS[cell]}`),
  ]);
  return [heads, heads.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |\n`).join("");
}

function csv(matrix: Matrix): string {
  const heads = ["action", "resource", ...matrix.principals];
  const rows = linesOf(matrix).map(({ action, resource, cells }) => [action, resource ?? "", ...cells]);
  return [heads, ...rows].map((row) => `${row.map(quoted).join(",")}\r\n`).join("");
}

interface Line {
  readonly head: string;
  readonly action: string;
  readonly resource: string | undefined;
  /** In the order of the principals. */
  readonly cells: readonly Cell[];
}

function linesOf({ principals, actions, resources, rows }: Matrix): readonly Line[] {
  const perPrincipal = Math.max(resources.length, 1);
  const shown = resources.length === 0 ? [undefined] : resources;
  return actions.flatMap((action, a) =>
    shown.map((resource, r) => ({
      head: resource === undefined ? action : `${action} ${resource}`,
      action,
      resource,
      cells: principals.map((_, p) => rows[p * perPrincipal + r]?.cells[a] ?? "undecided"),
    })),
  );
}

function code(value: string): string {
  return `\`${value.replaceAll("|", "\\|")}\``;
}

/** A cell that starts like a formula would be one to a spreadsheet. */
function quoted(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
