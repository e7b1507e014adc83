/**
 * Conditions that leave only callers of somebody's choice: of an account, an organization, a network or a source.
 * What the values are is not judged, only that they are not everything.
 * See https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
import { failsWithoutKey } from "../policy/absent-key.js";
import { parseArn } from "../policy/arn.js";
import type { Condition } from "../policy/condition.js";
import { isNegated, NULL } from "../policy/condition-types.js";
import { hasWildcard } from "../policy/wildcard.js";
import type { ValueNode } from "../syntax/tree.js";

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
]);

/** Does an Allow under this condition let in only some callers? */
export function narrowsCallers(condition: Condition): boolean {
  return namesCallers(condition) && failsWithoutKey(condition) && condition.operator.base !== NULL;
}

/** Does a Deny under this condition spare only some callers? */
export function sparesCallers(condition: Condition): boolean {
  return namesCallers(condition) && isNegated(condition.operator);
}

function namesCallers({ key, values }: Condition): boolean {
  return KEYS.has(key.value.toLowerCase()) && values.length > 0 && !values.some(isEverything);
}

function isEverything(value: ValueNode): boolean {
  if (value.type !== "string") return false;
  const text = value.value;
  return (
    /^[*?]+$/.test(text) ||
    text === "0.0.0.0/0" ||
    text === "::/0" ||
    hasWildcard(parseArn(text)?.account ?? "")
  );
}
