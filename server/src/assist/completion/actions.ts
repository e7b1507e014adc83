/** Services and actions for `Action`: by service, across services, and as families such as `s3:Get*`. */
import type { Action, Catalogue, Service } from "../../catalogue/catalogue.js";
import { HOME_REGIONS } from "../../catalogue/global-services.js";
import { remembered } from "../../catalogue/once.js";
import type { ActionPattern } from "../../policy/action-pattern.js";
import { coversPattern, matchesPattern } from "../../policy/wildcard.js";
import { DENY, TRUST_ACTIONS } from "../../policy/words.js";
import type { StringNode } from "../../syntax/tree.js";
import { stop } from "../snippet-text.js";
import type { Suggestion } from "./offer.js";
import { weight } from "./ranking.js";
import { type Scope, servicesOf } from "./scope.js";

/** Services that people outside of AWS write policies for, however rarely AWS's own policies use them. */
const COMMON = [
  ..."s3 ec2 iam lambda logs dynamodb kms sts sqs sns cloudwatch ssm secretsmanager rds ecr ecs".split(" "),
  ..."cloudformation events organizations cloudshell elasticloadbalancing autoscaling route53".split(" "),
  ..."apigateway tag cloudfront cloudtrail config access-analyzer codecommit codebuild athena".split(" "),
  ..."glue health support".split(" "),
];
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
  if (!granted("*")) found.push({ label: "*", type: "wildcard", detail: "every action", score: 11 });
  return found;
}

function services(scope: Scope): readonly Suggestion[] {
  const score = serviceContext(scope);
  return serviceOffers(scope.catalogue).map((it) => ({
    ...it,
    score: score(it.prefix) - (it.deprecated ? 2 : 0),
  }));
}

type ServiceOffer = Omit<Suggestion, "score"> & { readonly prefix: string };
const offers = new WeakMap<Catalogue, readonly ServiceOffer[]>();

/** One for each service, whatever the cursor's place. */
function serviceOffers(catalogue: Catalogue): readonly ServiceOffer[] {
  let known = offers.get(catalogue);
  if (known === undefined) {
    known = catalogue.services.map((prefix): ServiceOffer => {
      const name = catalogue.service(prefix)?.name ?? "";
      const deprecated = catalogue.standing(`${prefix}:*`) === "retired";
      return {
        prefix,
        label: `${prefix}:`,
        type: "service",
        detail: deprecated ? `${name}, retired` : name,
        insert: { text: `${prefix}:${stop(0)}` },
        words: name,
        about: { what: "service", prefix },
        more: true,
        ...(deprecated && { deprecated }),
      };
    });
    offers.set(catalogue, known);
  }
  return known;
}

/** How likely each service comes next, from this list, this statement, its name and its resources, and this policy. */
function serviceContext(scope: Scope): (prefix: string) => number {
  const { policy, statement, usage, catalogue } = scope;
  const bonus = new Map<string, number>();
  const add = (prefix: string, score: number) => bonus.set(prefix, (bonus.get(prefix) ?? 0) + score);
  for (const [index, prefix] of COMMON.entries()) add(prefix, 5 - index / 9);
  if (isExcepting(scope)) for (const prefix of HOME_REGIONS.keys()) add(prefix, 5);
  const here = servicesOf(scope);
  for (const [index, prefix] of here.entries()) add(prefix, 6 + index);
  const near = new Set(here);
  const before = policy?.statements.filter(({ node }) => node !== statement?.node) ?? [];
  for (const { actions, notActions } of before) {
    for (const { service } of [...actions, ...notActions]) {
      if (near.has(service)) continue;
      near.add(service);
      add(service, 4);
    }
  }
  for (const [distance, prefix] of [...near].slice(-12).entries()) {
    for (const [index, other] of usage.companions(prefix).entries())
      add(other, 2.5 - index / 5 - distance / 20);
  }
  for (const { value } of statement?.resources ?? []) {
    const prefix = value.split(":")[2];
    if (prefix) add(prefix, 6);
  }
  const sid = statement?.sid?.value;
  if (sid !== undefined) for (const prefix of namedIn(sid, catalogue)) add(prefix, 8);
  const order = alphabetical(entriesBeside(scope), catalogue);
  return (prefix) => weight(usage.services.get(prefix)) + (bonus.get(prefix) ?? 0) + order(prefix);
}

