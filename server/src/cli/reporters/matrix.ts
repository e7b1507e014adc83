/** A permission matrix for a terminal and for programs; the other forms are `account/matrix-report.ts`'s. */
import {
  CELL_SYMBOLS,
  CELL_WORDS,
  cellsIn,
  type Matrix,
  type MatrixFormat,
  matrixLines,
  matrixReport,
} from "../../account/matrix-report.js";
import { type Paint, painter } from "../terminal.js";

export function reportMatrix(
  matrix: Matrix,
  format: "text" | "json" | MatrixFormat,
  colours: boolean,
): string {
  if (format === "json") return `${JSON.stringify({ version: 1, ...matrix })}\n`;
  return format === "text" ? text(matrix, painter(colours)) : matrixReport(matrix, format);
}

const STYLES = {
  allowed: "cyan",
  mixed: "yellow",
  implicitDeny: "dim",
  explicitDeny: "red",
  undecided: "bold",
} as const;

function text(matrix: Matrix, paint: Paint): string {
  const { principals } = matrix;
  const lines = matrixLines(matrix);
  const width = Math.max(...lines.map(({ head }) => head.length));
  const out: string[] = [];
  // Principals are named above their columns, each on a line of its own: names are longer than cells.
  principals.forEach((name, index) => {
    out.push(`${" ".repeat(width + 1)}${"│ ".repeat(index)}┌ ${name}`);
  });
  for (const { head, cells } of lines) {
    out.push(
      `${head.padEnd(width)} ${cells.map((cell) => paint(STYLES[cell], CELL_SYMBOLS[cell])).join(" ")}`,
    );
  }
  const legend = cellsIn(lines).map((cell) => `${CELL_SYMBOLS[cell]} ${CELL_WORDS[cell]}`);
  out.push("", legend.join("   "), "");
  return out.join("\n");
}
