/** Does a policy give no access that another one does not? Access Analyzer's `CheckNoNewAccess`, offline. */
import type { Catalogue } from "../catalogue/catalogue.js";
import type { Policy } from "../policy/policy.js";
import { type CheckFailure, gainedIn } from "./access-check.js";
import { diffPolicies } from "./diff-policies.js";

export function checkNoNewAccess(
  reference: Policy,
  policy: Policy,
  catalogue: Catalogue,
): readonly CheckFailure[] {
  return gainedIn(diffPolicies(reference, policy, catalogue), [reference, policy], policy, catalogue);
}
