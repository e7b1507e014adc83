/**
 * Answers questions from a packed catalogue. Only the index is read at once; what a service's actions need is parsed
 * when something first asks for it, and long texts when something first shows one. Reading the file is not done here.
 */

import { once, remembered } from "../policy/once.js";
import { hasWildcard, matchesPattern } from "../policy/wildcard.js";
import type { Action, Catalogue, ConditionKey, Retired, Service, Standing } from "./catalogue.js";
import { keyFinder } from "./key-template.js";
import { lazyService, unpackKey } from "./lazy-service.js";
import {
  COMMON_RECORDS,
  type CommonRecord,
  type PackedIndex,
  type PackedKeys,
  type PackedLists,
  type PackedOperations,
  type PackedRetired,
  type PackedService,
  type PackedTexts,
} from "./packed.js";
import { wordAt } from "./word-in-name.js";

export function loadCatalogue(text: string): Catalogue {
  const lineEnd = text.indexOf("\n");
  const index = JSON.parse(text.slice(1, lineEnd - 1)) as PackedIndex;
  const record = <T>(at: number): T => {
    const start = lineEnd + 1 + (at === 0 ? 0 : (index.ends[at - 1] ?? 0) + 2);
    return JSON.parse(text.slice(start, lineEnd + 1 + (index.ends[at] ?? 0))) as T;
  };
  const common = <T>(name: CommonRecord) =>
    record<T>(2 * index.services.length + COMMON_RECORDS.indexOf(name));

  const gone = new Set(index.retired);
  const services = new Map<string, Service>();
  for (const [at, [prefix, name, actions, levels]] of index.services.entries()) {
    const details = once(() => record<PackedService>(2 * at));
    const texts = once(() => record<PackedTexts>(2 * at + 1));
    services.set(prefix, lazyService(prefix, name, gone.has(prefix), actions, levels, details, texts));
  }
  const prefixes = [...services.keys()];

  const keys = once(() => common<PackedKeys>("keys"));
  const globalKeys = once(() => keys().global.map(unpackKey));
  const findGlobalKey = once(() => keyFinder(globalKeys()));
  const findOtherKey = once(() => keyFinder(keys().other.map(unpackKey)));
  const keyFinderOf = remembered((prefix) =>
    keyFinder([...(services.get(prefix)?.conditionKeys.values() ?? [])]),
  );
  const retired = once(
    () => new Map(common<PackedRetired>("retired").map((it) => [it.name.toLowerCase(), it])),
  );
  const operations = once(() => new Map(common<PackedOperations>("operations")));
  const lists = once(() => common<PackedLists>("lists"));
  const regionNames = once(() => new Map(Object.entries(lists().regions)));
  const regions = once(() => [...regionNames().keys()]);
  const arnOwners = once(() => new Map(Object.entries(lists().arnOwners)));

  const expand = remembered((pattern): readonly Action[] => {
    const colon = pattern.indexOf(":");
    if (colon < 0) return pattern === "*" ? prefixes.flatMap((it) => actionsOf(services.get(it), "*")) : [];
    const service = pattern.slice(0, colon);
    const name = pattern.slice(colon + 1);
    if (!hasWildcard(service)) return actionsOf(services.get(service), name);
    return prefixes
      .filter((prefix) => matchesPattern(service, prefix))
      .flatMap((prefix) => actionsOf(services.get(prefix), name));
  });

  const retiredLike = remembered((pattern): readonly Retired[] =>
    [...retired()]
      .filter(([name]) => name.includes(":") && matchesPattern(pattern, name))
      .map(([, it]) => it),
  );
  /** The services with actions that are listed though AWS no longer honours them. */
  const outdated = once(
    () => new Set([...retired().values()].filter((it) => it.listed).map(({ name }) => name.split(":")[0])),
  );

  const standing = remembered((pattern): Standing => {
    const colon = pattern.indexOf(":");
    if (colon < 0) return /^\*+$/.test(pattern) ? "known" : "unknown";
    const prefix = pattern.slice(0, colon);
    const name = pattern.slice(colon + 1);
    const service = services.get(prefix);
    if (hasWildcard(prefix)) {
      if (expand(pattern).length > 0) return "known";
      return prefixes.some((it) => matchesPattern(prefix, it)) ? "unknown" : "unknown-service";
    }
    if (service === undefined) return retired().has(prefix) ? "retired-service" : "unknown-service";
    if (name === "*") return service.retired ? "retired" : "known";
    if (!hasWildcard(name)) {
      if (service.actions.has(name))
        return outdated().has(prefix) && retired().get(pattern)?.listed ? "retired" : "known";
      if (operations().has(pattern)) return "operation";
      return retired().has(pattern) ? "retired" : "unknown";
    }
    const actions = expand(pattern);
    if (actions.length === 0) return retiredLike(pattern).length > 0 ? "retired" : "unknown";
    if (!outdated().has(prefix)) return "known";
    const gone = actions.filter((it) => retired().get(it.fullName.toLowerCase())?.listed);
    return 2 * gone.length > actions.length ? "retired" : "known";
  });

  const action = remembered((name): Action | undefined => {
    const colon = Math.max(0, name.indexOf(":"));
    return services.get(name.slice(0, colon))?.actions.get(name.slice(colon + 1));
  });

  const conditionKey = remembered((key): ConditionKey | undefined => {
    const prefix = key.slice(0, Math.max(0, key.indexOf(":")));
    return findGlobalKey()(key) ?? keyFinderOf(prefix)(key) ?? findOtherKey()(key);
  });

  /** Searched as texts: that costs nothing before somebody searches, and no action has to be made for it. */
  const names = once(() =>
    index.services.map(([prefix, , actions]) => ({ prefix, actions, folded: actions.toLowerCase() })),
  );
  const byName = once(() => {
    const found = new Map<string, string[]>();
    for (const { prefix, actions, folded } of names()) {
      const written = actions.split(" ");
      for (const [at, name] of folded.split(" ").entries()) {
        const full = `${prefix}:${written[at]}`;
        const others = found.get(name);
        if (others === undefined) found.set(name, [full]);
        else others.push(full);
      }
    }
    return found;
  });
  function* actionsWith(letters: string): Iterable<readonly [string, readonly string[]]> {
    for (const { prefix, actions, folded } of names()) {
      const found: string[] = [];
      for (let at = folded.indexOf(letters); at >= 0; ) {
        const start = folded.lastIndexOf(" ", at) + 1;
        const space = folded.indexOf(" ", at);
        const end = space < 0 ? folded.length : space;
        const name = actions.slice(start, end);
        if (wordAt(name, letters) >= 0) found.push(name);
        at = folded.indexOf(letters, end);
      }
      if (found.length > 0) yield [prefix, found];
    }
  }

  return {
    version: index.version,
    services: prefixes,
    service: (prefix) => services.get(prefix.toLowerCase()),
    action: (name) => action(name.toLowerCase()),
    expand: (pattern) => expand(pattern.toLowerCase()),
    actionsNamed: (name) => byName().get(name.toLowerCase()) ?? [],
    actionsWith,
    standing: (pattern) => standing(pattern.toLowerCase()),
    conditionKey: (key) => conditionKey(key.toLowerCase()),
    get globalConditionKeys() {
      return globalKeys();
    },
    retired: (name) => retired().get(name.toLowerCase()),
    retiredLike: (pattern) => retiredLike(pattern.toLowerCase()),
    authorisedBy: (operation) => operations().get(operation.toLowerCase()),
    arnOwners: (service) => arnOwners().get(service) ?? [],
    get partitions() {
      return lists().partitions;
    },
    get regions() {
      return regions();
    },
    regionName: (region) => regionNames().get(region),
    get servicePrincipals() {
      return lists().servicePrincipals;
    },
    get rcpServices() {
      return lists().rcpServices;
    },
  };
}

/** `name` is a pattern in lower case. */
function actionsOf(service: Service | undefined, name: string): readonly Action[] {
  if (service === undefined) return [];
  if (name === "*") return [...service.actions.values()];
  if (!hasWildcard(name)) {
    const action = service.actions.get(name);
    return action === undefined ? [] : [action];
  }
  const found: Action[] = [];
  for (const [folded, action] of service.actions) if (matchesPattern(name, folded)) found.push(action);
  return found;
}
