/**
 * JSON inside a JSON string, escaped or percent-encoded, as some of AWS's APIs and templates have policies: which strings
 * hold it, and where its characters stand.
 */
import { type Excerpt, lastUpTo } from "../embedded/excerpt.js";
import { type StringNode, spanWithin } from "../tree.js";

/** Only objects: a list or a text in a string is more often just that. */
export function mayHoldJson({ value, sourceMap }: StringNode): boolean {
  // Its own quotes are escaped, so that there always is a map.
  if (sourceMap !== undefined) return /^\s*\{\s*(?:"|\}?\s*$)/.test(value);
  return value.startsWith("%7B") || value.startsWith("%7b");
}

export function excerptOf(node: StringNode): Excerpt {
  const { value, sourceMap } = node;
  const whole = spanWithin(node, 0, value.length);
  if (sourceMap !== undefined) {
    const write = (text: string) => JSON.stringify(text).slice(1, -1);
    return mapped(value, sourceMap, { ...whole, write });
  }
  const map: number[] = [];
  let text = "";
  // A character at a time: one that is not ASCII takes several of the codes.
  for (const { 0: written, index } of value.matchAll(CHARACTER)) {
    const character = decoded(written);
    for (let unit = 0; unit < character.length; unit++) map.push(node.contentStart + index);
    text += character;
  }
  return mapped(text, [...map, whole.end], { ...whole, write: encoded });
}

const CHARACTER =
  /%[cd][\da-f]%[\da-f]{2}|%e[\da-f](?:%[\da-f]{2}){2}|%f[\da-f](?:%[\da-f]{2}){3}|%[\da-f]{2}|[\s\S]/gi;

/** Half of a character cannot be encoded. */
function encoded(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\ufffd"));
}

function decoded(written: string): string {
  try {
    return decodeURIComponent(written);
  } catch {
    return written;
  }
}

/** @param map where each unit of the text stands, and its end */
function mapped(
  text: string,
  map: readonly number[],
  rest: Pick<Excerpt, "start" | "end" | "write">,
): Excerpt {
  return {
    ...rest,
    text,
    outward: (offset) => map[offset] ?? rest.end,
    inward: (offset) => {
      const index = lastUpTo(map, offset);
      return (map[index] ?? offset) < offset ? Math.min(index + 1, text.length) : index;
    },
  };
}
