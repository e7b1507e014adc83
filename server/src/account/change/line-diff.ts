/** The lines in which two texts differ, with a few around them, as `diff -u` shows them. What the texts are is not asked. */

export interface DiffLine {
  readonly sign: "+" | "-" | " " | "…";
  readonly text: string;
}

const AROUND = 2;
/** Beyond this many comparisons the middle is shown as replaced as a whole. */
const MOST = 4_000_000;

/** @returns nothing for equal texts; `…` stands for lines left out */
export function lineDiff(before: string, after: string): readonly DiffLine[] {
  const old = linesOf(before);
  const now = linesOf(after);
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head++;
  let tail = 0;
  while (
    tail < old.length - head &&
    tail < now.length - head &&
    old[old.length - 1 - tail] === now[now.length - 1 - tail]
  )
    tail++;
  const lines: DiffLine[] = [
    ...old.slice(0, head).map(same),
    ...middle(old.slice(head, old.length - tail), now.slice(head, now.length - tail)),
    ...old.slice(old.length - tail).map(same),
  ];
  return withoutDistant(lines);
}

function middle(old: readonly string[], now: readonly string[]): readonly DiffLine[] {
  const replaced = [...old.map(gone), ...now.map(added)];
  if (old.length === 0 || now.length === 0 || old.length * now.length > MOST) return replaced;
  // The longest common subsequence, counted from the ends.
  const width = now.length + 1;
  const length = new Uint32Array((old.length + 1) * width);
  const at = (i: number, j: number) => length[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i--)
    for (let j = now.length - 1; j >= 0; j--)
      length[i * width + j] = old[i] === now[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const lines: DiffLine[] = [];
  let i = 0;
  let j = 0;
  while (i < old.length || j < now.length) {
    const [one, other] = [old[i], now[j]];
    if (one !== undefined && one === other) {
      lines.push(same(one));
      i++;
      j++;
    } else if (one !== undefined && (other === undefined || at(i + 1, j) >= at(i, j + 1))) {
      lines.push(gone(one));
      i++;
    } else {
      lines.push(added(other ?? ""));
      j++;
    }
  }
  return lines;
}

function withoutDistant(lines: readonly DiffLine[]): readonly DiffLine[] {
  const near = lines.map((_, index) =>
    lines.slice(Math.max(0, index - AROUND), index + AROUND + 1).some(({ sign }) => sign !== " "),
  );
  if (!near.includes(true)) return [];
  return lines.flatMap((line, index) => {
    if (near[index] === true) return [line];
    return index === 0 || near[index - 1] === true ? [{ sign: "…", text: "" } as const] : [];
  });
}

function linesOf(text: string): readonly string[] {
  return text === "" ? [] : text.split("\n");
}

function same(text: string): DiffLine {
  return { sign: " ", text };
}

function gone(text: string): DiffLine {
  return { sign: "-", text };
}

function added(text: string): DiffLine {
  return { sign: "+", text };
}