/** A list that has been in alphabetical order so far will go on so: what comes soon behind its last service is likely. */
function alphabetical(entries: readonly ActionPattern[], catalogue: Catalogue): (prefix: string) => number {
  const prefixes = [...new Set(entries.map(({ service }) => service))];
  const last = prefixes.at(-1);
  if (last === undefined || prefixes.length < 3 || prefixes.some((it, at) => it < (prefixes[at - 1] ?? ""))) {
    return (prefix) => (last !== undefined && prefix > last ? 0.7 : 0);
  }
  const from = catalogue.services.filter((it) => it <= last).length;
  const place = new Map(catalogue.services.map((it, at) => [it, at - from]));
  const certainty = Math.min(10, prefixes.length);
  return (prefix) => {
    const distance = place.get(prefix) ?? (prefix > last ? 0 : -1);
    return distance < 0
      ? 0
      : certainty * (1 - distance / catalogue.services.length) + Math.max(0, 4 - distance / 4);
  };
}

const names = new WeakMap<Catalogue, readonly (readonly [prefix: string, name: string])[]>();

/** The services that a name such as `UseCodeCommit` speaks of. */
function namedIn(text: string, catalogue: Catalogue): readonly string[] {
  let known = names.get(catalogue);
  if (known === undefined) {
    known = catalogue.services.map((prefix) => [
      prefix,
      squeezed((catalogue.service(prefix)?.name ?? "").replace(/^(?:Amazon|AWS)\s+|\(.*\)/g, "")),
    ]);
    names.set(catalogue, known);
  }
  const whole = squeezed(text);
  const words = new Set(
    text
      .replace(/([a-z])([A-Z])|([A-Z]+)(?=[A-Z][a-z])/g, "$1$3 $2")
      .toLowerCase()
      .split(/[^a-z0-9]+/),
  );
  return known
    .filter(([prefix, name]) => {
      const bare = squeezed(prefix);
      return (
        words.has(prefix) ||
        (bare.length > 4 && whole.includes(bare)) ||
        (name.length > 4 && whole.includes(name))
      );
    })
    .map(([prefix]) => prefix);
}

function squeezed(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, "");
}

function actionsOf(
  scope: Scope,
  service: Service,
  typedName: string,
  granted: (name: string) => boolean,
): readonly Suggestion[] {
  const score = actionScore(scope, service);
  const found: Suggestion[] = [];
  for (const action of service.actions.values()) {
    if (granted(action.fullName)) continue;
    found.push({
      label: action.fullName,
      type: "action",
      detail: action.accessLevel,
      about: { what: "action", name: action.fullName },
      score: score(action.name, action),
    });
  }
  found.push(...families(service, typedName, granted, score));
  return found;
}

/** `s3:*`, and the families that begin with the typed letters: `s3:Get*`, behind `Get` also `s3:GetObject*`. */
function families(
  { prefix, actions }: Service,
  typedName: string,
  granted: (name: string) => boolean,
  score: (name: string) => number,
): readonly Suggestion[] {
  const folded = typedName.toLowerCase();
  const counts = new Map<string, number>();
  for (const { name } of actions.values()) {
    if (!name.toLowerCase().startsWith(folded)) continue;
    let end = 0;
    while (end < name.length && end <= folded.length) end += FAMILY.exec(name.slice(end))?.[0].length ?? 1;
    // The typed word itself is a family too.
    const typedEnd = wordEndAt(name, folded.length);
    for (const stem of new Set([name.slice(0, end), ...(typedEnd ? [name.slice(0, folded.length)] : [])])) {
      if (stem !== "") counts.set(stem, (counts.get(stem) ?? 0) + 1);
    }
  }
  const found: Suggestion[] = [];
  for (const [stem, count] of counts) {
    const label = `${prefix}:${stem}*`;
    if (count < 2 || granted(label)) continue;
    found.push({
      label,
      type: "wildcard",
      detail: `${count} actions`,
      about: { what: "wildcard", pattern: label },
      score: score(`${stem}*`) + Math.log2(count) / 2,
    });
  }
  const all = `${prefix}:*`;
  if (!granted(all)) {
    const about = { what: "wildcard", pattern: all } as const;
    found.push({
      label: all,
      type: "wildcard",
      detail: `all ${actions.size} actions`,
      about,
      score: Math.max(score("*"), 7),
    });
  }
  return found;
}

function wordEndAt(name: string, length: number): boolean {
  return length > 0 && length < name.length && /[A-Z]/.test(name[length] ?? "");
}

