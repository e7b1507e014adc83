/** Conditions that say on whose behalf a service may act, well or less well. Whether a policy needs one is the rules' business. */
import type { Condition } from "../policy/condition.js";

/** Lower case. */
const SOURCE: ReadonlySet<string> = new Set([
  "aws:sourceaccount",
  "aws:sourcearn",
  "aws:sourceorgid",
  "aws:sourceorgpaths",
]);

/** Is it about the account, resource or organization that a service acts for? */
export function restrictsService({ key }: Condition): boolean {
  return SOURCE.has(key.value.toLowerCase());
}

/** Is it about a key that some services once filled with the account that they act for? */
export function isWeakSource({ key }: Condition): boolean {
  return key.value.toLowerCase() === "aws:referer";
}

/** Does it restrict the source in a way of its own, if not by one of AWS's keys for it? */
export function hintsAtSource(condition: Condition): boolean {
  return isWeakSource(condition) || condition.key.value.toLowerCase().startsWith("kms:encryptioncontext:");
}
