/**
 * Conditions that leave only callers of somebody's choice: of an account, an organization, a network or a source.
 * Whether the choice is a good one is not judged, only that it is one.
 * See https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */

import type { ValueNode } from "../syntax/tree.js";
import { failsWithoutKey } from "./absent-key.js";
import { parseArn } from "./arn.js";
import type { Condition } from "./condition.js";
import { isNegated, NULL, takesWildcards } from "./condition-types.js";
import { readIpRange } from "./condition-values.js";
import { hasWildcard } from "./wildcard.js";

/** Lower case. Tags are not here: whoever has an account can tag a role. */
const KEYS: ReadonlySet<string> = new Set([
  "aws:principalaccount",
  "aws:principalarn",
  "aws:principalorgid",
  "aws:principalorgpaths",
  "aws:principalservicename",
  "aws:sourceaccount",
  "aws:sourcearn",
  "aws:sourceip",
  "aws:sourceorgid",
  "aws:sourceorgpaths",
  "aws:sourceowner",
  "aws:sourcevpc",
  "aws:sourcevpcarn",
  "aws:sourcevpce",
  "aws:userid",
  "aws:vpceaccount",
  "aws:vpceorgid",
  "aws:vpceorgpaths",
  "aws:vpcsourceip",
  "elasticfilesystem:accessedviamounttarget",
  "kms:calleraccount",
  "lambda:eventsourcetoken",
  "s3:dataaccesspointaccount",
  "s3:dataaccesspointarn",
  "sts:externalid",
  "vpc-lattice-svcs:sourcevpc",
  "vpc-lattice-svcs:sourcevpcowneraccount",
]);

/** Does an Allow under this condition let in only some callers? */
export function narrowsCallers(condition: Condition): boolean {
  return namesCallers(condition) && failsWithoutKey(condition) && condition.operator.base !== NULL;
}

/**
 * Does an Allow under this condition let in only callers that its values spell out? That is how S3 tells public policies
 * from others: a value with a wildcard or a policy variable is none, but for the two exceptions that it makes.
 */
export function narrowsToFixedValues(condition: Condition): boolean {
  return narrowsCallers(condition) && condition.values.every((value) => isFixed(condition, value));
}

/** Does a Deny under this condition spare only some callers? */
export function sparesCallers(condition: Condition): boolean {
  return namesCallers(condition) && isNegated(condition.operator);
}

/** Does the key tell callers, or those on whose behalf they act, from others? */
export function isCallerKey(key: string): boolean {
  return KEYS.has(key.toLowerCase());
}

function namesCallers({ key, values }: Condition): boolean {
  return isCallerKey(key.value) && values.length > 0 && !values.some(isEverything);
}

function isFixed({ key, operator }: Condition, value: ValueNode): boolean {
  if (value.type !== "string") return true;
  const text = value.value;
  if (text.includes("${")) return false;
  if (!takesWildcards(operator) || !hasWildcard(text)) return true;
  const folded = key.value.toLowerCase();
  // All sessions of one role, and all access points of one account.
  if (folded === "aws:userid") return /^AROA[A-Z0-9]+:\*$/.test(text);
  return folded === "s3:dataaccesspointarn" && /^\d{12}$/.test(parseArn(text)?.account ?? "");
}

function isEverything(value: ValueNode): boolean {
  if (value.type !== "string") return false;
  const text = value.value;
  return /^[*?]+$/.test(text) || isBroadRange(text) || hasWildcard(parseArn(text)?.account ?? "");
}

/** S3 takes ranges for public that are broader than /8 of version 4 and /32 of version 6. */
function isBroadRange(text: string): boolean {
  const range = text.includes("/") ? readIpRange(text) : undefined;
  return range !== undefined && range.prefix < (range.version === 4 ? 8 : 32);
}
