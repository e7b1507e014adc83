/**
 * A question about the access that a policy gives, looked over and then answered: the same for the command line and for
 * editors. How each answer is found is the business of the check itself.
 */
import type { Catalogue } from "../catalogue/catalogue.js";
import { nearest } from "../policy/nearest.js";
import type { Policy } from "../policy/policy.js";
import type { CheckFailure } from "./access-check.js";
import { checkAccessNotGranted } from "./check-access-not-granted.js";
import { checkNoNewAccess } from "./check-no-new-access.js";
import { CHECKED_TYPES, checkNoPublicAccess } from "./check-no-public-access.js";
import { expandActions, resourceProblem } from "./question.js";

export type AccessCheck =
  | { readonly check: "no-new-access"; readonly reference: Policy }
  | {
      readonly check: "access-not-granted";
      /** Patterns; any, where there are none. */
      readonly actions: readonly string[];
      readonly resources: readonly string[];
    }
  | {
      readonly check: "no-public-access";
      /** Told from the policy unless said. */
      readonly type?: string | undefined;
    };

export type AccessCheckName = AccessCheck["check"];

export type AccessCheckAnswer =
  | { readonly ok: true; readonly failures: readonly CheckFailure[] }
  | {
      readonly ok: false;
      /** Of the question, what makes no sense. */
      readonly part?: "action" | "resource" | "type";
      readonly message: string;
    };

export function runAccessCheck(policy: Policy, asked: AccessCheck, catalogue: Catalogue): AccessCheckAnswer {
  switch (asked.check) {
    case "no-new-access":
      return { ok: true, failures: checkNoNewAccess(asked.reference, policy, catalogue) };
    case "access-not-granted":
      return notGranted(policy, asked.actions, asked.resources, catalogue);
    case "no-public-access":
      return notPublic(policy, asked.type, catalogue);
  }
}

function notGranted(
  policy: Policy,
  actions: readonly string[],
  resources: readonly string[],
  catalogue: Catalogue,
): AccessCheckAnswer {
  for (const action of actions) {
    const known = action === "*" ? undefined : expandActions(action, catalogue);
    if (known?.ok === false) return { ok: false, part: "action", message: known.message };
  }
  for (const resource of resources) {
    const message = resourceProblem(resource);
    if (message !== undefined) return { ok: false, part: "resource", message };
  }
  const access = { actions: orAny(actions), resources: orAny(resources) };
  return { ok: true, failures: checkAccessNotGranted(policy, access, catalogue) };
}

function orAny(patterns: readonly string[]): readonly string[] {
  return patterns.length === 0 ? ["*"] : patterns;
}

function notPublic(policy: Policy, type: string | undefined, catalogue: Catalogue): AccessCheckAnswer {
  const known = [...CHECKED_TYPES.keys()];
  const named = type && known.find((it) => it.toLowerCase() === type.toLowerCase());
  if (type !== undefined && named === undefined) {
    const near = nearest(type, known);
    const hint = near === undefined ? `Choose from ${known.join(", ")}.` : `Did you mean ${near}?`;
    return { ok: false, part: "type", message: `${type} is not checked for public access. ${hint}` };
  }
  // A policy that hangs on no resource would always pass.
  if (!namesPrincipals(policy)) {
    const message = "This policy has no `Principal`, so it hangs on no resource and cannot be public.";
    return { ok: false, message };
  }
  return { ok: true, failures: checkNoPublicAccess(policy, named, catalogue) };
}

/** Does it say who, or is it too early to tell? */
export function namesPrincipals({ statements }: Policy): boolean {
  return (
    statements.length === 0 || statements.some((it) => it.elements.Principal ?? it.elements.NotPrincipal)
  );
}
