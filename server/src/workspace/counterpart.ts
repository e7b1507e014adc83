/** Which policy of another version of a document is the same one: by the keys that lead to it, or by its number. */
import type { Policy } from "../policy/policy.js";
import { toPointer } from "../syntax/tree.js";
import { type PlacedPolicies, pathOfPolicy, pointerOfPolicy } from "./document-policies.js";

/** @returns `undefined` where it cannot be told, such as after another one was written above it */
export function counterpart(now: PlacedPolicies, index: number, before: PlacedPolicies): Policy | undefined {
  const policy = now.policies[index];
  if (policy === undefined) return undefined;
  const same = atSameKeys(now, policy, before);
  if (same !== undefined || now.policies.length !== before.policies.length) return same;
  return before.policies[index];
}

/** The one to which the same keys lead. Numbers do not count: they shift when something is written above. */
export function atSameKeys(now: PlacedPolicies, policy: Policy, before: PlacedPolicies): Policy | undefined {
  const path = pathOfPolicy(now, policy);
  if (path.length === 0 || !path.every((step) => typeof step === "string")) return undefined;
  const pointer = toPointer(path);
  return before.policies.find((it) => pointerOfPolicy(before, it) === pointer);
}
