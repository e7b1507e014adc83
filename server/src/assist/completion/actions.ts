/** Services and actions for `Action`: by service, across services, and as families such as `s3:Get*`. */
import type { Action, Service } from "../../catalogue/catalogue.js";
import { wordAt } from "../../catalogue/word-in-name.js";
import { TRUST_ACTIONS } from "../../policy/words.js";
import { type ActionScores, actionScores } from "./action-score.js";
import { grantedBeside } from "./entries.js";
import type { Suggestion } from "./offer.js";
import { weight } from "./ranking.js";
import { type Scope, servicesOf } from "./scope.js";
import { COMMON, services } from "./services.js";

/** Fewer letters find too much across all services. */
const LEAST_LETTERS = 3;
const MOST_ACROSS = 40;
/** Actions proposed before anything has been typed. */
const MOST_NEXT = 6;
const FAMILY = /^(?:[A-Z][a-z0-9]*|[A-Z0-9]+(?![a-z]))/;

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
  const found: Suggestion[] = [];
  for (const action of service.actions.values()) {
    if (!granted(action.fullName)) found.push(suggestion(action, scores.actions.get(action.fullName) ?? 0));
  }
  found.push(...families(scope, service, typedName, granted, scores));
  return found;
}

function suggestion({ fullName, accessLevel }: Action, score: number): Suggestion {
  const about = { what: "action", name: fullName } as const;
  return { label: fullName, type: "action", detail: accessLevel, about, score };
}

/**
 * `s3:*`, and the families that begin with the typed letters: `s3:Get*`, behind `Get` also `s3:GetObject*`. And those
 * that people write, such as `kms:ReEncrypt*`.
 */
function families(
  { usage }: Scope,
  service: Service,
  typedName: string,
  granted: (name: string) => boolean,
  scores: ActionScores,
): readonly Suggestion[] {
  const { prefix, actions } = service;
  const folded = typedName.toLowerCase();
  const counts = new Map<string, number>();
  let fitting = 0;
  for (const { name } of actions.values()) {
    if (!name.toLowerCase().startsWith(folded)) continue;
    fitting++;
    let end = 0;
    while (end < name.length && end <= folded.length) end += FAMILY.exec(name.slice(end))?.[0].length ?? 1;
    // The typed word itself is a family too.
    const typedEnd = wordEndAt(name, folded.length);
    for (const stem of new Set([name.slice(0, end), ...(typedEnd ? [name.slice(0, folded.length)] : [])])) {
      if (stem !== "") counts.set(stem, (counts.get(stem) ?? 0) + 1);
    }
  }
  for (const [stem, count] of counts) if (count < 2) counts.delete(stem);
  for (const written of usage.actions(prefix).keys()) {
    if (!/^\w+\*$/.test(written) || !written.startsWith(folded)) continue;
    const found = [...actions.values()].filter((it) =>
      it.name.toLowerCase().startsWith(written.slice(0, -1)),
    );
    const stem = found[0]?.name.slice(0, written.length - 1);
    if (stem !== undefined) counts.set(stem, found.length);
  }
  const found: Suggestion[] = [];
  const add = (label: string, detail: string, score: number) => {
    const about = { what: "wildcard", pattern: label } as const;
    if (!granted(label)) found.push({ label, type: "wildcard", detail, about, score });
  };
  for (const [stem, count] of counts) {
    // All that the letters can become is likely to be meant.
    const whole = folded !== "" && (stem.toLowerCase() === folded || count === fitting) ? 3 : 0;
    const score = scores.family(`${stem}*`) + Math.log2(count) / 4 + whole;
    add(`${prefix}:${stem}*`, count === 1 ? "1 action" : `${count} actions`, score);
  }
  add(`${prefix}:*`, `all ${actions.size} actions`, Math.max(scores.family("*"), scores.everything));
  return found;
}

function wordEndAt(name: string, length: number): boolean {
  return length > 0 && length < name.length && /[A-Z]/.test(name[length] ?? "");
}

/** What is likely next, before a letter is typed: more of what the list has. */
function nextActions(scope: Scope, granted: (name: string) => boolean): readonly Suggestion[] {
  const prefix = servicesOf(scope).at(-1);
  const service = prefix === undefined ? undefined : scope.catalogue.service(prefix);
  if (service === undefined || granted(`${service.prefix}:*`)) return [];
  const best = [...actionScores(scope, service).actions].sort((a, b) => b[1] - a[1]);
  const found: Suggestion[] = [];
  for (const [name, score] of best) {
    const action = granted(name) ? undefined : scope.catalogue.action(name);
    // Ahead of the services: going on with the same one is the rule.
    if (action !== undefined) found.push(suggestion(action, 30 + score));
    if (found.length === MOST_NEXT) break;
  }
  return found;
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
    const most = weight(Math.max(1, ...counts.values()));
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
    about: { what: "action", name },
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
