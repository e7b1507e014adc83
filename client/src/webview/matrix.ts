/**
 * The page of the permission matrix: a grid for eyes, keyboard and screen reader, of which only what fits is in the
 * page. Everything that it shows comes in messages, and texts go in as texts, never as HTML.
 */
import type { FromPage, Shown, ToPage } from "../matrix/messages.js";
import {
  cellOf,
  changesIn,
  type MatrixData,
  type MatrixView,
  moved,
  type Position,
  reportOf,
  viewOf,
  windowOf,
} from "../matrix/model.js";

declare function acquireVsCodeApi(): {
  postMessage(message: FromPage): void;
  getState(): Kept | undefined;
  setState(state: Kept): void;
};

/** What stays while the panel is hidden. */
interface Kept {
  readonly filter: string;
  readonly position: Position;
}

const COMPARISONS = ["saved", "head", "aws"] as const;
const ROW = 24;
const COLUMN = 34;

const host = acquireVsCodeApi();
const byId = <E extends HTMLElement>(id: string): E => {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`The page has no ${id}.`);
  return element as E;
};
const title = byId("title");
const filter = byId<HTMLInputElement>("filter");
const by = byId<HTMLSelectElement>("by");
const compare = byId<HTMLSelectElement>("compare");
const onlyChanges = byId<HTMLInputElement>("only-changes");
const status = byId("status");
const problems = byId("problems");
const legend = byId("legend");
const scroller = byId("scroller");
const grid = byId("grid");
const names = byId("names");
const body = byId("body");

const kept = host.getState();
filter.value = kept?.filter ?? "";
let position: Position = kept?.position ?? { row: 0, column: 0 };
let data: { head: MatrixData["head"]; rows: MatrixData["rows"][number][] } | undefined;
let view: MatrixView | undefined;
let complete = false;
let headWidth = 200;

window.addEventListener("message", ({ data: message }: MessageEvent<ToPage>) => {
  switch (message.type) {
    case "busy":
      status.textContent = "Working …";
      break;
    case "head":
      data = { head: message.head, rows: [] };
      complete = false;
      by.value = message.head.by;
      compare.value = message.comparison;
      onlyChanges.disabled = !message.head.compared;
      if (!message.head.compared) onlyChanges.checked = false;
      title.textContent = message.head.account;
      showProblems(message.head.problems);
      refilter();
      break;
    case "rows":
      data?.rows.push(...message.rows);
      refilter();
      break;
    case "done":
      complete = true;
      refilter();
      break;
    case "refusal":
      complete = true;
      showProblems([message.message]);
      status.textContent = "";
      break;
    case "move":
      go({ row: message.row, column: message.column });
      break;
    case "filter":
      filter.value = message.text;
      refilter();
      break;
  }
});

filter.addEventListener("input", refilter);
onlyChanges.addEventListener("change", refilter);
by.addEventListener("change", () =>
  host.postMessage({ type: "by", by: by.value === "service" ? "service" : "action" }),
);
compare.addEventListener("change", () =>
  host.postMessage({
    type: "compare",
    comparison: COMPARISONS.find((it) => it === compare.value) ?? "nothing",
  }),
);
for (const what of ["columns", "principals", "resources"] as const) {
  byId(`choose-${what}`).addEventListener("click", () => host.postMessage({ type: "choose", what }));
}
for (const format of ["csv", "markdown", "svg"] as const) {
  byId(`export-${format}`).addEventListener("click", () => {
    if (view !== undefined) host.postMessage({ type: "export", report: reportOf(view, format) });
  });
}
scroller.addEventListener("scroll", () => requestAnimationFrame(draw));
new ResizeObserver(draw).observe(scroller);

