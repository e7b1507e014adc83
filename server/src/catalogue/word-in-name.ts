/** Words in names such as `GetObjectAcl`. What they mean is not told here. */

/** Where a word of the name begins with the letters, which are in lower case; -1 where none does. */
export function wordAt(name: string, letters: string, folded = name.toLowerCase()): number {
  for (let at = folded.indexOf(letters); at >= 0; at = folded.indexOf(letters, at + 1)) {
    if (at === 0 || /[A-Z0-9]/.test(name[at] ?? "")) return at;
  }
  return -1;
}
