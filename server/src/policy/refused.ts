/**
 * What AWS refuses of a policy whatever it hangs on, because a statement would mean nothing: the first such mistake.
 * What depends on the kind of policy, and what AWS only warns of, is `lint`'s.
 */
import type { Span } from "../syntax/span.js";
import { itemsOf } from "../syntax/tree.js";
import type { Policy, Statement } from "./policy.js";
import { EFFECTS, type StatementElement, VERSIONS } from "./words.js";

export interface Refused {
  readonly at: Span;
  /** Ends without a full stop. */
  readonly why: string;
}

export function refusedIn(policy: Policy): Refused | undefined {
  const { version, statements, elements } = policy;
  if (version !== undefined && !isOneOf(VERSIONS, version.value)) {
    return { at: version, why: `there is no version \`${version.value}\` of the policy language` };
  }
  const odd = itemsOf(elements.Statement?.value).find(({ type }) => type !== "object");
  if (odd !== undefined) return { at: odd, why: "a statement is an object" };
  for (const statement of statements) {
    const refused = refusedOf(statement);
    if (refused !== undefined) return refused;
  }
  return undefined;
}

/** Each says one thing in two ways, of which a statement takes one. */
const OPPOSITES = [
  ["Action", "NotAction"],
  ["Resource", "NotResource"],
  ["Principal", "NotPrincipal"],
] as const satisfies readonly (readonly StatementElement[])[];

function refusedOf({ node, effect, elements, conditions }: Statement): Refused | undefined {
  const written = elements.Effect;
  if (written === undefined) return { at: node, why: "a statement has no `Effect`" };
  if (effect === undefined || !isOneOf(EFFECTS, effect.value)) {
    return { at: written.value ?? written.key, why: "an `Effect` is `Allow` or `Deny`" };
  }
  for (const [name, opposite] of OPPOSITES) {
    const both = elements[name] && elements[opposite];
    if (both !== undefined) {
      return { at: both.key, why: `a statement has \`${name}\` or \`${opposite}\`, and not both` };
    }
  }
  if (elements.Action === undefined && elements.NotAction === undefined) {
    return { at: node, why: "a statement has no `Action`" };
  }
  const unknown = conditions.find(({ operator }) => !operator.known);
  if (unknown === undefined) return undefined;
  return { at: unknown.block.key, why: `there is no condition operator \`${unknown.operator.value}\`` };
}

function isOneOf(words: readonly string[], word: string): boolean {
  return words.includes(word);
}
