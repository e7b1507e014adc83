/** How likely an action, or a family of them, is next in a list: by use, by what stands in the list, by its order. */
import type { AccessLevel, Action, Service } from "../../catalogue/catalogue.js";
import { remembered } from "../../policy/once.js";
import { DENY } from "../../policy/words.js";
import { best } from "./best.js";
import { entriesBeside } from "./entries.js";
import { mostOf, weight } from "./ranking.js";
import type { Scope } from "./scope.js";

export interface ActionScores {
  /** All of the service. */
  readonly actions: readonly ScoredAction[];
  /** Of a name with a wildcard in it, such as `Get*`. */
  family(name: string): number;
  /** Of all the service's actions in one: the less likely, the more of them are listed one by one. */
  readonly everything: number;
}

export interface ScoredAction {
  readonly action: Action;
  readonly score: number;
}

/** Found by trying: what put most next actions among the first ten, for policies that the table of use has not seen. */
const WEIGHTS = {
  popular: 8,
  follower: 15,
  likeness: 1.2,
  noun: 3,
  verb: 1.3,
  sibling: 1,
  counterpart: 5,
  sorted: 3,
  level: 0.6,
  reading: 4,
  denied: 1,
  opened: 4,
  mixed: 6,
  family: 1.5,
};
/** So many entries say what comes next. */
const MEMORY = 3;

const VERBS: Readonly<Record<string, number>> = {
  get: 0.3,
  list: 0.3,
  describe: 0.3,
  create: 0.2,
  put: 0.2,
  update: 0.2,
  delete: 0.1,
};
/** What usually goes together on one thing. */
const SIBLINGS: Readonly<Record<string, readonly string[]>> = {
  get: ["put", "list", "update", "describe"],
  put: ["get", "delete"],
  create: ["update", "delete", "describe", "modify"],
  update: ["delete", "create", "get"],
  delete: ["create", "update"],
  describe: ["list", "get", "create"],
  list: ["get", "describe", "put", "create"],
  start: ["stop", "describe"],
  stop: ["start"],
  attach: ["detach"],
  tag: ["untag"],
  enable: ["disable"],
  register: ["deregister"],
};

/** What people deny so that nobody undoes what others have set up. */
const GUARDED = /^(?:delete|stop|disable|leave|disassociate|deregister|detach|remove|deactivate)/;

export function actionScores(scope: Scope, service: Service): ActionScores {
  const score = scorer(scope, service);
  const vocabulary = vocabularyOf(service);
  const entries = entriesOf(scope, service);
  const alike = likenessToRecent(entries, vocabulary);
  const wanted = counterparts(entries);
  // A long list has said by now whether it wants both halves.
  const counterpart = WEIGHTS.counterpart * Math.max(0, 1 - entries.length / 8);
  const actions = vocabulary.entries.map(({ action, folded, verb, thing }, at) => ({
    action,
    score: score(folded, action) + (alike[at] ?? 0) + (wanted.get(thing)?.has(verb) ? counterpart : 0),
  }));
  const recent = recentWords(entries);
  return {
    actions,
    everything: entries.length === 0 ? third(actions) + 0.1 : 0,
    family: (name) => score(name.toLowerCase(), undefined) + familyLikeness(name, recent, vocabulary),
  };
}

function third(actions: readonly ScoredAction[]): number {
  const top = best<undefined>(3);
  for (const { score } of actions) top.add(undefined, score);
  return top.found[2]?.score ?? 0;
}

type Entry = ReturnType<typeof entriesBeside>[number];

function entriesOf(scope: Scope, { prefix }: Service): readonly Entry[] {
  return entriesBeside(scope).filter(({ service }) => service === prefix);
}

