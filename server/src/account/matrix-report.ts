/**
 * A permission matrix in the forms that are kept and passed on: CSV, Markdown, SVG, and the symbols and words of all.
 * Actions go down, because there are more of them than principals. What a terminal or an editor shows is theirs.
 */
import type { Cell, MatrixRow } from "./matrix.js";

export interface Matrix {
  readonly principals: readonly string[];
  readonly actions: readonly string[];
  /** Empty: all that the policies tell apart, together. */
  readonly resources: readonly string[];
  /** Principals in their order, each with its resources in theirs. */
  readonly rows: readonly MatrixRow[];
}

/** Each is one UTF-16 unit. */
export const CELL_SYMBOLS: Readonly<Record<Cell, string>> = {
  allowed: "✔",
  mixed: "◐",
  implicitDeny: "·",
  explicitDeny: "✖",
  undecided: "?",
};
export const CELL_WORDS: Readonly<Record<Cell, string>> = {
  allowed: "allowed",
  mixed: "allowed on some resources",
  implicitDeny: "not allowed",
  explicitDeny: "denied",
  undecided: "cannot be decided",
};
export const CELLS = Object.keys(CELL_SYMBOLS) as readonly Cell[];

export const MATRIX_FORMATS = ["csv", "markdown", "svg"] as const;
export type MatrixFormat = (typeof MATRIX_FORMATS)[number];

export function matrixReport(matrix: Matrix, format: MatrixFormat): string {
  switch (format) {
    case "csv":
      return csv(matrix);
    case "markdown":
      return markdown(matrix);
    case "svg":
      return svg(matrix);
  }
}

export interface MatrixLine {
  readonly head: string;
  readonly action: string;
  readonly resource: string | undefined;
  /** In the order of the principals. */
  readonly cells: readonly Cell[];
}

/** One line for each action and resource. */
export function matrixLines({ principals, actions, resources, rows }: Matrix): readonly MatrixLine[] {
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

/** The kinds of cells that stand in some lines, in the order of the legend. */
export function cellsIn(lines: readonly MatrixLine[]): readonly Cell[] {
  const present = new Set(lines.flatMap(({ cells }) => cells));
  return CELLS.filter((cell) => present.has(cell));
}

function markdown(matrix: Matrix): string {
  const { principals, resources } = matrix;
  const withResource = resources.length > 0;
  const heads = ["Action", ...(withResource ? ["Resource"] : []), ...principals.map(code)];
  const rows = matrixLines(matrix).map(({ action, resource, cells }) => [
    code(action),
    ...(withResource ? [code(resource ?? "")] : []),
    ...cells.map((cell) => `${CELL_SYMBOLS[cell]} ${CELL_WORDS[cell]}`),
  ]);
  return [heads, heads.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |\n`).join("");
}

function code(value: string): string {
  return `\`${value.replaceAll("|", "\\|")}\``;
}

function csv(matrix: Matrix): string {
  const heads = ["action", "resource", ...matrix.principals];
  const rows = matrixLines(matrix).map(({ action, resource, cells }) => [action, resource ?? "", ...cells]);
  return [heads, ...rows].map((row) => `${row.map(quoted).join(",")}\r\n`).join("");
}

/** A cell that starts like a formula would be one to a spreadsheet. */
function quoted(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const COLUMN = 26;
const LINE = 22;
const LETTER = 7.3;
const MARGIN = 12;
/** Colour never stands alone: every cell has its symbol too. */
const COLOURS: Readonly<Record<Cell, readonly [ground: string, ink: string]>> = {
  allowed: ["#d7f0dd", "#0b5d23"],
  mixed: ["#fbeec6", "#6b4e00"],
  implicitDeny: ["#f0f1f3", "#5a6270"],
  explicitDeny: ["#f9dcdc", "#9c1414"],
  undecided: ["#e6e0f5", "#4b2e83"],
};

function svg(matrix: Matrix): string {
  const lines = matrixLines(matrix);
  const { principals } = matrix;
  const longest = (texts: readonly string[]) => Math.max(0, ...texts.map((it) => it.length)) * LETTER;
  const left = MARGIN + longest(lines.map(({ head }) => head)) + MARGIN;
  // Names stand slanted above their columns.
  const above = MARGIN + longest(principals) * Math.SQRT1_2 + MARGIN;
  const legend = cellsIn(lines)
    .map((cell) => `${CELL_SYMBOLS[cell]} ${CELL_WORDS[cell]}`)
    // Several plain spaces would be drawn as one.
    .join("\u00a0\u00a0 ");
  const width = Math.max(left + principals.length * COLUMN + above, MARGIN * 2 + legend.length * LETTER);
  const height = above + lines.length * LINE + LINE * 2;
  const names = principals.map((name, column) => {
    const x = left + column * COLUMN + COLUMN / 2;
    return `<text transform="translate(${round(x)} ${round(above - 6)}) rotate(-45)">${escaped(name)}</text>`;
  });
  const rows = lines.map(({ head, cells }, row) => {
    const y = above + row * LINE;
    const drawn = cells.map((cell, column) => {
      const [ground, ink] = COLOURS[cell];
      const x = left + column * COLUMN;
      return (
        `<g><title>${escaped(`${principals[column]} ${head}: ${CELL_WORDS[cell]}`)}</title>` +
        `<rect x="${round(x + 1)}" y="${round(y + 1)}" width="${COLUMN - 2}" height="${LINE - 2}" rx="3" fill="${ground}"/>` +
        `<text x="${round(x + COLUMN / 2)}" y="${round(y + 15)}" text-anchor="middle" fill="${ink}">${CELL_SYMBOLS[cell]}</text></g>`
      );
    });
    const label = `<text x="${round(left - MARGIN)}" y="${round(y + 15)}" text-anchor="end">${escaped(head)}</text>`;
    return [label, ...drawn].join("\n");
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${round(width)}" height="${round(height)}" role="img" aria-label="Permission matrix" font-family="ui-monospace, Menlo, Consolas, monospace" font-size="12">`,
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    ...names,
    ...rows,
    `<text x="${MARGIN}" y="${round(height - LINE / 2)}">${escaped(legend)}</text>`,
    "</svg>",
    "",
  ].join("\n");
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
