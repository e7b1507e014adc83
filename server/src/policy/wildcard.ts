/** Patterns with `*` (any run of characters) and `?` (exactly one), as IAM matches them. Regular expressions they are not. */

export function hasWildcard(text: string): boolean {
  return text.includes("*") || text.includes("?");
}

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
  const literal = literalLength(wide);
  // What stands before the first wildcard must stand in the narrow one too: that settles nearly every pair.
  if (!narrow.startsWith(literal === wide.length ? wide : wide.slice(0, literal))) return false;
  if (literal === wide.length) return narrow.length === literal;
  if (literal === wide.length - 1 && wide[literal] === "*") return true;
  return coversRest(wide.slice(literal), narrow.slice(literal));
}

/** How many characters stand before the first wildcard. */
function literalLength(pattern: string): number {
  for (let i = 0; i < pattern.length; i++) {
    const code = pattern.charCodeAt(i);
    if (code === 42 || code === 63) return i;
  }
  return pattern.length;
}

function coversRest(wide: string, narrow: string): boolean {
  // Row i, column j: does wide from i on cover narrow from j on? Filled from the end.
  let next = new Uint8Array(narrow.length + 1);
  next[narrow.length] = 1;
  for (let i = wide.length - 1; i >= 0; i--) {
    const row = new Uint8Array(narrow.length + 1);
    const w = wide[i];
    row[narrow.length] = w === "*" ? (next[narrow.length] ?? 0) : 0;
    for (let j = narrow.length - 1; j >= 0; j--) {
      const n = narrow[j];
      if (w === "*") row[j] = next[j] || row[j + 1] ? 1 : 0;
      else if (n === "*") row[j] = 0;
      else row[j] = (w === "?" || w === n) && next[j + 1] ? 1 : 0;
    }
    next = row;
  }
  return next[0] === 1;
}

/** Is there a text that both patterns match? */
export function patternsOverlap(a: string, b: string): boolean {
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
