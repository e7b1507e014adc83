/** Which policy of another version of a document is the same one: by the keys that lead to it, or by its number. */
import type { Policy } from "../policy/policy.js";
import { type Path, pathAt, toPointer, type ValueNode } from "../syntax/tree.js";

export interface DocumentPolicies {
  readonly root: ValueNode | undefined;
  readonly policies: readonly Policy[];
}

/** @returns `undefined` where it cannot be told, such as after another one was written above it */
export function counterpart(
  now: DocumentPolicies,
  index: number,
  before: DocumentPolicies,
): Policy | undefined {
  const policy = now.policies[index];
  if (policy === undefined) return undefined;
  const path = pathOf(now, policy);
  // Numbers shift when something is written above.
  const byKeys = path.length > 0 && path.every((step) => typeof step === "string");
  const same = byKeys ? samePlace(before, path) : undefined;
  if (same !== undefined || now.policies.length !== before.policies.length) return same;
  return before.policies[index];
}

function samePlace(before: DocumentPolicies, path: Path): Policy | undefined {
  const pointer = toPointer(path);
  return before.policies.find((it) => toPointer(pathOf(before, it)) === pointer);
}

function pathOf({ root }: DocumentPolicies, { node }: Policy): Path {
  return pathAt(root, node);
}
