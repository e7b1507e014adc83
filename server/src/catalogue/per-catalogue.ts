/** Answers that follow from a catalogue and a text alone, such as an entry of `Action`: the same texts come again and again. */

import { remembered } from "../policy/once.js";
import type { Catalogue } from "./catalogue.js";

/** Between the parts of a text that has several: some names of resource types have spaces. */
export const SEPARATOR = "\n";

export function perCatalogue<T>(
  make: (catalogue: Catalogue, text: string) => T,
): (catalogue: Catalogue, text: string) => T {
  const known = new WeakMap<Catalogue, (text: string) => T>();
  let last: Catalogue | undefined;
  let answer: ((text: string) => T) | undefined;
  return (catalogue, text) => {
    if (answer === undefined || last !== catalogue) {
      answer = known.get(catalogue) ?? remembered((it) => make(catalogue, it));
      known.set(catalogue, answer);
      last = catalogue;
    }
    return answer(text);
  };
}
