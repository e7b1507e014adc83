/**
 * The page of the permission matrix: a grid for eyes, keyboard and screen reader, of which only what fits is in the
 * page. Everything that it shows comes in messages, and texts go in as texts, never as HTML.
 */
import type { FromPage, Kept, Shown, ToPage } from "../matrix/messages.js";
import {
  cellOf,
  changesIn,
  type MatrixData,
  type MatrixView,
  moved,
  type Position,
  reportOf,
  shortened,
  viewOf,
  windowOf,
} from "../matrix/model.js";
import { fitGrid, type GridSize, USUAL_SIZE } from "./grid-size.js";

declare function acquireVsCodeApi(): {
  postMessage(message: FromPage): void;
  getState(): Kept | undefined;
  setState(state: Kept): void;
};

const COMPARISONS = ["saved", "head", "aws"] as const;
const EXPORTS = ["csv", "markdown", "svg"] as const;
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
const progress = byId<HTMLProgressElement>("progress");
const stop = byId("stop");
const again = byId("again");
const detail = byId("detail");
const cellText = byId("cell");
const goTo = byId("go");

let kept = host.getState();
filter.value = kept?.filter ?? "";
onlyChanges.checked = kept?.onlyChanges === true;
let position: Position = kept?.position ?? { row: 0, column: 0 };
let data: { head: MatrixData["head"]; rows: MatrixData["rows"][number][] } | undefined;
let view: MatrixView | undefined;
/** How far the rows have come; `none` where there is no matrix. */
let state: "none" | "working" | "stopped" | "complete" = "none";
let size: GridSize = USUAL_SIZE;
let isDue = false;
/** Cells come and go, and the one that has the keyboard with them: another one takes it over. */
let wasInGrid = false;
document.addEventListener("focusin", () => {
  wasInGrid = isIn(grid);
});
window.addEventListener("focus", () => requestAnimationFrame(draw));
document.addEventListener("pointerdown", ({ target }) => {
  if (target instanceof Node && !grid.contains(target)) wasInGrid = false;
});

