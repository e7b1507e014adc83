/**
 * What the statements of a policy grant together on no particular resource, with unconditional denials taken off.
 * It looks for a given choice of actions; what those make possible is the business of the rules that ask.
 */

import { mayMatch, templatesOfAction } from "../catalogue/arn-template.js";
import type { Catalogue } from "../catalogue/catalogue.js";
import { servicesOf } from "../policy/action-bits.js";
import { checksumOf, ofWords } from "../policy/action-pattern.js";
import { opened, readArnPattern } from "../policy/arn-pattern.js";
import { coversTargets, type Extent, extentOf, takesInAction } from "../policy/extent.js";
import { ofStatement, type Policy, type Statement } from "../policy/policy.js";
import { serviceBits } from "../policy/service-bits.js";
import { coversPattern, hasWildcard, matchesPattern } from "../policy/wildcard.js";
import { ALLOW, DENY } from "../policy/words.js";
import type { Span } from "../syntax/span.js";
import { isCircumstance } from "./circumstance.js";

/** Actions to look for, prepared once for all policies. */
export interface ChosenActions {
  /** Those that a statement names, in lower case as everywhere below, each with the place. */
  namedBy(statement: Statement): readonly (readonly [name: string, at: Span])[];
}

export interface Grant {
  readonly statement: Statement;
  /** The entry of `Action`, or all of `NotAction`. */
  readonly at: Span;
}

export function chooseActions(names: Iterable<string>): ChosenActions {
  const folded = new Set([...names].map((it) => it.toLowerCase()));
  const byService = new Map<string, string[]>();
  for (const name of folded) {
    const service = name.slice(0, name.indexOf(":"));
    byService.set(service, [...(byService.get(service) ?? []), name]);
  }
  /** Of nearly every entry there are none. */
  const matchedBy = ofWords.answered(({ folded: pattern, service, wildcard }): readonly string[] => {
    if (!wildcard) return folded.has(pattern) ? [pattern] : NONE;
    const near = service === "" || hasWildcard(service) ? [...folded] : (byService.get(service) ?? NONE);
    return near.filter((name) => matchesPattern(pattern, name));
  });
  const sums = new Set([...folded].map(checksumOf));
  const services = [...byService.keys()].reduce((bits, it) => bits | serviceBits(it), 0);
  const namedBy = ofStatement.answered((statement): readonly (readonly [string, Span])[] => {
    if (statement.notActions.length === 0 && (servicesOf(statement) & services) === 0) return NONE;
    const named: (readonly [string, Span])[] = [];
    for (const action of statement.actions) {
      const { words } = action;
      if ((words.services & services) === 0 || (!words.wildcard && !sums.has(words.checksum))) continue;
      for (const name of matchedBy(words)) named.push([name, action]);
    }
    const except = statement.elements.NotAction?.value;
    if (except === undefined || statement.notActions.length === 0) return named;
    for (const name of folded) {
      if (!statement.notActions.some((it) => matchesPattern(it.folded, name))) named.push([name, except]);
    }
    return named;
  });
  return { namedBy };
}

const NONE: readonly never[] = [];

/**
 * The chosen actions that the policy grants, by name, each with the first statement that does.
 * @param among the policies whose denials count
 */
export function broadGrants(
  policy: Policy,
  chosen: ChosenActions,
  catalogue: Catalogue,
  among: readonly Policy[] = [policy],
): ReadonlyMap<string, Grant> {
  const grants = new Map<string, Grant>();
  let denies: readonly Denial[] | undefined;
  for (const statement of policy.statements) {
    if (statement.effect?.value !== ALLOW) continue;
    for (const [name, at] of chosen.namedBy(statement)) {
      if (grants.has(name)) continue;
      if (!isOpenToAll(statement)) break;
      if (!isOnAny(statement, name, catalogue)) continue;
      denies ??= among.flatMap(deniesOf);
      if (!isDenied(name, statement, denies, catalogue)) grants.set(name, { statement, at });
    }
  }
  return grants;
}

/** Does it allow everything on everything? */
export const isAdministrator = ofStatement.answered(
  ({ effect, actions, resources, conditions }) =>
    effect?.value === ALLOW &&
    actions.some(({ service, folded }) => service === "" || folded === "*:*") &&
    resources.some(({ value }) => value === "*") &&
    conditions.every(isCircumstance),
);

const isOpenToAll = ofStatement.answered(({ conditions }) => conditions.every(isCircumstance));

/** Nothing narrow for an action on users, since the user that it names is the caller. */
const OWN_USER = /^user\/(?:\*\/?)?\$\{aws:username\}$/i;

/** Actions by which a user changes what users may do: on oneself they are all that it takes. */
const ON_ONESELF: ReadonlySet<string> = new Set([
  "iam:attachuserpolicy",
  "iam:deleteuserpermissionsboundary",
  "iam:deleteuserpolicy",
  "iam:detachuserpolicy",
  "iam:putuserpermissionsboundary",
  "iam:putuserpolicy",
]);

function isOnAny({ effect, resources, elements }: Statement, name: string, catalogue: Catalogue): boolean {
  if (resources.length === 0) return elements.NotResource !== undefined;
  if (resources.some(({ value }) => value === "*")) return true;
  const action = catalogue.action(name);
  const templates = action === undefined ? [] : templatesOfAction(catalogue, action);
  return resources.some(({ value }) => {
    const entry = readArnPattern(value);
    if (entry === undefined) return false;
    const part = value.slice(value.length - entry.resource.length);
    const own = effect?.value === ALLOW && OWN_USER.test(part) && ON_ONESELF.has(name);
    // What a variable or a placeholder becomes is some of the resources only.
    if (!own && opened(part) !== part) return false;
    return templates.some(
      (it) => mayMatch(catalogue, entry, it) && (own || coversPattern(part, it.resource)),
    );
  });
}

interface Denial {
  readonly statement: Statement;
  readonly extent: Extent;
}

/** Denials of more than certain callers. One that asks about the resource may leave nothing of importance, so it counts. */
function deniesOf({ statements }: Policy): readonly Denial[] {
  return statements.flatMap((statement) => {
    if (statement.effect?.value !== DENY) return [];
    const always = statement.conditions.every((it) => !isCircumstance(it));
    const extent = always ? extentOf(statement) : undefined;
    return extent === undefined ? [] : [{ statement, extent }];
  });
}

function isDenied(
  name: string,
  statement: Statement,
  denies: readonly Denial[],
  catalogue: Catalogue,
): boolean {
  if (denies.length === 0) return false;
  const allow = extentOf(statement);
  return denies.some(
    (deny) =>
      takesInAction(deny.extent.actions, name) &&
      (isOnAny(deny.statement, name, catalogue) ||
        (allow !== undefined && coversTargets(deny.extent, allow))),
  );
}
