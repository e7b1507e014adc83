/**
 * Conditions that should tell one party from another and leave the choice to a wildcard or a variable.
 * The keys, and how much of a value must stand there literally, are Access Analyzer's; where it keeps silent about
 * AWS's own policies, so does this.
 * See https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
import type { Condition } from "../policy/condition.js";
import { isNegated } from "../policy/condition-types.js";
import type { Statement } from "../policy/policy.js";
import { ALLOW, DENY } from "../policy/words.js";

/** Keys with identifiers that AWS gives out, in lower case: of a part of one nobody knows who shares it. */
const IDENTIFIERS: ReadonlySet<string> = new Set([
  "aws:principalaccount",
  "aws:principalorgid",
  "aws:resourceaccount",
  "aws:resourceorgid",
  "aws:sourceaccount",
  "aws:sourceorgid",
  "aws:sourcevpc",
  "aws:sourcevpce",
  "aws:vpceaccount",
  "aws:vpceorgid",
]);

/** Variables that hold such an identifier as well, and that no caller can choose. */
const OTHER_FIXED_VARIABLES: ReadonlySet<string> = new Set(["aws:ec2instancesourcevpc"]);

/** How many literal characters must stand in front of a wildcard or a variable. */
export const LITERAL_RUN = 6;

export type LooseKey = "identifier" | "subject" | "user-id";

/** What such a key tells apart, if that is anything; the key is in lower case. */
export function keyTellsApart(key: string): LooseKey | undefined {
  if (IDENTIFIERS.has(key)) return "identifier";
  if (key === "aws:userid") return "user-id";
  return key.endsWith(":sub") && key.includes(".") ? "subject" : undefined;
}

/** What the condition tells apart, if it narrows the statement down at all. */
export function looseKey({ key, operator }: Condition, { effect }: Statement): LooseKey | undefined {
  return effect?.value === (isNegated(operator) ? DENY : ALLOW)
    ? keyTellsApart(key.value.toLowerCase())
    : undefined;
}

export function isFixedVariable(key: string): boolean {
  const folded = key.trim().toLowerCase();
  return IDENTIFIERS.has(folded) || OTHER_FIXED_VARIABLES.has(folded);
}
