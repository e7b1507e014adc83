/**
 * Services whose condition keys the reference leaves out of actions that do send them: AWS's managed policies put the
 * keys on those actions, and Access Analyzer, which knows better, has no complaint. What the reference says of
 * them is no ground to call a policy wrong. Found by comparing
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html with the service authorization reference.
 */
import type { Action } from "./catalogue.js";

const INCOMPLETE: ReadonlySet<string> = new Set([
  "a4b",
  "application-autoscaling",
  "aws-marketplace",
  "codestar-connections",
  "deadline",
  "dms",
  "glue",
  "iottwinmaker",
  "nimble",
  "ram",
  "redshift-data",
  "redshift-serverless",
]);

/** Of these only the actions that read are incomplete. */
const INCOMPLETE_READS: ReadonlySet<string> = new Set(["ec2"]);

/** Does the reference list the keys of the action in full? */
export function hasCompleteKeys({ service, accessLevel }: Action): boolean {
  if (INCOMPLETE.has(service)) return false;
  return !(INCOMPLETE_READS.has(service) && (accessLevel === "List" || accessLevel === "Read"));
}
