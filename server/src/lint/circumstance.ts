/**
 * Conditions on who asks, when, from where and in which Region: whoever meets them may do all that the statement says.
 * Conditions on anything else (tags, the role passed, the service in between) make what it allows smaller.
 */
import type { Condition } from "../policy/condition.js";

/** Lower case. */
const KEYS: ReadonlySet<string> = new Set([
  "aws:currenttime",
  "aws:epochtime",
  "aws:multifactorauthage",
  "aws:multifactorauthpresent",
  "aws:principalaccount",
  "aws:principalarn",
  "aws:principalorgid",
  "aws:principalorgpaths",
  "aws:principaltype",
  "aws:referer",
  "aws:requestedregion",
  "aws:resourceaccount",
  "aws:resourceorgid",
  "aws:resourceorgpaths",
  "aws:securetransport",
  "aws:sourceip",
  "aws:sourcevpc",
  "aws:sourcevpce",
  "aws:tokenissuetime",
  "aws:useragent",
  "aws:userid",
  "aws:username",
  "aws:vpcsourceip",
]);

export function isCircumstance({ key }: Condition): boolean {
  const name = key.value.toLowerCase();
  return KEYS.has(name) || name.startsWith("aws:principaltag/");
}
