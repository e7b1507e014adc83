/** Patterns with `*` (any run of characters) and `?` (exactly one), as IAM matches them. Regular expressions they are not. */

export const STAR = 42;
const QUESTION = 63;

export function isWildcard(code: number): boolean {
  return code === STAR || code === QUESTION;
}

export function hasWildcard(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (isWildcard(text.charCodeAt(i))) return true;
  return false;
}

/** What everything that the pattern matches begins with; all of it where it has no wildcard. */
export function beforeWildcard(pattern: string): string {
  const end = pattern.search(WILDCARD);
  return end < 0 ? pattern : pattern.slice(0, end);
}

const WILDCARD = /[*?]/;

/** Does the pattern match the whole text? Linear in practice, never exponential. */
export function matchesPattern(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let retry = 0;
  while (t < text.length) {
    const char = pattern[p];
    if (char === "*") {
      star = p++;
      retry = t;
    } else if (p < pattern.length && (char === "?" || char === text[t])) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++retry;
    } else return false;
  }
  while (pattern[p] === "*") p++;
  return p === pattern.length;
}

/** Does `wide` match everything that `narrow` matches? Both are patterns; compared as written. */
export function coversPattern(wide: string, narrow: string): boolean {
  // What stands before the first wildcard must stand in the narrow one too: that settles nearly every pair.
  let literal = 0;
  for (; literal < wide.length; literal++) {
    const code = wide.charCodeAt(literal);
    if (code === STAR || code === QUESTION) break;
    if (code !== narrow.charCodeAt(literal)) return false;
  }
  if (literal === wide.length) return narrow.length === literal;
  if (literal === wide.length - 1 && wide.charCodeAt(literal) === STAR) return true;
  return coversFrom(wide, narrow, literal);
}

/** Matches the narrow pattern as if it were a text in which only a star of the wide one can take in a star. */
function coversFrom(wide: string, narrow: string, from: number): boolean {
  let w = from;
  let n = from;
  let star = -1;
  let retry = from;
  while (n < narrow.length) {
    const code = wide.charCodeAt(w);
    const other = narrow.charCodeAt(n);
    if (code === STAR) {
      star = w++;
      retry = n;
    } else if (w < wide.length && other !== STAR && (code === QUESTION || code === other)) {
      w++;
      n++;
    } else if (star >= 0) {
      w = star + 1;
      n = ++retry;
    } else return false;
  }
  while (wide.charCodeAt(w) === STAR) w++;
  return w === wide.length;
}

/** Is there a text that both patterns match? */
export function patternsOverlap(a: string, b: string): boolean {
  // Up to the first wildcard of either, they must be the same.
  for (let i = 0; ; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === STAR || x === QUESTION || y === STAR || y === QUESTION) break;
    if (i === a.length || i === b.length) return a.length === b.length;
    if (x !== y) return false;
  }
  if (!hasWildcard(a)) return matchesPattern(b, a);
  return hasWildcard(b) ? overlapAnywhere(a, b) : matchesPattern(a, b);
}

function overlapAnywhere(a: string, b: string): boolean {
  let next = new Uint8Array(b.length + 1);
  next[b.length] = 1;
  for (let j = b.length - 1; j >= 0 && b[j] === "*"; j--) next[j] = 1;
  for (let i = a.length - 1; i >= 0; i--) {
    const row = new Uint8Array(b.length + 1);
    const x = a[i];
    row[b.length] = x === "*" ? (next[b.length] ?? 0) : 0;
    for (let j = b.length - 1; j >= 0; j--) {
      const y = b[j];
      if (x === "*" || y === "*")
        row[j] = next[j] || row[j + 1] || (x === "*" && y === "*" && next[j + 1]) ? 1 : 0;
      else row[j] = (x === "?" || y === "?" || x === y) && next[j + 1] ? 1 : 0;
    }
    next = row;
  }
  return next[0] === 1;
}
