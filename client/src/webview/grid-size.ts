/** How large the cells and names of the matrix are, by the letters that the editor has and the room that there is. */
import type { MatrixView } from "../matrix/model.js";

/** In pixels, and as letters that fit. */
export interface GridSize {
  readonly row: number;
  readonly column: number;
  /** The names of the rows, and those above the columns. */
  readonly head: number;
  readonly above: number;
  readonly headLetters: number;
  readonly aboveLetters: number;
}

/** At this size of letters; with larger ones everything grows. */
const LETTERS = 14;
/** Around a name, in pixels. */
const PADDING = 16;

export const USUAL_SIZE: GridSize = {
  row: 24,
  column: 34,
  head: 200,
  above: 180,
  headLetters: 24,
  aboveLetters: 20,
};

/** Names take the room that the longest of them needs, up to a part of the page. The grid's style follows. */
export function fitGrid(
  grid: HTMLElement,
  { clientWidth, clientHeight }: HTMLElement,
  { data: { head }, lines, principals }: MatrixView,
): GridSize {
  const { letter, scale } = lettersOf(grid);
  const longest = (of: readonly string[]) => of.reduce((most, { length }) => Math.max(most, length), 8);
  const room = (letters: number, most: number) => Math.min(Math.ceil(letters * letter) + PADDING, most);
  const wide = longest(lines.map(({ name }) => name));
  const high = longest(principals.map((it) => head.principals[it] ?? ""));
  const width = room(wide, Math.max(160, Math.round(clientWidth * 0.5)));
  const height = room(high, Math.max(130, Math.round(clientHeight * 0.5)));
  const size: GridSize = {
    row: Math.round(USUAL_SIZE.row * scale),
    column: Math.round(USUAL_SIZE.column * scale),
    head: width,
    above: height,
    headLetters: Math.floor((width - PADDING) / letter),
    aboveLetters: Math.floor((height - PADDING) / letter),
  };
  for (const name of ["row", "column", "head", "above"] as const)
    grid.style.setProperty(`--${name}`, `${size[name]}px`);
  return size;
}

/** The names are in the editor's font, which has one width for all letters. */
function lettersOf(element: HTMLElement): { readonly letter: number; readonly scale: number } {
  const { fontFamily, fontSize } = getComputedStyle(element);
  const scale = Math.max(1, Number.parseFloat(fontSize) / LETTERS) || 1;
  const context = document.createElement("canvas").getContext("2d");
  if (context === null) return { letter: 8 * scale, scale };
  context.font = `${fontSize} ${fontFamily}`;
  return { letter: context.measureText("m").width, scale };
}
