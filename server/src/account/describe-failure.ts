/** What does not hold in an access test, in words: the same for the terminal, for build servers and for editors. */
import type { AccessFailure } from "./run-access-tests.js";

/** Such as: group/engineer cannot iam:GetPolicy on *, but should (implicitDeny) */
export function describeFailure(failure: AccessFailure): string {
  const { as, expected, asked, resource, action, decision, wrong, of } = failure;
  const verb = expected === "can" ? "cannot" : "can";
  const what = of === 1 ? action : `${wrong} of the ${of} actions of ${asked}, such as ${action},`;
  return `${as} ${verb} ${what} on ${resource}, but should${expected === "can" ? "" : " not"} (${decision})`;
}

export function failureDetails(failure: AccessFailure): string {
  return `${describeFailure(failure)}\n  ${failure.message}`;
}