grid.addEventListener("keydown", (event) => {
  if (view === undefined || event.altKey || event.metaKey) return;
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    why(position);
    return;
  }
  const bounds = {
    rows: view.lines.length,
    columns: view.principals.length,
    page: Math.max(1, Math.floor(scroller.clientHeight / ROW) - 2),
  };
  const next = moved(position, event.key, event.ctrlKey, bounds);
  if (next === undefined) return;
  event.preventDefault();
  go(next);
});
grid.addEventListener("click", ({ target }) => {
  const cell = target instanceof Element ? target.closest<HTMLElement>("[data-row]") : null;
  if (cell !== null) go({ row: Number(cell.dataset["row"]), column: Number(cell.dataset["column"]) });
});
grid.addEventListener("dblclick", () => why(position));

host.postMessage({ type: "ready" });

function refilter(): void {
  if (data === undefined) return;
  view = viewOf(data, filter.value, onlyChanges.checked);
  position = {
    row: Math.max(0, Math.min(view.lines.length - 1, position.row)),
    column: Math.max(0, Math.min(view.principals.length - 1, position.column)),
  };
  const longest = Math.max(8, ...view.lines.slice(0, 5000).map(({ name }) => name.length));
  headWidth = Math.min(
    Math.ceil(longest * letterWidth()) + 16,
    Math.max(160, Math.round(scroller.clientWidth * 0.5)),
  );
  draw();
  tell();
}

/** The names are in the editor's font, which has one width for all letters. */
function letterWidth(): number {
  const context = document.createElement("canvas").getContext("2d");
  if (context === null) return 8;
  const { fontFamily, fontSize } = getComputedStyle(grid);
  context.font = `${fontSize} ${fontFamily}`;
  return context.measureText("m").width;
}

function tell(): void {
  if (view === undefined || data === undefined) return;
  const changes = changesIn(view);
  const { lines, principals } = view;
  const rows = `${lines.length} ${data.head.by === "service" ? "services" : "actions"} × ${principals.length} principals`;
  const verb = data.head.comparedWith === undefined ? "change" : "differ";
  const changed = data.head.compared
    ? ` · ${changes} ${changes === 1 ? `cell ${verb}s` : `cells ${verb}`}`
    : "";
  const coming = complete ? "" : ` · ${data.rows.length} of ${data.head.rows} rows`;
  status.textContent = lines.length === 0 ? "Nothing matches the filter." : `${rows}${changed}${coming}`;
  host.setState({ filter: filter.value, position });
  const shown: Shown = {
    rows: lines.length,
    columns: principals.length,
    drawn: body.querySelectorAll("[data-row]").length,
    changes,
    label: activeCell()?.getAttribute("aria-label") ?? "",
    complete,
  };
  host.postMessage({ type: "shown", shown });
}

