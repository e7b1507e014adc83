/** A number with its noun, such as `1 finding`, `2 findings`. The server has its own, which the client may not import. */
export function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