const VERBS: Readonly<Record<string, number>> = {
  get: 1,
  list: 1,
  describe: 1,
  create: 0.6,
  put: 0.5,
  update: 0.5,
  delete: 0.4,
};
/** What usually goes together on one thing. */
const SIBLINGS: Readonly<Record<string, readonly string[]>> = {
  get: ["put", "list", "update", "describe"],
  put: ["get", "delete"],
  create: ["update", "delete", "describe", "modify"],
  update: ["delete", "create", "get"],
  delete: ["create", "update"],
  describe: ["list", "get", "create"],
  list: ["get", "describe"],
  start: ["stop", "describe"],
  stop: ["start"],
  attach: ["detach"],
  tag: ["untag"],
  enable: ["disable"],
  register: ["deregister"],
};

/** How likely an action, or a family of them, comes next in this statement. */
function actionScore(scope: Scope, service: Service): (name: string, action?: Action) => number {
  const { usage, statement } = scope;
  const ranks = new Map(usage.actions(service.prefix).map((name, at) => [name, at]));
  const entries = entriesBeside(scope).filter((it) => it.service === service.prefix);
  const recent = entries
    .slice(-4)
    .reverse()
    .map(({ name }) => wordsOf(name));
  const last = entries.at(-1)?.name.toLowerCase();
  const sorted =
    entries.length > 2 && entries.every(({ folded }, at) => folded >= (entries[at - 1]?.folded ?? ""));
  const levels = new Map<string, number>();
  for (const { folded } of entries) {
    const level = service.actions.get(folded.slice(folded.indexOf(":") + 1))?.accessLevel;
    if (level !== undefined) levels.set(level, (levels.get(level) ?? 0) + 1);
  }
  const readOnly = entries.length > 1 && !levels.has("Write") && !levels.has("Permissions management");
  // What is popular comes early in a list; later on, likeness to what stands there says more.
  const popularity = 1 / (1 + WEIGHTS.fading * entries.length);
  const wildcards = entries.filter(({ wildcard }) => wildcard).length;
  const denies = statement?.effect?.value === DENY;
  const following = new Map<string, number>();
  for (const [distance, entry] of entries.slice(-4).reverse().entries()) {
    const followers = usage.followers(service.prefix, entry.name.toLowerCase());
    for (const [index, name] of followers.entries()) {
      following.set(name, (following.get(name) ?? 0) + (WEIGHTS.follower - index) / (1 + distance / 2));
    }
  }
  return (name, action) => {
    const folded = name.toLowerCase();
    const rank = ranks.get(folded);
    const words = wordsOf(name);
    const verb = words[0] ?? "";
    let score =
      rank === undefined
        ? (VERBS[verb] ?? 0)
        : Math.max(0, WEIGHTS.popular - WEIGHTS.rarer * Math.log2(1 + rank)) * popularity;
    if (action === undefined) {
      // Who lists actions one by one goes on so, and who writes families as well.
      score += entries.length === 0 ? 0 : 6 * (wildcards / entries.length) - WEIGHTS.family;
    } else {
      score += (WEIGHTS.level * (levels.get(action.accessLevel) ?? 0)) / Math.max(1, entries.length);
      if (readOnly && (action.accessLevel === "Read" || action.accessLevel === "List"))
        score += WEIGHTS.readOnly;
      if (denies && (action.accessLevel === "Write" || action.accessLevel === "Permissions management"))
        score += 1;
    }
    score += following.get(folded) ?? 0;
    for (const [distance, other] of recent.entries()) score += likeness(words, other) / (1 + distance);
    if (last !== undefined && folded > last) score += sorted ? WEIGHTS.sorted : 0.5;
    return score;
  };
}

/** How much two names have in common: the verb, what goes with it, and the words of the thing. */
function likeness(words: readonly string[], other: readonly string[]): number {
  const [verb = "", ...noun] = words;
  const [otherVerb = "", ...otherNoun] = other;
  const shared = noun.filter((it) => otherNoun.includes(it)).length;
  const same = shared === noun.length && shared === otherNoun.length && shared > 0;
  let score = (WEIGHTS.noun * shared) / Math.max(1, noun.length, otherNoun.length);
  if (verb === otherVerb) score += WEIGHTS.verb;
  else if (same && SIBLINGS[otherVerb]?.includes(verb)) score += WEIGHTS.sibling;
  return score;
}

