/**
 * Which policies are public: they let in callers whom they neither name nor narrow down to somebody's choice.
 * Whether a public policy is meant to be one is not asked, nor which requests it allows.
 * See https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
import { truthOf } from "./absent-key.js";
import { everyone } from "./anyone.js";
import { type Condition, mayHaveOthers } from "./condition.js";
import { coversExtent, coversResource, extentOf } from "./extent.js";
import { narrowsCallers, narrowsToFixedValues, sparesCallers } from "./narrowing-condition.js";
import type { Policy, Statement } from "./policy.js";
import { isAnyone } from "./principal.js";
import { coversPattern } from "./wildcard.js";
import { ALLOW, DENY } from "./words.js";

/** Which conditions keep the public out: S3 asks for fixed values, the other services for any choice of callers. */
export type PublicMeaning = "fixed-values" | "some-callers";

const known = new WeakMap<Policy, boolean>();

/** Public in the sense of S3's Block Public Access. Remembered, because every request to the bucket asks. */
export function isPublicPolicy(policy: Policy): boolean {
  let result = known.get(policy);
  if (result === undefined) {
    result = publicStatements(policy, "fixed-values").length > 0;
    known.set(policy, result);
  }
  return result;
}

/** The statements that make a policy public. */
export function publicStatements(policy: Policy, meaning: PublicMeaning): readonly Statement[] {
  const narrows = meaning === "fixed-values" ? narrowsToFixedValues : narrowsCallers;
  return policy.statements.filter(
    (statement) =>
      statement.effect?.value === ALLOW &&
      letsAnyoneIn(statement) &&
      !statement.conditions.some(narrows) &&
      !mayHaveOthers(statement.elements.Condition) &&
      !isFenced(statement, policy),
  );
}

function letsAnyoneIn({ principals, elements }: Statement): boolean {
  return principals.some(isAnyone) || elements.NotPrincipal !== undefined;
}

/** Does a Deny keep the same requests from everybody but some? */
function isFenced(statement: Statement, { statements }: Policy): boolean {
  return statements.some(
    (other) =>
      other.effect?.value === DENY &&
      everyone(other) &&
      other.conditions.some(sparesCallers) &&
      other.conditions.every((it) => sparesCallers(it) || sparesServices(it)) &&
      takesIn(other, statement),
  );
}

/** Does one statement take in the actions and resources of another? */
function takesIn(wide: Statement, narrow: Statement): boolean {
  const outer = extentOf(wide);
  const inner = extentOf(narrow);
  if (outer !== undefined && inner !== undefined) return coversExtent(outer.withoutConditions(), inner);
  // Some services write their resources in a way of their own.
  return (
    narrow.actions.length > 0 &&
    narrow.resources.length > 0 &&
    narrow.actions.every((it) => wide.actions.some((other) => coversPattern(other.folded, it.folded))) &&
    narrow.resources.every((it) => wide.resources.some((other) => coversResource(other.value, it.value)))
  );
}

/** Services act for somebody, and are no public. */
function sparesServices({ key, values }: Condition): boolean {
  return (
    key.value.toLowerCase() === "aws:principalisawsservice" && values.every((it) => truthOf(it) === false)
  );
}
