/** "Did you mean": the nearest word of a list, if one is near enough to be meant. */

/** Edit distance with neighbours swapped as one step; gives up above `limit`. */
export function distance(a: string, b: string, limit = Number.POSITIVE_INFINITY): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let best = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
      row.push(cost);
      best = Math.min(best, cost);
    }
    if (best > limit) return limit + 1;
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
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
