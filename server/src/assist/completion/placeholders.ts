/** Placeholders behind `<`: those that have a value, and those that the text uses already. Filling them is for later. */
import { findPlaceholders } from "../../policy/placeholder.js";
import type { Suggestion } from "./offer.js";
import type { Scope } from "./scope.js";

/** `undefined` where no placeholder is being written at the cursor. */
export function placeholders(scope: Scope): readonly Suggestion[] | undefined {
  const { word, tree } = scope.cursor;
  const start = word.typed.lastIndexOf("<");
  if (start < 0 || !/^<[\w .-]*$/.test(word.typed.slice(start))) return undefined;
  const closing = /^[\w .-]*>/.exec(word.text.slice(word.typed.length))?.[0].length ?? 0;
  const within = { start, end: word.typed.length + closing };
  const written = findPlaceholders(tree.text)
    .filter(({ text }) => text.startsWith("<"))
    .map(({ name }) => name);
  const names = new Set([...written, ...Object.keys(scope.placeholders)]);
  return [...names].map((name, index) => {
    const value = Object.hasOwn(scope.placeholders, name) ? scope.placeholders[name] : undefined;
    return {
      label: `<${name}>`,
      type: "variable",
      detail: value ?? "no value yet",
      insert: { text: `<${name}>`, within },
      score: (value === undefined ? 0 : names.size) - index,
    };
  });
}
