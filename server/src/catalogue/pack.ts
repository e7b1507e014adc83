/** Stores a catalogue so that it loads in milliseconds. Runs when we build, never at our users'. */
import { parseArn } from "../policy/arn.js";
import type { AccessLevel, ConditionKey } from "./catalogue.js";
import type { CatalogueData, ServiceData } from "./catalogue-data.js";
import {
  COMMON_RECORDS,
  type CommonRecord,
  LEVEL_LETTERS,
  type PackedAction,
  type PackedIndex,
  type PackedKey,
  type PackedKeys,
  type PackedLists,
  type PackedOperations,
  type PackedRetired,
  type PackedService,
  type PackedTexts,
  type PackedUse,
  TYPE_LETTERS,
} from "./packed.js";

export function pack(data: CatalogueData, stamp = ""): string {
  const services = [...data.services].sort((a, b) => (a.prefix < b.prefix ? -1 : 1));
  const common: Record<CommonRecord, unknown> = {
    keys: {
      global: data.globalConditionKeys.map(packKey),
      other: otherKeys(data).map(packKey),
    } satisfies PackedKeys,
    retired: data.retired satisfies PackedRetired,
    operations: Object.entries(data.operations).map(([name, actions]): PackedOperations[number] => [
      name.toLowerCase(),
      actions,
    ]),
    lists: {
      partitions: data.partitions,
      regions: data.regions,
      servicePrincipals: [...data.servicePrincipals].sort(),
      rcpServices: data.rcpServices,
      arnOwners: arnOwners(data),
    } satisfies PackedLists,
  };
  const records = [
    ...services.flatMap((service) => [packService(service), packTexts(service)]),
    ...COMMON_RECORDS.map((name) => common[name]),
  ].map(asciiJson);

  let end = -2;
  const index: PackedIndex = {
    version: data.version,
    stamp,
    services: services.map(({ prefix, name, actions }) => [
      prefix,
      name,
      actions.map((action) => action.name).join(" "),
      actions.map((action) => levelLetter(action.accessLevel)).join(""),
    ]),
    retired: services.filter((it) => isRetired(it, data)).map(({ prefix }) => prefix),
    ends: records.map((record) => {
      end += record.length + 2;
      return end;
    }),
  };
  return `[${asciiJson(index)},\n${records.join(",\n")}]\n`;
}

/** Is nothing left of a service, or does AWS no longer honour most of what is listed? */
function isRetired({ prefix, actions }: ServiceData, data: CatalogueData): boolean {
  const gone = data.retired.filter(({ name }) => name.startsWith(`${prefix}:`));
  if (actions.length === 0) return gone.length > 0;
  return 2 * gone.filter(({ listed }) => listed).length > actions.length;
}

function packService({ prefix, actions, resourceTypes, conditionKeys }: ServiceData): PackedService {
  const strings = interned(conditionKeys.map(({ key }) => key));
  if (strings.all.length < conditionKeys.length) throw new Error(`${prefix} has a condition key twice.`);
  const keySets = interned([""]);
  const keySet = (keys: readonly string[]) => keySets.at(keys.map(strings.at).join(" "));
  const uses = interned([]);
  const packedUses: PackedUse[] = [];

  const packedActions = actions.map((action): PackedAction => {
    const used = action.resourceTypes.map((type) => {
      const use: PackedUse = [
        strings.at(type.name),
        type.required ? 1 : 0,
        keySet(type.conditionKeys),
        type.dependentActions.map(strings.at),
      ];
      const at = uses.at(JSON.stringify(use));
      packedUses[at] = use;
      return at;
    });
    const keys = keySet(action.conditionKeys);
    const dependent = action.dependentActions.map(strings.at);
    if (dependent.length > 0) return [used, keys, dependent];
    if (keys > 0) return [used, keys];
    return used.length > 0 ? [used] : [];
  });

  return {
    resourceTypes: resourceTypes.map((type) => [type.name, type.arn, keySet(type.conditionKeys)]),
    actions: packedActions,
    uses: packedUses,
    keySets: keySets.all.map((set) => (set === "" ? [] : set.split(" ").map(Number))),
    keyTypes: conditionKeys.map(typeLetter).join(""),
    strings: strings.all,
  };
}

function packTexts({ actions, conditionKeys }: ServiceData): PackedTexts {
  return {
    actions: actions.map(({ description }) => description),
    conditionKeys: conditionKeys.map(({ description }) => description),
  };
}

/** Keys that looking into the service of their prefix would miss: some are sent by another service only. */
function otherKeys(data: CatalogueData): readonly ConditionKey[] {
  const found = new Map(data.providerConditionKeys.map((key) => [key.key.toLowerCase(), key]));
  const own = new Set(data.globalConditionKeys.map(({ key }) => key.toLowerCase()));
  for (const service of data.services) {
    for (const { key } of service.conditionKeys) {
      if (prefixOf(key) === service.prefix) own.add(key.toLowerCase());
    }
  }
  for (const service of data.services) {
    for (const key of service.conditionKeys) {
      const folded = key.key.toLowerCase();
      if (!own.has(folded) && !found.has(folded)) found.set(folded, key);
    }
  }
  return [...found.values()];
}

/** A service that ARNs name is often another than the one that owns the resource, or not a prefix at all. */
function arnOwners({ services }: CatalogueData): Readonly<Record<string, readonly string[]>> {
  const owners: Record<string, string[]> = {};
  for (const { prefix, resourceTypes } of services) {
    for (const { arn } of resourceTypes) {
      const service = parseArn(arn)?.service ?? prefix;
      owners[service] ??= [];
      if (service === prefix && owners[service][0] !== prefix) owners[service].unshift(prefix);
      else if (!owners[service].includes(prefix)) owners[service].push(prefix);
    }
  }
  return owners;
}

function prefixOf(key: string): string {
  return key.slice(0, Math.max(0, key.indexOf(":"))).toLowerCase();
}

function packKey(key: ConditionKey): PackedKey {
  return [key.key, typeLetter(key), key.description];
}

function typeLetter({ key, type, multivalued }: ConditionKey): string {
  const letter = TYPE_LETTERS.find(([, name]) => name === type)?.[0];
  if (letter === undefined) throw new Error(`The condition key ${key} has the unknown type ${type}.`);
  return multivalued ? letter.toLowerCase() : letter;
}

function levelLetter(level: AccessLevel): string {
  const letter = LEVEL_LETTERS.find(([, name]) => name === level)?.[0];
  if (letter === undefined) throw new Error(`There is no access level ${level}.`);
  return letter;
}

/** Gives every distinct text a number, in the order they come. */
function interned(first: readonly string[]) {
  const numbers = new Map<string, number>();
  const all: string[] = [];
  const at = (text: string): number => {
    const known = numbers.get(text);
    if (known !== undefined) return known;
    numbers.set(text, all.length);
    return all.push(text) - 1;
  };
  first.forEach(at);
  return { all, at };
}

/** In ASCII, positions count bytes and characters alike, and the engine keeps the text in one byte a character. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
