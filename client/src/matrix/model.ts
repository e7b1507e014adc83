/**
 * The matrix as the page shows it: actions down, principals across, filtered, with words for every cell. It knows
 * neither VS Code nor the page.
 */
import type { MatrixHead, MatrixLineAnswer, MatrixReportParams } from "../../../server/src/lsp/protocol.js";

export interface MatrixData {
  readonly head: MatrixHead;
  /** As they came: principals in their order, each with its resources in theirs; the last may still be missing. */
  readonly rows: readonly MatrixLineAnswer[];
}

/** A line of the page: an action or a service, and the resource where some were chosen. */
export interface Line {
  /** Position among the columns of the head. */
  readonly action: number;
  readonly resource: number;
  readonly name: string;
}

export interface MatrixView {
  readonly data: MatrixData;
  readonly lines: readonly Line[];
  /** Positions among the principals of the head. */
  readonly principals: readonly number[];
}

export interface Cell {
  readonly symbol: string;
  /** The kind of decision, such as `allowed`; `waiting` while the row has not come. */
  readonly kind: string;
  /** Such as: user/ana s3:GetObject denied, was allowed */
  readonly label: string;
  readonly change: "gained" | "lost" | "other" | undefined;
}

/** @param onlyChanges leaves out lines in which every cell is as it was */
export function viewOf(data: MatrixData, filter: string, onlyChanges: boolean): MatrixView {
  const { principals, columns, resources } = data.head;
  const shown = { columns: all(columns), principals: all(principals), resources: all(resources) };
  for (const word of filter.toLowerCase().split(/\s+/)) {
    if (word === "") continue;
    const has = (name: string | undefined) => name?.toLowerCase().includes(word) === true;
    // A word is about the first thing that it names anything of.
    if (columns.some(has)) shown.columns = shown.columns.filter((it) => has(columns[it]));
    else if (principals.some(has)) shown.principals = shown.principals.filter((it) => has(principals[it]));
    else shown.resources = shown.resources.filter((it) => has(resources[it]));
    if (![...columns, ...principals, ...resources].some(has)) shown.columns = [];
  }
  const perAction = resources.length === 0 ? [0] : shown.resources;
  const lines = shown.columns.flatMap((action) =>
    perAction.map((resource): Line => {
      const on = resources[resource];
      return { action, resource, name: `${columns[action]}${on === undefined ? "" : ` ${on}`}` };
    }),
  );
  const view = { data, lines, principals: shown.principals };
  if (!onlyChanges) return view;
  const changed = (line: Line) => shown.principals.some((it) => changeOf(data, line, it) !== undefined);
  return { ...view, lines: lines.filter(changed) };
}

export function cellOf({ data }: MatrixView, line: Line, principal: number): Cell {
  const { legend, principals } = data.head;
  const row = rowOf(data, line, principal);
  const symbol = row?.cells[line.action];
  const who = principals[principal] ?? "";
  if (symbol === undefined) {
    return { symbol: "", kind: "waiting", label: `${who} ${line.name} not decided yet`, change: undefined };
  }
  const meaning = legend.find((it) => it.symbol === symbol);
  const change = changeOf(data, line, principal);
  const before = legend.find((it) => it.symbol === row?.before?.[line.action])?.word;
  const { comparedWith } = data.head;
  const was =
    change === undefined
      ? ""
      : comparedWith === undefined
        ? `, was ${before}`
        : `, ${before} for ${comparedWith}`;
  return {
    symbol,
    kind: meaning?.cell ?? "undecided",
    label: `${who} ${line.name} ${meaning?.word ?? ""}${was}`,
    change,
  };
}

export function changesIn({ data, lines, principals }: MatrixView): number {
  if (!data.head.compared) return 0;
  return lines.reduce(
    (sum, line) => sum + principals.filter((it) => changeOf(data, line, it) !== undefined).length,
    0,
  );
}

