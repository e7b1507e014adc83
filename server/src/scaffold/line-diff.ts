/** Two texts line by line, as people read a change: what goes, what comes, with a little around it. For short files. */

const AROUND = 2;

/** `undefined` for texts that differ in nothing but how their lines end. */
export function lineDiff(before: string, after: string): string | undefined {
  const old = linesOf(before);
  const now = linesOf(after);
  const rows = compare(old, now);
  const shown = rows.map((_, index) =>
    rows.slice(Math.max(0, index - AROUND), index + AROUND + 1).some(({ mark }) => mark !== " "),
  );
  if (!shown.includes(true)) return undefined;
  const out: string[] = [];
  for (const [index, { mark, text }] of rows.entries()) {
    if (shown[index]) out.push(`${mark} ${text}`);
    else if (shown[index - 1]) out.push("  …");
  }
  if (!shown[0]) out.unshift("  …");
  return `${out.join("\n")}\n`;
}

interface Row {
  readonly mark: " " | "-" | "+";
  readonly text: string;
}

function linesOf(text: string): readonly string[] {
  return text === "" ? [] : text.replace(/\r?\n$/, "").split(/\r?\n/);
}

/** By the longest lines in common; what is alike at both ends is not looked at. */
function compare(old: readonly string[], now: readonly string[]): readonly Row[] {
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head++;
  let tail = 0;
  const most = Math.min(old.length, now.length) - head;
  while (tail < most && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail++;
  const a = old.slice(head, old.length - tail);
  const b = now.slice(head, now.length - tail);
  const keep = (text: string): Row => ({ mark: " ", text });
  return [
    ...old.slice(0, head).map(keep),
    ...(a.length * b.length > MOST ? replaced(a, b) : changed(a, b)),
    ...old.slice(old.length - tail).map(keep),
  ];
}

/** Above this, everything between the ends is shown as replaced. */
const MOST = 4_000_000;

function replaced(a: readonly string[], b: readonly string[]): readonly Row[] {
  return [...a.map((text): Row => ({ mark: "-", text })), ...b.map((text): Row => ({ mark: "+", text }))];
}

function changed(a: readonly string[], b: readonly string[]): readonly Row[] {
  const width = b.length + 1;
  const common = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number) => common[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      common[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const rows: Row[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const gone = a[i];
    const come = b[j];
    if (gone !== undefined && gone === come) {
      rows.push({ mark: " ", text: gone });
      i++;
      j++;
    } else if (gone !== undefined && (come === undefined || at(i + 1, j) >= at(i, j + 1))) {
      rows.push({ mark: "-", text: gone });
      i++;
    } else {
      rows.push({ mark: "+", text: come ?? "" });
      j++;
    }
  }
  return rows;
}
