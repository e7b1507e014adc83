/** How likely an action, or a family of them, is next in a list: by use, by what stands in the list, by its order. */
import type { AccessLevel, Action, Service } from "../../catalogue/catalogue.js";
import { remembered } from "../../catalogue/once.js";
import { DENY } from "../../policy/words.js";
import { entriesBeside } from "./entries.js";
import { weight } from "./ranking.js";
import type { Scope } from "./scope.js";

export interface ActionScores {
  /** By full name. */
  readonly actions: ReadonlyMap<string, number>;
  /** Of a name with a wildcard in it, such as `Get*`. */
  family(name: string): number;
  /** Of all the service's actions in one: the less likely, the more of them are listed one by one. */
  readonly everything: number;
}

/** Found by trying: what put most next actions among the first ten, for policies that the table of use has not seen. */
const WEIGHTS = {
  popular: 8,
  follower: 15,
  likeness: 1.2,
  noun: 3,
  verb: 1.3,
  sibling: 1,
  sorted: 3,
  level: 0.3,
  reading: 0.4,
  denied: 1,
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
  list: ["get", "describe"],
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
  const actions = new Map<string, number>();
  for (const [at, { action, folded }] of vocabulary.entries.entries()) {
    actions.set(action.fullName, score(folded, action) + (alike[at] ?? 0));
  }
  const recent = recentWords(entries);
  const [, , third = 0] = [...actions.values()].sort((a, b) => b - a);
  return {
    actions,
    everything: entries.length === 0 ? third + 0.1 : 0,
    family(name) {
      const words = wordsOf(name);
      const likeness = recent.reduce(
        (sum, other, distance) => sum + likenessOf(words, other, vocabulary) / (1 + distance),
        0,
      );
      return score(name.toLowerCase(), undefined) + WEIGHTS.likeness * likeness;
    },
  };
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
  const most = Math.max(1, ...counts.values());
  const followers = followersOf(scope, prefix, entries);
  const last = entries.at(-1)?.name.toLowerCase();
  // Few names stand in order by chance as well.
  const sorted = entries.every(({ folded }, at) => folded >= (entries[at - 1]?.folded ?? ""))
    ? Math.max(0.2, (WEIGHTS.sorted * Math.min(5, entries.length - 1)) / 5)
    : 0.2;
  const levels = levelsOf(entries, service);
  const reading =
    entries.length < 2 ? 0 : ((levels.get("Read") ?? 0) + (levels.get("List") ?? 0)) / entries.length;
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
    if (denies && (accessLevel === "Write" || accessLevel === "Permissions management"))
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
}

interface NamedAction {
  readonly action: Action;
  readonly folded: string;
  readonly words: readonly string[];
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
  const named = [...service.actions].map(([folded, action], at) => {
    const words = wordsOf(action.name);
    const [verb = "", ...nouns] = words;
    add(withVerb, verb, at);
    for (const noun of nouns) add(withNoun, noun, at);
    return { action, folded, words };
  });
  const vocabulary = { entries: [] as NamedAction[], withNoun, withVerb };
  for (const each of named) {
    vocabulary.entries.push({ ...each, telling: tellingOf(each.words, named.length, withNoun) });
  }
  vocabularies.set(service, vocabulary);
  return vocabulary;
}

/** What nearly all actions are about, as buckets are S3's, tells them apart less than a rare word. */
function telling(word: string, actions: number, withNoun: Vocabulary["withNoun"]): number {
  const share = (actions + 2) / ((withNoun.get(word)?.length ?? 0) + 1);
  return 0.2 + Math.log2(share) / Math.log2(actions + 2);
}

function tellingOf(words: readonly string[], actions: number, withNoun: Vocabulary["withNoun"]): number {
  return words.slice(1).reduce((sum, word) => sum + telling(word, actions, withNoun), 0);
}

/** For each action of the service: how much its name has in common with the recent entries. */
function likenessToRecent(entries: readonly Entry[], vocabulary: Vocabulary): Float64Array {
  const total = new Float64Array(vocabulary.entries.length);
  const { withNoun, withVerb } = vocabulary;
  for (const [distance, words] of recentWords(entries).entries()) {
    // Only actions that share a word need to be looked at.
    const places = new Set([words[0] ?? ""].flatMap((verb) => withVerb.get(verb) ?? []));
    for (const noun of words.slice(1)) for (const at of withNoun.get(noun) ?? []) places.add(at);
    for (const at of places) {
      const own = vocabulary.entries[at];
      if (own === undefined) continue;
      const likeness = likenessOf(own.words, words, vocabulary, own.telling);
      total[at] = (total[at] ?? 0) + (WEIGHTS.likeness * likeness) / (1 + distance);
    }
  }
  return total;
}

function recentWords(entries: readonly Entry[]): readonly (readonly string[])[] {
  return entries
    .slice(-MEMORY)
    .reverse()
    .map(({ name }) => wordsOf(name));
}

/** How much two names have in common: the verb, what goes with it, and the words of the thing. */
function likenessOf(
  words: readonly string[],
  other: readonly string[],
  { entries, withNoun }: Vocabulary,
  own = tellingOf(words, entries.length, withNoun),
): number {
  const [verb = "", ...nouns] = words;
  const [otherVerb = "", ...otherNouns] = other;
  const shared = nouns.filter((it) => otherNouns.includes(it));
  let score = 0;
  if (shared.length > 0) {
    const common = tellingOf(["", ...shared], entries.length, withNoun);
    const all = own + tellingOf(other, entries.length, withNoun) - common;
    score += (WEIGHTS.noun * common) / Math.max(0.2, all);
  }
  if (verb === otherVerb) return score + WEIGHTS.verb;
  const same = shared.length > 0 && shared.length === nouns.length && nouns.length === otherNouns.length;
  return same && SIBLINGS[otherVerb]?.includes(verb) ? score + WEIGHTS.sibling : score;
}

/** `GetBucketPolicyStatus` as lower-case words, the verb first, plurals without their ending. Remembered for all actions. */
const wordsOf = remembered((name: string): readonly string[] =>
  (name.match(/[A-Z]+(?![a-z])|[A-Z][a-z0-9]*|[a-z0-9]+/g) ?? []).map((it) =>
    it.toLowerCase().replace(/(?<=[a-z]{2})s$/, ""),
  ),
);