/** `GetBucketPolicyStatus` as lower-case words, the verb first, plurals without their ending. Remembered for all actions. */
const wordsOf = remembered((name: string): readonly string[] =>
  (name.match(/[A-Z]+(?![a-z])|[A-Z][a-z0-9]*|[a-z0-9]+/g) ?? []).map((it) =>
    it.toLowerCase().replace(/(?<=[a-z]{2})s$/, ""),
  ),
);
/** Found by trying: what put most next actions among the first ten, for policies that the table of use has not seen. */
const WEIGHTS = {
  popular: 9,
  rarer: 1.4,
  fading: 0.05,
  follower: 5,
  level: 1.5,
  readOnly: 3,
  noun: 5,
  verb: 1.5,
  sibling: 2,
  family: 3,
  sorted: 3,
};

/** What is likely next, before a letter is typed: more of what the list has. */
function nextActions(scope: Scope, granted: (name: string) => boolean): readonly Suggestion[] {
  const prefix = servicesOf(scope).at(-1);
  const service = prefix === undefined ? undefined : scope.catalogue.service(prefix);
  if (service === undefined || granted(`${service.prefix}:*`)) return [];
  const score = actionScore(scope, service);
  const best: Suggestion[] = [];
  for (const action of service.actions.values()) {
    if (granted(action.fullName)) continue;
    best.push({
      label: action.fullName,
      type: "action",
      detail: action.accessLevel,
      about: { what: "action", name: action.fullName },
      score: score(action.name, action),
    });
  }
  best.sort((a, b) => b.score - a.score);
  // Ahead of the services: going on with the same one is the rule.
  return best.slice(0, MOST_NEXT).map((it) => ({ ...it, score: 30 + it.score }));
}

/** `object` finds `s3:GetObject`: the letters begin a word of the action's name. */
function across(scope: Scope, typed: string, granted: (name: string) => boolean): readonly Suggestion[] {
  const { catalogue, usage } = scope;
  const near = new Set(servicesOf(scope));
  const found: Suggestion[] = [];
  for (const prefix of catalogue.services) {
    const service = catalogue.service(prefix);
    // Whoever is writing the name of a service means the service.
    if (service === undefined || prefix.startsWith(typed)) continue;
    const popular =
      weight(usage.services.get(prefix)) + (COMMON.includes(prefix) ? 4 : 0) + (near.has(prefix) ? 8 : 0);
    let ranks: ReadonlyMap<string, number> | undefined;
    for (const [folded, action] of service.actions) {
      const at = folded.indexOf(typed);
      if (at < 0 || (at > 0 && !/[A-Z0-9]/.test(action.name[at] ?? ""))) continue;
      if (granted(action.fullName)) continue;
      ranks ??= new Map(usage.actions(prefix).map((name, index) => [name, index]));
      const rank = ranks.get(folded);
      const whole = folded.length - at === typed.length ? 2 : 0;
      found.push({
        label: action.fullName,
        type: "action",
        detail: action.accessLevel,
        words: action.name.slice(at),
        about: { what: "action", name: action.fullName },
        score: popular + whole + (rank === undefined ? 0 : 6 - Math.log2(1 + rank)) - folded.length / 40,
      });
    }
  }
  found.sort((a, b) => b.score - a.score);
  return found.slice(0, MOST_ACROSS);
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

/** `NotAction` of a denial: what is excepted from a Region lock are the services that have no Region. */
function isExcepting({ statement, cursor }: Scope): boolean {
  return statement?.notActions.some(({ node }) => node === cursor.node) ?? false;
}

/** The entries of the same list. */
function entriesBeside({ statement, cursor }: Scope): readonly ActionPattern[] {
  if (statement === undefined) return [];
  const list = statement.notActions.some(({ node }) => node === cursor.node)
    ? statement.notActions
    : statement.actions;
  return list.filter(({ node }) => node !== (cursor.node as StringNode));
}

/** Does an entry of the list match the name already? */
function grantedBeside(scope: Scope): (name: string) => boolean {
  const entries = entriesBeside(scope);
  const exact = new Set(entries.map(({ folded }) => folded));
  const wide = entries.filter(({ wildcard }) => wildcard);
  return (name) => {
    const folded = name.toLowerCase();
    return (
      exact.has(folded) ||
      wide.some((it) =>
        folded.includes("*") ? coversPattern(it.folded, folded) : matchesPattern(it.folded, folded),
      )
    );
  };
}
