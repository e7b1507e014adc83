/**
 * When documents are checked after a change: as soon as the messages that came with it are read, or, while somebody
 * is asked for the next word with every key, a moment behind the answer. What is checked is told by the caller.
 */
export interface Checking {
  /** The document has changed. */
  changed(uri: string): void;
  /** A question about the document has been answered that writers ask again with the next key. */
  answered(uri: string): void;
}

/** Nobody sees findings come this much later, in milliseconds; the next question finds nothing in its way. */
const PATIENCE = 30;

/** @param check is given each document once, however often it has changed */
export function checking(check: (uris: readonly string[]) => void): Checking {
  const waiting = new Set<string>();
  const asking = new Set<string>();
  let cancel = () => {};
  const start = () => {
    const uris = [...waiting];
    waiting.clear();
    check(uris);
  };
  const later = (patient: boolean) => {
    cancel();
    if (patient) {
      // What has arrived when the time is up is read and handled between the two.
      let timer = setTimeout(() => {
        timer = setTimeout(start, 1);
      }, PATIENCE - 1);
      cancel = () => clearTimeout(timer);
    } else {
      const turn = setImmediate(start);
      cancel = () => clearImmediate(turn);
    }
  };
  return {
    changed(uri) {
      waiting.add(uri);
      // Who asked after the last change is about to ask again; who does not is not waited for twice.
      later(asking.delete(uri));
    },
    answered(uri) {
      asking.add(uri);
      if (waiting.has(uri)) later(true);
    },
  };
}
