/** A name that no other statement of a policy has: the one that is wished for, or a number behind it. */

export function freeSid(wish: string, taken: ReadonlySet<string | undefined>): string {
  if (!taken.has(wish)) return wish;
  let number = 2;
  while (taken.has(`${wish}${number}`)) number++;
  return `${wish}${number}`;
}