window.addEventListener("message", ({ data: message }: MessageEvent<ToPage>) => {
  switch (message.type) {
    case "busy":
      if (data === undefined) status.textContent = "Working …";
      become("working");
      break;
    case "head":
      data = { head: message.head, rows: [] };
      keep(message.wish);
      become("working");
      by.value = message.head.by;
      compare.value = message.wish.comparison ?? "nothing";
      onlyChanges.disabled = !message.head.compared;
      if (!message.head.compared) onlyChanges.checked = false;
      title.textContent = message.head.account;
      showProblems(message.head.problems);
      refilter();
      break;
    case "rows":
      data?.rows.push(...message.rows);
      later();
      break;
    case "done":
      become("complete");
      refilter();
      break;
    case "stopped":
      become("stopped");
      refilter();
      break;
    case "refusal":
      become("none");
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
for (const format of EXPORTS) {
  byId(`export-${format}`).addEventListener("click", () => {
    if (view !== undefined) host.postMessage({ type: "export", report: reportOf(view, format) });
  });
}
stop.addEventListener("click", () => host.postMessage({ type: "stop" }));
again.addEventListener("click", () => host.postMessage({ type: "again" }));
byId("why").addEventListener("click", () => why(position));
goTo.addEventListener("click", () => why(position, { go: true }));
scroller.addEventListener("scroll", () => requestAnimationFrame(draw));
new ResizeObserver(() => {
  later();
  // A page that becomes smaller does not lose the cell that somebody is on.
  if (wasInGrid) requestAnimationFrame(() => scrollTo(position));
}).observe(scroller);
// VS Code says there which theme and which letters are set.
new MutationObserver(later).observe(document.documentElement, { attributeFilter: ["style"] });

// What is scrolled away is not in the page, so the browser would not find it.
document.addEventListener("keydown", (event) => {
  if (event.key !== "f" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
  event.preventDefault();
  filter.select();
});

grid.addEventListener("keydown", (event) => {
  if (view === undefined || event.altKey) return;
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    why(position, event.ctrlKey || event.metaKey ? { go: true } : {});
    return;
  }
  if (event.metaKey) return;
  const bounds = {
    rows: view.lines.length,
    columns: view.principals.length,
    page: Math.max(1, Math.floor((scroller.clientHeight - size.above) / size.row) - 1),
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
grid.addEventListener("mouseover", ({ target }) => {
  const cell = target instanceof Element ? target.closest<HTMLElement>(".cell") : null;
  mark("hovered", cell?.dataset["column"]);
});
grid.addEventListener("mouseleave", () => mark("hovered", undefined));

host.postMessage({ type: "ready" });

/** Once for everything that comes before the next picture. */
function later(): void {
  if (isDue) return;
  isDue = true;
  requestAnimationFrame(() => {
    isDue = false;
    refilter();
  });
}

function become(next: typeof state): void {
  const hadFocus = document.activeElement === stop || document.activeElement === again;
  state = next;
  progress.hidden = stop.hidden = state !== "working";
  again.hidden = state !== "stopped";
  // A button that goes must not take the keyboard with it.
  if (hadFocus) grid.focus({ preventScroll: true });
  for (const format of EXPORTS) byId<HTMLButtonElement>(`export-${format}`).disabled = state !== "complete";
}

function refilter(): void {
  if (data === undefined) return;
  view = viewOf(data, filter.value, onlyChanges.checked);
  position = {
    row: Math.max(0, Math.min(view.lines.length - 1, position.row)),
    column: Math.max(0, Math.min(view.principals.length - 1, position.column)),
  };
  size = fitGrid(grid, scroller, view);
  draw();
  tell();
}

function tell(): void {
  if (view === undefined || data === undefined) return;
  const changes = changesIn(view);
  const { lines, principals } = view;
  const rows = `${lines.length} ${data.head.by === "service" ? "services" : "actions"} × ${principals.length} principals`;
  const verb = data.head.comparedWith === undefined ? "change" : "differ";
  // It is read aloud, so it must not change with every row that comes.
  const changed =
    data.head.compared && state !== "working"
      ? ` · ${changes} ${changes === 1 ? `cell ${verb}s` : `cells ${verb}`}`
      : "";
  const missing = state === "stopped" ? ` · stopped at ${data.rows.length} of ${data.head.rows} rows` : "";
  const words = lines.length === 0 ? "Nothing matches the filter." : `${rows}${changed}${missing}`;
  if (status.textContent !== words) status.textContent = words;
  progress.max = data.head.rows;
  progress.value = data.rows.length;
  const label = labelOf(position);
  detail.hidden = label === "";
  cellText.textContent = label;
  byId("why").textContent = data.head.by === "service" ? "Show Actions" : "Why?";
  goTo.hidden = data.head.by === "service";
  keep(kept?.wish ?? {});
  const shown: Shown = {
    rows: lines.length,
    columns: principals.length,
    drawn: body.querySelectorAll("[data-row]").length,
    changes,
    label,
    state,
  };
  host.postMessage({ type: "shown", shown });
}

function keep(wish: Kept["wish"]): void {
  kept = { wish, filter: filter.value, onlyChanges: onlyChanges.checked, position };
  host.setState(kept);
}

function labelOf({ row, column }: Position): string {
  const line = view?.lines[row];
  const principal = view?.principals[column];
  if (view === undefined || line === undefined || principal === undefined) return "";
  return cellOf(view, line, principal).label;
}

/** Puts what fits into the page. */
function draw(): void {
  if (view === undefined) return;
  const { lines, principals, data: of } = view;
  const holdsFocus = isIn(grid) || (wasInGrid && document.activeElement === document.body);
  grid.setAttribute("aria-rowcount", String(lines.length + 1));
  grid.setAttribute("aria-colcount", String(principals.length + 1));
  grid.setAttribute("aria-label", `Permission matrix of ${of.head.account}`);
  grid.style.width = `${size.head + principals.length * size.column}px`;
  body.style.height = `${lines.length * size.row}px`;
  const across = windowOf(
    scroller.scrollLeft,
    scroller.clientWidth - size.head,
    size.column,
    principals.length,
  );
  const down = windowOf(scroller.scrollTop, scroller.clientHeight, size.row, lines.length);

  names.replaceChildren(
    headCell("corner", of.head.by === "service" ? "Service" : "Action", size.headLetters, 1),
    gap(across.from),
  );
  for (let column = across.from; column < across.to; column++) {
    const name = of.head.principals[principals[column] ?? 0] ?? "";
    const cell = headCell("name", name, size.aboveLetters, column + 2);
    cell.dataset["column"] = String(column);
    cell.classList.toggle("current", column === position.column);
    names.append(cell);
  }
  const drawn: HTMLElement[] = [];
  for (let row = down.from; row < down.to; row++) {
    const line = lines[row];
    if (line === undefined) continue;
    const element = make("div", "row");
    element.setAttribute("role", "row");
    element.setAttribute("aria-rowindex", String(row + 2));
    element.style.top = `${row * size.row}px`;
    element.classList.toggle("current", row === position.row);
    const head = headCell("line", line.name, size.headLetters, 1);
    head.setAttribute("role", "rowheader");
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
  showLegend(of.head);
  const active = activeCell();
  // Scrolled away, the grid itself keeps the keyboard.
  grid.tabIndex = active === null ? 0 : -1;
  if (holdsFocus) (active ?? grid).focus({ preventScroll: true });
}

function isIn(element: HTMLElement): boolean {
  return element.contains(document.activeElement);
}

const CHANGES = { gained: "+", lost: "−", other: "~" } as const;

function go(next: Position): void {
  position = next;
  scrollTo(next);
  draw();
  activeCell()?.focus({ preventScroll: true });
  tell();
}

function scrollTo({ row, column }: Position): void {
  const [height, width] = [scroller.clientHeight - size.above, scroller.clientWidth - size.head];
  scroller.scrollTop = inView(scroller.scrollTop, row * size.row, size.row, height);
  scroller.scrollLeft = inView(scroller.scrollLeft, column * size.column, size.column, width);
}

/** How far to scroll so that a place is seen. */
function inView(scrolled: number, start: number, length: number, visible: number): number {
  return Math.min(start, Math.max(scrolled, start + length - visible));
}

function why({ row, column }: Position, how: { readonly go?: true } = {}): void {
  const line = view?.lines[row];
  const principal = view?.data.head.principals[view.principals[column] ?? -1];
  const action = line && view?.data.head.columns[line.action];
  if (line === undefined || principal === undefined || action === undefined) return;
  const resource = view?.data.head.resources[line.resource];
  host.postMessage({
    type: "why",
    principal,
    column: action,
    ...(resource !== undefined && { resource }),
    ...how,
  });
}

function activeCell(): HTMLElement | null {
  return body.querySelector<HTMLElement>(`[data-row="${position.row}"][data-column="${position.column}"]`);
}

function headCell(kind: string, text: string, letters: number, index: number): HTMLElement {
  const cell = make("div", kind);
  cell.setAttribute("role", "columnheader");
  cell.setAttribute("aria-colindex", String(index));
  cell.setAttribute("aria-label", text);
  cell.title = text;
  const inner = make("span", "text");
  inner.textContent = shortened(text, letters);
  cell.append(inner);
  return cell;
}

/** Marks the name of a column, and takes the mark off all others. */
function mark(kind: string, column: string | undefined): void {
  for (const name of names.querySelectorAll<HTMLElement>(".name"))
    name.classList.toggle(kind, column !== undefined && name.dataset["column"] === column);
}

/** In the place of the columns that are scrolled away. */
function gap(columns: number): HTMLElement {
  const space = make("div", "gap");
  space.setAttribute("role", "presentation");
  space.style.width = `${columns * size.column}px`;
  return space;
}

function make(tag: string, kind: string): HTMLElement {
  const element = document.createElement(tag);
  element.className = kind;
  return element;
}

function showLegend({ legend: symbols, compared, comparedWith }: MatrixData["head"]): void {
  const marks =
    comparedWith === undefined ? ["+ gained", "− lost", "~ otherwise"] : [`~ not so for ${comparedWith}`];
  const words = [...symbols.map(({ symbol, word }) => `${symbol} ${word}`), ...(compared ? marks : [])];
  legend.replaceChildren(
    ...words.map((text) => {
      const item = make("span", "meaning");
      item.textContent = text;
      return item;
    }),
  );
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
