/** Work put off until it is asked for, then kept. Nothing here ever forgets to answer the same. */

export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** More than any workspace writes; what is typed on the way to a finished word must not pile up for ever. */
const REMEMBERED = 50_000;

export function remembered<T>(make: (text: string) => T): (text: string) => T {
  const known = new Map<string, { readonly value: T }>();
  return (text) => {
    let answer = known.get(text);
    if (answer === undefined) {
      answer = { value: make(text) };
      if (known.size >= REMEMBERED) known.clear();
      known.set(text, answer);
    }
    return answer.value;
  };
}
