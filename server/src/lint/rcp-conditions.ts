/**
 * How a resource control policy tells AWS's services apart from users and roles. It denies both alike unless a
 * condition spares one of them.
 * See https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html
 */
import { truthOf } from "../policy/absent-key.js";
import type { Condition } from "../policy/condition.js";
import { NULL } from "../policy/condition-types.js";
import type { Statement } from "../policy/policy.js";

export const IS_SERVICE = "aws:PrincipalIsAWSService";

/** Lower case: properties of users and roles, which services lack. */
const OF_IDENTITY: ReadonlySet<string> = new Set([
  "aws:principalaccount",
  "aws:principalarn",
  "aws:principalorgid",
  "aws:principalorgpaths",
  "aws:principaltype",
  "aws:userid",
  "aws:username",
]);

/** Lower case: on whose behalf a service acts, which users and roles lack. */
const OF_SOURCE: ReadonlySet<string> = new Set([
  "aws:sourceaccount",
  "aws:sourcearn",
  "aws:sourceorgid",
  "aws:sourceorgpaths",
]);

/** The first condition that compares a property of users and roles. */
export function identityCondition({ conditions }: Statement): Condition | undefined {
  return conditions.find(
    ({ operator, key }) => operator.base !== NULL && isOfIdentity(key.value.toLowerCase()),
  );
}

/** The first condition that compares on whose behalf a service acts. */
export function sourceCondition({ conditions }: Statement): Condition | undefined {
  return conditions.find(
    ({ operator, key }) => operator.base !== NULL && OF_SOURCE.has(key.value.toLowerCase()),
  );
}

/** Does some condition ask whether the caller is a service? */
export function asksForService({ conditions }: Statement): boolean {
  const folded = IS_SERVICE.toLowerCase();
  return conditions.some(({ key }) => key.value.toLowerCase() === folded);
}

/** Does some condition see to it that the request has an account or a resource on whose behalf it is made? */
export function insistsOnSource({ conditions }: Statement): boolean {
  return conditions.some(({ operator, key, values }) => {
    const folded = key.value.toLowerCase();
    if (operator.base !== NULL || (folded !== "aws:sourceaccount" && folded !== "aws:sourcearn"))
      return false;
    return values.some((value) => truthOf(value) === false);
  });
}

function isOfIdentity(folded: string): boolean {
  return OF_IDENTITY.has(folded) || folded.startsWith("aws:principaltag/");
}
