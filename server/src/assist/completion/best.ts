/** The highest of many scores, kept while they come: sorting them all takes longer. Equal ones stay as they came. */
export interface Best<T> {
  add(value: T, score: number): void;
  /** Does a score have a place among them? */
  takes(score: number): boolean;
  /** Highest first. */
  readonly found: readonly Scored<T>[];
}

export interface Scored<T> {
  readonly value: T;
  readonly score: number;
}

export function best<T>(most: number): Best<T> {
  const found: Scored<T>[] = [];
  const takes = (score: number) => found.length < most || score > (found.at(-1)?.score ?? 0);
  return {
    found,
    takes,
    add(value, score) {
      if (!takes(score)) return;
      if (found.length === most) found.pop();
      let [at, end] = [0, found.length];
      while (at < end) {
        const middle = (at + end) >> 1;
        if (score > (found[middle]?.score ?? 0)) end = middle;
        else at = middle + 1;
      }
      found.splice(at, 0, { value, score });
    },
  };
}