/** What is shown, to be written down: the lines and columns that the filter leaves. */
export function reportOf(
  { data, lines, principals }: MatrixView,
  format: MatrixReportParams["format"],
): MatrixReportParams {
  const { head } = data;
  const actions = [...new Set(lines.map(({ action }) => action))];
  const resources = head.resources.length === 0 ? [] : [...new Set(lines.map(({ resource }) => resource))];
  const rows = principals.flatMap((principal) =>
    (resources.length === 0 ? [0] : resources).flatMap((resource) => {
      const row = rowOf(data, { resource }, principal);
      return row === undefined ? [] : [{ ...row, cells: actions.map((it) => row.cells[it] ?? "?").join("") }];
    }),
  );
  return {
    format,
    principals: principals.flatMap((it) => head.principals[it] ?? []),
    columns: actions.flatMap((it) => head.columns[it] ?? []),
    resources: resources.flatMap((it) => head.resources[it] ?? []),
    rows,
  };
}

export interface Position {
  readonly row: number;
  readonly column: number;
}

/** Where a key leads from a cell; `undefined` for a key that leads nowhere. */
export function moved(
  { row, column }: Position,
  key: string,
  withControl: boolean,
  { rows, columns, page }: { readonly rows: number; readonly columns: number; readonly page: number },
): Position | undefined {
  const at = (nextRow: number, nextColumn: number): Position => ({
    row: Math.max(0, Math.min(rows - 1, nextRow)),
    column: Math.max(0, Math.min(columns - 1, nextColumn)),
  });
  switch (key) {
    case "ArrowUp":
      return at(row - 1, column);
    case "ArrowDown":
      return at(row + 1, column);
    case "ArrowLeft":
      return at(row, column - 1);
    case "ArrowRight":
      return at(row, column + 1);
    case "PageUp":
      return at(row - page, column);
    case "PageDown":
      return at(row + page, column);
    case "Home":
      return at(withControl ? 0 : row, 0);
    case "End":
      return at(withControl ? rows - 1 : row, columns - 1);
    default:
      return undefined;
  }
}

/** A name in so many letters. Names differ at both ends, so the middle goes. */
export function shortened(name: string, letters: number): string {
  if (name.length <= letters) return name;
  const tail = Math.ceil((letters - 1) / 2);
  return `${name.slice(0, Math.max(0, letters - 1 - tail))}…${name.slice(name.length - tail)}`;
}

/** The part of a long list that is on the screen, and a little around it. */
export function windowOf(
  scrolled: number,
  visible: number,
  size: number,
  count: number,
): { readonly from: number; readonly to: number } {
  const from = Math.max(0, Math.floor(scrolled / size) - MARGIN);
  return { from, to: Math.min(count, Math.ceil((scrolled + visible) / size) + MARGIN) };
}

const MARGIN = 4;

function all(names: readonly string[]): readonly number[] {
  return names.map((_, index) => index);
}

function rowOf({ head, rows }: MatrixData, { resource }: Pick<Line, "resource">, principal: number) {
  return rows[principal * Math.max(1, head.resources.length) + resource];
}

function changeOf(data: MatrixData, line: Line, principal: number): Cell["change"] {
  const row = rowOf(data, line, principal);
  const [now, before] = [row?.cells[line.action], row?.before?.[line.action]];
  if (now === undefined || before === undefined || now === before) return undefined;
  // What two say of the same is no gain and no loss.
  if (data.head.comparedWith !== undefined) return "other";
  const rank = (symbol: string) => {
    const { cell } = data.head.legend.find((it) => it.symbol === symbol) ?? {};
    return cell === "allowed" ? 2 : cell === "mixed" ? 1 : cell === "undecided" ? undefined : 0;
  };
  const [is, was] = [rank(now), rank(before)];
  if (is === undefined || was === undefined || is === was) return "other";
  return is > was ? "gained" : "lost";
}