/** All but the likeness of names. */
function scorer(scope: Scope, service: Service): (folded: string, action: Action | undefined) => number {
  const { usage, statement } = scope;
  const { prefix } = service;
  const entries = entriesOf(scope, service);
  const counts = usage.actions(prefix);
  const most = mostOf(counts);
  const followers = followersOf(scope, prefix, entries);
  const last = entries.at(-1)?.name.toLowerCase();
  // Few names stand in order by chance as well.
  const sorted = entries.every(({ folded }, at) => folded >= (entries[at - 1]?.folded ?? ""))
    ? Math.max(0.2, (WEIGHTS.sorted * Math.min(5, entries.length - 1)) / 5)
    : 0.2;
  const levels = levelsOf(entries, service);
  // The longer a list that only reads, the surer it goes on so.
  const read = (levels.get("Read") ?? 0) + (levels.get("List") ?? 0);
  const reading =
    (read / Math.max(1, entries.length)) * (entries.length < 2 ? 0 : Math.min(1, entries.length / 6));
  // Who lists actions one by one goes on so, whatever the service, and who writes families as well.
  const all = entriesBeside(scope);
  const mixed =
    (WEIGHTS.mixed * all.filter(({ wildcard }) => wildcard).length) / Math.max(1, all.length) -
    WEIGHTS.family;
  const denies = statement?.effect?.value === DENY;
  return (folded, action) => {
    const count = counts.get(folded);
    let score = count === undefined ? rare(folded) : (WEIGHTS.popular * weight(count)) / weight(most + 1);
    score += WEIGHTS.follower * (followers.get(folded) ?? 0);
    if (last !== undefined && folded > last) score += sorted;
    if (action === undefined) return score + mixed;
    const { accessLevel } = action;
    score += (WEIGHTS.level * (levels.get(accessLevel) ?? 0)) / Math.max(1, entries.length);
    if (accessLevel === "Read" || accessLevel === "List") score += WEIGHTS.reading * reading;
    if (denies && accessLevel === "Permissions management") score += WEIGHTS.opened;
    else if (denies && accessLevel === "Write")
      score += GUARDED.test(folded) ? 2 * WEIGHTS.denied : WEIGHTS.denied;
    return score;
  };
}

/** How often the recent entries are followed by each action; a share of their own use. */
function followersOf(
  { usage }: Scope,
  prefix: string,
  entries: readonly Entry[],
): ReadonlyMap<string, number> {
  const counts = usage.actions(prefix);
  const shares = new Map<string, number>();
  for (const [distance, { name }] of entries.slice(-MEMORY).reverse().entries()) {
    const folded = name.toLowerCase();
    const own = (counts.get(folded) ?? 0) + 2;
    for (const [next, count] of usage.followers(prefix, folded)) {
      shares.set(next, (shares.get(next) ?? 0) + Math.min(1, count / own) / (1 + distance));
    }
  }
  return shares;
}

function levelsOf(entries: readonly Entry[], { actions }: Service): ReadonlyMap<AccessLevel, number> {
  const levels = new Map<AccessLevel, number>();
  for (const { folded } of entries) {
    const level = actions.get(folded.slice(folded.indexOf(":") + 1))?.accessLevel;
    if (level !== undefined) levels.set(level, (levels.get(level) ?? 0) + 1);
  }
  return levels;
}

/** For what the table of use does not know. */
function rare(folded: string): number {
  const verb = /^(?:get|list|describe|create|put|update|delete)/.exec(folded)?.[0];
  return verb === undefined ? 0 : (VERBS[verb] ?? 0);
}

/** The words that a service's actions are called by. */
interface Vocabulary {
  readonly entries: readonly NamedAction[];
  /** The actions with the word behind their verb. */
  readonly withNoun: ReadonlyMap<string, readonly number[]>;
  readonly withVerb: ReadonlyMap<string, readonly number[]>;
  /** What nearly all actions are about, as buckets are S3's, tells them apart less than a rare word. */
  telling(nouns: readonly string[]): number;
}

interface NamedAction {
  readonly action: Action;
  readonly folded: string;
  readonly verb: string;
  readonly nouns: number;
  /** The words behind the verb, as one. */
  readonly thing: string;
  /** How telling all words behind the verb are together. */
  readonly telling: number;
}

const vocabularies = new WeakMap<Service, Vocabulary>();

function vocabularyOf(service: Service): Vocabulary {
  const known = vocabularies.get(service);
  if (known !== undefined) return known;
  const withNoun = new Map<string, number[]>();
  const withVerb = new Map<string, number[]>();
  const add = (table: Map<string, number[]>, word: string, at: number) => {
    const places = table.get(word);
    if (places === undefined) table.set(word, [at]);
    else if (places.at(-1) !== at) places.push(at);
  };
  const actions = [...service.actions];
  // All names at once: one long text is taken apart faster than many short ones.
  const lines = spaced(actions.map(([, { name }]) => name).join("\n")).split("\n");
  const named = actions.map(([folded, action], at) => {
    const [verb = "", ...nouns] = (lines[at] ?? "").trim().split(" ");
    add(withVerb, verb, at);
    for (const noun of nouns) add(withNoun, noun, at);
    return { action, folded, verb, nouns };
  });
  const most = Math.log2(named.length + 2);
  const each = remembered(
    (noun) => 0.2 + Math.log2((named.length + 2) / ((withNoun.get(noun)?.length ?? 0) + 1)) / most,
  );
  const telling = (nouns: readonly string[]) => nouns.reduce((sum, noun) => sum + each(noun), 0);
  const entries = named.map(({ nouns, ...it }) => ({
    ...it,
    nouns: nouns.length,
    thing: nouns.join(" "),
    telling: telling(nouns),
  }));
  const vocabulary = { entries, withNoun, withVerb, telling };
  vocabularies.set(service, vocabulary);
  return vocabulary;
}

