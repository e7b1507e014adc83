/** How large a policy is, in the measures that AWS's quotas use. Which quota is whose is said elsewhere. */
import type { ValueNode } from "../syntax/tree.js";

export interface PolicySize {
  /** UTF-16 units, as they stand there. */
  readonly characters: number;
  /** Without the white space that stands outside strings. */
  readonly dense: number;
  /** In UTF-8. */
  readonly bytes: number;
}

const QUOTE = 34;
const BACKSLASH = 92;

const sizes = new WeakMap<ValueNode, PolicySize>();

/** One pass over the text: nothing is parsed or written anew. Remembered: each quota asks. */
export function sizeOf(text: string, node: ValueNode): PolicySize {
  const known = sizes.get(node);
  if (known !== undefined) return known;
  const size = measure(text, node);
  sizes.set(node, size);
  return size;
}

function measure(text: string, { start, end }: ValueNode): PolicySize {
  let white = 0;
  let beyondAscii = 0;
  let inString = false;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code > 127) beyondAscii += code > 2047 && !isSurrogate(code) ? 2 : 1;
    else if (inString) {
      if (code === QUOTE) inString = false;
      else if (code === BACKSLASH) at++;
    } else if (code === QUOTE) inString = true;
    else if (code <= 32) white++;
  }
  const characters = end - start;
  return { characters, dense: characters - white, bytes: characters + beyondAscii };
}

/** Could it be larger than that at all? Told without looking at the text. */
export function mayExceed({ start, end }: ValueNode, quota: number): boolean {
  // A UTF-16 unit takes three bytes at most.
  return 3 * (end - start) > quota;
}

/** Two units of two bytes each make four: one more than a unit alone has. */
function isSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdfff;
}
