/** "Did you mean": the nearest word of a list, if one is near enough to be meant. */

/** Room for the rows of a table of distances: asked about a whole service, it is filled hundreds of times. */
let rows: readonly [Uint16Array, Uint16Array, Uint16Array] = roomFor(64);

function roomFor(length: number): typeof rows {
  return [new Uint16Array(length), new Uint16Array(length), new Uint16Array(length)];
}

/** Edit distance with neighbours swapped as one step; gives up above `limit`. */
export function distance(a: string, b: string, limit = Math.max(a.length, b.length)): number {
  const above = limit + 1;
  if (Math.abs(a.length - b.length) > limit) return above;
  if (rows[0].length < b.length + 2) rows = roomFor(2 * b.length + 2);
  let [row, last, beforeLast] = rows;
  for (let j = 0; j <= b.length; j++) last[j] = j;
  for (let i = 1; i <= a.length; i++) {
    // Whoever leaves the diagonal by more than the limit does not come back in time.
    const from = Math.max(1, i - limit);
    const to = Math.min(b.length, i + limit);
    row[from - 1] = from === 1 ? i : above;
    if (to < b.length) row[to + 1] = above;
    let best = row[from - 1] ?? above;
    const own = a.charCodeAt(i - 1);
    const before = a.charCodeAt(i - 2);
    for (let j = from; j <= to; j++) {
      const other = b.charCodeAt(j - 1);
      let cost = (last[j - 1] ?? 0) + (own === other ? 0 : 1);
      cost = Math.min(cost, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && own === b.charCodeAt(j - 2) && before === other)
        cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
      row[j] = cost;
      if (cost < best) best = cost;
    }
    if (best > limit) return above;
    [row, last, beforeLast] = [beforeLast, row, last];
  }
  return Math.min(last[b.length] ?? 0, above);
}

/** The nearest word, whatever its case; at most a third of the word may differ. */
export function nearest(word: string, words: Iterable<string>): string | undefined {
  const folded = word.toLowerCase();
  let best: string | undefined;
  let limit = Math.max(1, Math.floor(folded.length / 3));
  for (const candidate of words) {
    const away = distance(folded, candidate.toLowerCase(), limit);
    if (away > limit || (best !== undefined && away === limit)) continue;
    best = candidate;
    limit = away;
    if (away === 0) break;
  }
  return best;
}
