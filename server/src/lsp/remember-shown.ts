/**
 * What editors have been shown, by id, until it is carried out: nothing else than what was shown is done, and that at
 * most once. What it is, the caller knows.
 */
export interface Shown<T> {
  /** @returns the id to give to the editor */
  keep(it: T): string;
  /** For good; `undefined` for what is not known, or not any more. */
  take(id: string): T | undefined;
}

/** More than anybody goes back to. */
const KEPT = 10;

/** @param kind what ids begin with, such as `plan` */
export function rememberShown<T>(kind: string): Shown<T> {
  const shown = new Map<string, T>();
  let made = 0;
  return {
    keep(it) {
      const id = `${kind}-${++made}`;
      shown.set(id, it);
      for (const old of [...shown.keys()].slice(0, -KEPT)) shown.delete(old);
      return id;
    },
    take(id) {
      const found = shown.get(id);
      shown.delete(id);
      return found;
    },
  };
}
