/** Does one statement apply to a request? What follows from it, `decide.ts` says; why, `explain.ts`. */
import { DENY } from "../policy/words.js";
import type { CompiledStatement } from "./compile.js";
import { AS_ANYONE, type Naming, NOT_NAMED, namingOf, sparesFromDeny } from "./match-principal.js";
import type { Evaluation } from "./request.js";

/** How a kind of policy uses `Principal`. */
export type PrincipalUse =
  /** It hangs on the principal; the element has no place there. */
  | "none"
  /** It must name the caller. */
  | "required"
  /** It names whom it means, and means everyone where it names nobody. */
  | "optional";

/** As what the statement names the caller: `AS_ANYONE` for policies that hang on the principal. */
export function callerNaming(statement: CompiledStatement, use: PrincipalUse, request: Evaluation): Naming {
  if (use === "none") return AS_ANYONE;
  const { principals, notPrincipals, source } = statement;
  if (source.elements.NotPrincipal !== undefined) {
    const spared =
      statement.effect === DENY
        ? sparesFromDeny(notPrincipals, request.caller, request.callerIds, request.hasBoundary)
        : namingOf(notPrincipals, request.caller, request.callerIds) !== NOT_NAMED;
    return spared ? NOT_NAMED : AS_ANYONE;
  }
  if (use === "optional" && source.elements.Principal === undefined) return AS_ANYONE;
  return namingOf(principals, request.caller, request.callerIds);
}

export function matchesResource(
  statement: CompiledStatement,
  use: PrincipalUse,
  request: Evaluation,
): boolean {
  // A policy that hangs on a resource means that resource where it names none.
  if (statement.anyResource) return use !== "none";
  const { resource, context } = request;
  for (const pattern of statement.resources) if (pattern.matches(resource, context)) return true;
  if (statement.notResources.length === 0) return false;
  return !statement.notResources.some((pattern) => pattern.matches(resource, context));
}

export function conditionsHold(statement: CompiledStatement, request: Evaluation): boolean {
  for (const condition of statement.conditions) if (!condition.holds(request.context)) return false;
  return true;
}

/** For a statement about the request's action: as what it names the caller, if all of it applies. */
export function matchStatement(statement: CompiledStatement, use: PrincipalUse, request: Evaluation): Naming {
  const naming = callerNaming(statement, use, request);
  if (naming === NOT_NAMED) return NOT_NAMED;
  return matchesResource(statement, use, request) && conditionsHold(statement, request) ? naming : NOT_NAMED;
}
