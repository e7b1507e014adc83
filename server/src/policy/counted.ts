/** A number with its noun, such as `1 policy`, `2 policies`: what is counted is not asked. */

/** @param many where it is not formed with an `s` */
export function counted(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
