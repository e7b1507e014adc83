/** Services and actions for `Action`: by service, across services, and as families such as `s3:Get*`. */
import type { Action, Service } from "../../catalogue/catalogue.js";
import { wordAt } from "../../catalogue/word-in-name.js";
import { hasWildcard, matchesPattern } from "../../policy/wildcard.js";
import { TRUST_ACTIONS } from "../../policy/words.js";
import type { Usage } from "../usage.js";
import { type ActionScores, actionScores } from "./action-score.js";
import { best } from "./best.js";
import { grantedBeside } from "./entries.js";
import { families } from "./families.js";
import type { Suggestion } from "./offer.js";
import { mostOf, weight } from "./ranking.js";
import { type Scope, servicesOf } from "./scope.js";
import { COMMON, services } from "./services.js";

/** Fewer letters find too much across all services. */
const LEAST_LETTERS = 3;
const MOST_ACROSS = 40;
/** What it is worth there that the letters end the name, and at most that the action is used much. */
const WHOLE = 2;
const USED = 6;
/** Actions proposed before anything has been typed. */
const MOST_NEXT = 6;

const ABOUT = { what: "action" } as const;

export function actions(scope: Scope): readonly Suggestion[] {
  const { typed } = scope.cursor.word;
  const granted = grantedBeside(scope);
  const colon = typed.indexOf(":");
  if (colon >= 0) {
    const prefix = typed.slice(0, colon).toLowerCase();
    const service = scope.catalogue.service(prefix);
    const only = scope.kind === "trust" ? prefix === "sts" : false;
    if (service === undefined) return [];
    return only ? trustActions(scope, granted) : actionsOf(scope, service, typed.slice(colon + 1), granted);
  }
  if (scope.kind === "trust" && scope.kindCertain) return trustActions(scope, granted);
  const found: Suggestion[] = [...services(scope)];
  if (scope.kind === "trust" || hasPrincipalOnly(scope)) found.push(...trustActions(scope, granted));
  if (typed === "") found.push(...nextActions(scope, granted));
  else if (typed.length >= LEAST_LETTERS) found.push(...across(scope, typed.toLowerCase(), granted));
  if (!granted("*")) found.push({ label: "*", type: "wildcard", detail: "every action", score: 11.8 });
  return found;
}

function actionsOf(
  scope: Scope,
  service: Service,
  typedName: string,
  granted: (name: string) => boolean,
): readonly Suggestion[] {
  const scores = actionScores(scope, service);
  if (hasWildcard(typedName)) return matching(scope, service, typedName, granted, scores);
  const found: Suggestion[] = [];
  for (const { action, score } of scores.actions) {
    if (!granted(action.fullName)) found.push(suggestion(action, score));
  }
  found.push(...families(scope.usage, service, typedName, granted, scores));
  return found;
}

/** Behind a wildcard: the pattern as it stands, with what it matches, and each of that in its place. */
function matching(
  scope: Scope,
  service: Service,
  typedName: string,
  granted: (name: string) => boolean,
  { actions }: ActionScores,
): readonly Suggestion[] {
  const words = scope.cursor.word.typed;
  const patterns = new Set([typedName, typedName.endsWith("*") ? typedName : `${typedName}*`]);
  const found: Suggestion[] = [];
  for (const pattern of patterns) {
    const folded = pattern.toLowerCase();
    const matched = actions.filter(({ action }) => matchesPattern(folded, action.name.toLowerCase()));
    const label = `${service.prefix}:${pattern}`;
    if (matched.length === 0 || granted(label)) continue;
    const detail = matched.length === 1 ? "1 action" : `${matched.length} actions`;
    found.push({ label, type: "wildcard", detail, about: { what: "wildcard" }, words, score: 100 });
    for (const { action, score } of matched)
      if (!granted(action.fullName)) found.push({ ...suggestion(action, score), words });
  }
  return found;
}

function suggestion({ fullName, accessLevel }: Action, score: number): Suggestion {
  return { label: fullName, type: "action", detail: accessLevel, about: ABOUT, score };
}

/** What is likely next, before a letter is typed: more of what the list has. */
function nextActions(scope: Scope, granted: (name: string) => boolean): readonly Suggestion[] {
  const prefix = servicesOf(scope).at(-1);
  const service = prefix === undefined ? undefined : scope.catalogue.service(prefix);
  if (service === undefined || granted(`${service.prefix}:*`)) return [];
  const next = best<Action>(MOST_NEXT);
  for (const { action, score } of actionScores(scope, service).actions) {
    if (next.takes(score) && !granted(action.fullName)) next.add(action, score);
  }
  // Ahead of the services: going on with the same one is the rule.
  return next.found.map(({ value, score }) => suggestion(value, 30 + score));
}

/** `object` finds `s3:GetObject`: the letters begin a word of the action's name. */
function across(scope: Scope, typed: string, granted: (name: string) => boolean): readonly Suggestion[] {
  const { catalogue, usage } = scope;
  const near = new Set(servicesOf(scope));
  const services = [...catalogue.actionsWith(typed)]
    // Whoever is writing the name of a service means the service.
    .filter(([prefix]) => !prefix.startsWith(typed))
    .map(([prefix, names]) => ({ prefix, names, popular: popularity(prefix, usage, near) }))
    .sort((a, b) => b.popular - a.popular);
  const names = best<string>(MOST_ACROSS);
  for (const { prefix, names: found, popular } of services) {
    // Nothing of a service that is used so little can come before what has been found: its counts are not unpacked.
    if (!names.takes(popular + WHOLE + USED)) break;
    const counts = usage.actions(prefix);
    const most = weight(mostOf(counts));
    for (const name of found) {
      const folded = name.toLowerCase();
      const whole = folded.endsWith(typed) ? WHOLE : 0;
      const used = (USED * weight(counts.get(folded))) / most;
      const score = popular + whole + used - folded.length / 40;
      const fullName = `${prefix}:${name}`;
      if (names.takes(score) && !granted(fullName)) names.add(fullName, score);
    }
  }
  return names.found.flatMap(({ value, score }) => {
    const action = catalogue.action(value);
    if (action === undefined) return [];
    return { ...suggestion(action, score), words: action.name.slice(wordAt(action.name, typed)) };
  });
}

function popularity(prefix: string, { services }: Usage, near: ReadonlySet<string>): number {
  return weight(services.get(prefix)) + (COMMON.includes(prefix) ? 4 : 0) + (near.has(prefix) ? 8 : 0);
}

function trustActions({ statement }: Scope, granted: (name: string) => boolean): readonly Suggestion[] {
  const types = statement?.principals.map(({ type }) => type?.value) ?? [];
  const federated = types.includes("Federated");
  return TRUST_ACTIONS.filter((name) => !granted(name)).map((name, index) => ({
    label: name,
    type: "action",
    about: ABOUT,
    score: 40 - index + (federated && /With/.test(name) ? 10 : 0),
  }));
}

/** A statement with a principal and no resource, alone so far: it may become a trust policy. */
function hasPrincipalOnly({ statement }: Scope): boolean {
  if (statement === undefined) return false;
  const { principals, resources } = statement;
  return (
    resources.length === 0 &&
    principals.some(({ type }) => type?.value === "Service" || type?.value === "Federated")
  );
}
