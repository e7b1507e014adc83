/** Services and actions for `Action`: by service, across services, and as families such as `s3:Get*`. */
import type { Action, Service } from "../../catalogue/catalogue.js";
import { wordAt } from "../../catalogue/word-in-name.js";
import { hasWildcard, matchesPattern } from "../../policy/wildcard.js";
import { TRUST_ACTIONS } from "../../policy/words.js";
import { type ActionScores, actionScores, type ScoredAction } from "./action-score.js";
import { grantedBeside } from "./entries.js";
import { families } from "./families.js";
import type { Suggestion } from "./offer.js";
import { mostOf, weight } from "./ranking.js";
import { type Scope, servicesOf } from "./scope.js";
import { COMMON, services } from "./services.js";

/** Fewer letters find too much across all services. */
const LEAST_LETTERS = 3;
const MOST_ACROSS = 40;
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
  const best: ScoredAction[] = [];
  for (const each of actionScores(scope, service).actions) {
    if (best.length === MOST_NEXT && each.score <= (best.at(-1)?.score ?? 0)) continue;
    if (granted(each.action.fullName)) continue;
    const place = best.findIndex(({ score }) => each.score > score);
    best.splice(place < 0 ? best.length : place, 0, each);
    best.length = Math.min(best.length, MOST_NEXT);
  }
  // Ahead of the services: going on with the same one is the rule.
  return best.map(({ action, score }) => suggestion(action, 30 + score));
}

/** `object` finds `s3:GetObject`: the letters begin a word of the action's name. */
function across(scope: Scope, typed: string, granted: (name: string) => boolean): readonly Suggestion[] {
  const { catalogue, usage } = scope;
  const near = new Set(servicesOf(scope));
  const scored: { readonly name: string; readonly score: number }[] = [];
  for (const [prefix, names] of catalogue.actionsWith(typed)) {
    // Whoever is writing the name of a service means the service.
    if (prefix.startsWith(typed)) continue;
    const popular =
      weight(usage.services.get(prefix)) + (COMMON.includes(prefix) ? 4 : 0) + (near.has(prefix) ? 8 : 0);
    const counts = usage.actions(prefix);
    const most = weight(mostOf(counts));
    for (const name of names) {
      const folded = name.toLowerCase();
      const whole = folded.endsWith(typed) ? 2 : 0;
      const used = (6 * weight(counts.get(folded))) / most;
      scored.push({ name: `${prefix}:${name}`, score: popular + whole + used - folded.length / 40 });
    }
  }
  scored.sort((a, b) => b.score - a.score);
  const found: Suggestion[] = [];
  for (const { name, score } of scored) {
    const action = granted(name) ? undefined : catalogue.action(name);
    if (action === undefined) continue;
    const words = action.name.slice(wordAt(action.name, typed));
    found.push({ ...suggestion(action, score), words });
    if (found.length === MOST_ACROSS) break;
  }
  return found;
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
