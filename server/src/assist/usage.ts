/**
 * What people write most, as AWS's managed policies show it: only ever a matter of order, never of what is possible.
 * `tools/assist/usage.mjs` counts it; see docs/completion.md.
 */
import { once, remembered } from "../policy/once.js";
import counted from "./usage.json" with { type: "json" };

export interface Usage {
  /** Lower-case prefixes with the number of policies that use them. */
  readonly services: Counts;
  /** Services that stand in the same policies, most telling first. */
  companions(service: string): readonly string[];
  /** Lower-case action names of a service, most frequent first, wildcards included. */
  actions(service: string): Counts;
  /** What stands close behind an action of the service, most frequent first; lower-case names. */
  followers(service: string, action: string): Counts;
  /** Which element follows an element; after the empty text, which comes first. */
  after(element: string): Counts;
  readonly operators: Counts;
  readonly keys: Counts;
  /** Most frequent first. */
  operatorsOf(key: string): readonly string[];
  /** In statements that have actions of the service. */
  keysWith(service: string): Counts;
  /** Most frequent first. */
  valuesOf(key: string): readonly string[];
  resourcesOf(service: string): readonly string[];
  readonly sids: readonly string[];
}

export type Counts = ReadonlyMap<string, number>;

/** As `tools/assist/usage.mjs` writes it: words and counts separated by spaces, or words behind a count: `=9 a b =4 c`. */
export interface UsageData {
  readonly services: string;
  readonly companions: Readonly<Record<string, string>>;
  readonly actions: Readonly<Record<string, string>>;
  /** For each action of the service, in that order: indexes of others in base 36. */
  readonly followers: Readonly<Record<string, string>>;
  readonly after: Readonly<Record<string, string>>;
  readonly operators: string;
  readonly keys: string;
  readonly operatorsOfKey: string;
  readonly keysOfService: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, string>>;
  readonly resources: Readonly<Record<string, string>>;
  readonly sids: string;
}

export const usage: () => Usage = once(() => readUsage(counted));

export function readUsage(data: UsageData): Usage {
  const services = countsIn(data.services);
  const serviceNames = [...services.keys()];
  const operators = countsIn(data.operators);
  const operatorNames = [...operators.keys()];
  const keys = countsIn(data.keys);
  const keyNames = [...keys.keys()];
  const operatorsOf = new Map(
    data.operatorsOfKey
      .split(" ")
      .map((numbers, at) => [
        keyNames[at] ?? "",
        numbers.split(".").map((it) => operatorNames[Number(it)] ?? ""),
      ]),
  );
  const folded = new Map(Object.keys(data.values).map((key) => [key.toLowerCase(), key]));
  const actions = remembered((service) => groupsIn(lookUp(data.actions, service), (it) => it));
  const names = remembered((service) => [...actions(service).keys()]);
  const rows = remembered((service) => {
    const listed = names(service);
    const followers = lookUp(data.followers, service)?.split(",") ?? [];
    return new Map(listed.map((name, at) => [name, followers[at]]));
  });
  const none: Counts = new Map();
  return {
    services,
    companions: (service) => words(data.companions, service).map((at) => serviceNames[Number(at)] ?? ""),
    actions,
    followers(service, action) {
      const row = rows(service).get(action);
      if (row === undefined || row === "") return none;
      const listed = names(service);
      return groupsIn(row, (at) => listed[Number.parseInt(at, 36)] ?? "");
    },
    after: (element) => countsIn(lookUp(data.after, element) ?? ""),
    operators,
    keys,
    operatorsOf: (key) => operatorsOf.get(key) ?? [],
    keysWith: (service) =>
      new Map(
        words(data.keysOfService, service).map((pair) => {
          const [at, count] = pair.split(".");
          return [keyNames[Number(at)] ?? "", Number(count)];
        }),
      ),
    valuesOf: (key) => lookUp(data.values, folded.get(key.toLowerCase()) ?? "")?.split("|") ?? [],
    resourcesOf: (service) => words(data.resources, service),
    sids: data.sids.split("|"),
  };
}

function countsIn(text: string): Counts {
  const parts = text === "" ? [] : text.split(" ");
  const counts = new Map<string, number>();
  for (let at = 0; at + 1 < parts.length; at += 2) counts.set(parts[at] ?? "", Number(parts[at + 1]));
  return counts;
}

function groupsIn(text: string | undefined, word: (written: string) => string): Counts {
  const counts = new Map<string, number>();
  let count = 0;
  for (const part of text === undefined || text === "" ? [] : text.split(" ")) {
    if (part.startsWith("=")) count = Number(part.slice(1));
    else counts.set(word(part), count);
  }
  return counts;
}

function words(table: Readonly<Record<string, string>>, name: string): readonly string[] {
  return lookUp(table, name)?.split(" ") ?? [];
}

function lookUp(table: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