/** What any entry of the list makes half of a pair: for `GetObject` the verbs that go with it, by thing. */
function counterparts(entries: readonly Entry[]): ReadonlyMap<string, ReadonlySet<string>> {
  const wanted = new Map<string, Set<string>>();
  for (const { name } of entries) {
    const [verb = "", ...nouns] = wordsOf(name);
    const thing = nouns.join(" ");
    const verbs = wanted.get(thing) ?? new Set();
    wanted.set(thing, verbs);
    for (const sibling of SIBLINGS[verb] ?? []) verbs.add(sibling);
  }
  return wanted;
}

/** For each action of the service: how much its name has in common with the recent entries. */
function likenessToRecent(entries: readonly Entry[], vocabulary: Vocabulary): Float64Array {
  const { entries: named, withNoun, withVerb, telling } = vocabulary;
  const total = new Float64Array(named.length);
  for (const [distance, [verb = "", ...nouns]] of recentWords(entries).entries()) {
    const nearness = WEIGHTS.likeness / (1 + distance);
    const common = new Float64Array(named.length);
    const shared = new Uint8Array(named.length);
    for (const noun of nouns) {
      const value = telling([noun]);
      for (const at of withNoun.get(noun) ?? []) {
        common[at] = (common[at] ?? 0) + value;
        shared[at] = (shared[at] ?? 0) + 1;
      }
    }
    const all = telling(nouns);
    for (const [at, own] of named.entries()) {
      const both = common[at] ?? 0;
      if (both === 0) continue;
      let likeness = nounLikeness(both, own.telling, all);
      if (shared[at] === nouns.length && own.nouns === nouns.length && SIBLINGS[verb]?.includes(own.verb)) {
        likeness += WEIGHTS.sibling;
      }
      total[at] = (total[at] ?? 0) + nearness * likeness;
    }
    for (const at of withVerb.get(verb) ?? []) total[at] = (total[at] ?? 0) + nearness * WEIGHTS.verb;
  }
  return total;
}

function nounLikeness(common: number, one: number, other: number): number {
  return (WEIGHTS.noun * common) / Math.max(0.2, one + other - common);
}

function recentWords(entries: readonly Entry[]): readonly (readonly string[])[] {
  return entries
    .slice(-MEMORY)
    .reverse()
    .map(({ name }) => wordsOf(name));
}

/** The same for a name that is no action's. */
function familyLikeness(
  name: string,
  recent: readonly (readonly string[])[],
  { telling }: Vocabulary,
): number {
  const [verb, ...nouns] = wordsOf(name);
  let likeness = 0;
  for (const [distance, [otherVerb, ...otherNouns]] of recent.entries()) {
    const common = telling(nouns.filter((it) => otherNouns.includes(it)));
    const alike = common === 0 ? 0 : nounLikeness(common, telling(nouns), telling(otherNouns));
    likeness += (alike + (verb === otherVerb ? WEIGHTS.verb : 0)) / (1 + distance);
  }
  return WEIGHTS.likeness * likeness;
}

/** `GetBucketPolicyStatus` as words, the verb first. */
const wordsOf = remembered((name: string): readonly string[] => spaced(name).trim().split(" "));

/** In lower case, a space in front of each word, without the endings of plurals and of `Versioning`. */
function spaced(names: string): string {
  return names
    .replace(/[^A-Za-z0-9\n]+/g, "")
    .replace(/[A-Z]+(?![a-z])|[A-Z][a-z0-9]*|[a-z0-9]+/g, " $&")
    .toLowerCase()
    .replace(/(?<=[a-z]{2})s(?=\s|$)|(?<=[a-z]{5})ing(?=\s|$)/g, "");
}
