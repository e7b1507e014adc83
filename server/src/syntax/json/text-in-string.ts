/** JSON inside a JSON string, as some of AWS's APIs and templates have policies: which strings hold it, and where its characters stand. */
import { type Excerpt, lastUpTo } from "../embedded/excerpt.js";
import { type StringNode, spanWithin } from "../tree.js";

/** Only objects: a list or a text in a string is more often just that. */
export function mayHoldJson({ value, sourceMap }: StringNode): boolean {
  // Its own quotes are escaped, so that there always is a map.
  return sourceMap !== undefined && /^\s*\{\s*(?:"|\}?\s*$)/.test(value);
}

export function excerptOf(node: StringNode): Excerpt {
  const { value, sourceMap = [] } = node;
  return {
    ...spanWithin(node, 0, value.length),
    text: value,
    outward: (offset) => spanWithin(node, offset, offset).start,
    inward: (offset) => {
      const index = lastUpTo(sourceMap, offset);
      return (sourceMap[index] ?? offset) < offset ? Math.min(index + 1, value.length) : index;
    },
    write: (text) => JSON.stringify(text).slice(1, -1),
  };
}