/** Puts what fits into the page. */
function draw(): void {
  if (view === undefined) return;
  const { lines, principals, data: of } = view;
  const hadFocus = body.contains(document.activeElement);
  grid.setAttribute("aria-rowcount", String(lines.length + 1));
  grid.setAttribute("aria-colcount", String(principals.length + 1));
  grid.setAttribute("aria-label", `Permission matrix of ${of.head.account}`);
  grid.style.width = `${headWidth + principals.length * COLUMN}px`;
  body.style.height = `${lines.length * ROW}px`;
  const across = windowOf(scroller.scrollLeft, scroller.clientWidth - headWidth, COLUMN, principals.length);
  const down = windowOf(scroller.scrollTop, scroller.clientHeight, ROW, lines.length);

  names.replaceChildren(
    headCell("corner", of.head.by === "service" ? "Service" : "Action", 1),
    gap(across.from),
  );
  for (let column = across.from; column < across.to; column++) {
    const name = of.head.principals[principals[column] ?? 0] ?? "";
    const cell = headCell("name", name, column + 2);
    cell.title = name;
    names.append(cell);
  }
  const drawn: HTMLElement[] = [];
  for (let row = down.from; row < down.to; row++) {
    const line = lines[row];
    if (line === undefined) continue;
    const element = make("div", "row");
    element.setAttribute("role", "row");
    element.setAttribute("aria-rowindex", String(row + 2));
    element.style.top = `${row * ROW}px`;
    const head = headCell("line", line.name, 1);
    head.setAttribute("role", "rowheader");
    head.style.width = `${headWidth}px`;
    head.title = line.name;
    element.append(head, gap(across.from));
    for (let column = across.from; column < across.to; column++) {
      const { symbol, kind, label, change } = cellOf(view, line, principals[column] ?? 0);
      const cell = make("div", `cell ${kind}${change === undefined ? "" : ` changed ${change}`}`);
      cell.setAttribute("role", "gridcell");
      cell.setAttribute("aria-colindex", String(column + 2));
      cell.setAttribute("aria-label", label);
      cell.title = label;
      cell.textContent = `${change === undefined ? "" : CHANGES[change]}${symbol}`;
      cell.dataset["row"] = String(row);
      cell.dataset["column"] = String(column);
      // One cell is in the tab order, and arrows lead to the others.
      cell.tabIndex = row === position.row && column === position.column ? 0 : -1;
      element.append(cell);
    }
    drawn.push(element);
  }
  body.replaceChildren(...drawn);
  legend.textContent = of.head.legend.map(({ symbol, word }) => `${symbol} ${word}`).join("   ");
  const active = activeCell();
  // Scrolled away, the grid itself keeps the keyboard.
  grid.tabIndex = active === null ? 0 : -1;
  if (hadFocus) (active ?? grid).focus({ preventScroll: true });
}

const CHANGES = { gained: "+", lost: "−", other: "~" } as const;

function go(next: Position): void {
  position = next;
  const top = next.row * ROW;
  const above = names.offsetHeight;
  if (top < scroller.scrollTop) scroller.scrollTop = top;
  else if (top + ROW + above > scroller.scrollTop + scroller.clientHeight)
    scroller.scrollTop = top + ROW + above - scroller.clientHeight;
  const left = next.column * COLUMN;
  if (left < scroller.scrollLeft) scroller.scrollLeft = left;
  else if (left + COLUMN + headWidth > scroller.scrollLeft + scroller.clientWidth)
    scroller.scrollLeft = left + COLUMN + headWidth - scroller.clientWidth;
  draw();
  activeCell()?.focus({ preventScroll: true });
  tell();
}

function why({ row, column }: Position): void {
  const line = view?.lines[row];
  const principal = view?.data.head.principals[view.principals[column] ?? -1];
  const action = line && view?.data.head.columns[line.action];
  if (line === undefined || principal === undefined || action === undefined) return;
  const resource = view?.data.head.resources[line.resource];
  host.postMessage({ type: "why", principal, column: action, ...(resource !== undefined && { resource }) });
}

function activeCell(): HTMLElement | null {
  return body.querySelector<HTMLElement>(`[data-row="${position.row}"][data-column="${position.column}"]`);
}

function headCell(kind: string, text: string, index: number): HTMLElement {
  const cell = make("div", kind);
  cell.setAttribute("role", "columnheader");
  cell.setAttribute("aria-colindex", String(index));
  if (kind === "corner") cell.style.width = `${headWidth}px`;
  const inner = make("span", "text");
  inner.textContent = text;
  cell.append(inner);
  return cell;
}

/** In the place of the columns that are scrolled away. */
function gap(columns: number): HTMLElement {
  const space = make("div", "gap");
  space.setAttribute("role", "presentation");
  space.style.width = `${columns * COLUMN}px`;
  return space;
}

function make(tag: string, kind: string): HTMLElement {
  const element = document.createElement(tag);
  element.className = kind;
  return element;
}

function showProblems(list: readonly string[]): void {
  problems.hidden = list.length === 0;
  problems.replaceChildren(
    ...list.map((text) => {
      const item = make("p", "problem");
      item.textContent = text;
      return item;
    }),
  );
}
