/** How a message names a statement: by its Sid, or by its place. */
import type { Statement } from "../policy/policy.js";

export function nameOf({ sid, index }: Statement): string {
  return sid === undefined || sid.value === "" ? `statement ${index + 1}` : `statement \`${sid.value}\``;
}
