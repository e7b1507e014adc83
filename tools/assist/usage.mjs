// node tools/assist/usage.mjs: how often AWS's managed policies use which words, for the order of completion, and which
// actions a task takes together. Everything is counted once a policy, so that no long policy outvotes a hundred short ones.
import { writeFileSync } from "node:fs";
import { managedPolicies } from "../bench/corpus.mjs";
import { TASKS } from "./tasks.mjs";

const FILE = "server/src/assist/usage.json";
/** Rarer words say more about one policy than about how policies are written. */
const LEAST = {
  action: 2,
  follower: 2,
  companion: 3,
  key: 2,
  keyOfService: 2,
  value: 2,
  resource: 4,
  sid: 3,
};
const MOST = {
  companions: 6,
  followers: 10,
  keysOfService: 10,
  values: 14,
  resources: 5,
  sids: 60,
};
const LONGEST_VALUE = 60;
/** How far behind an action others count as its followers. */
const WINDOW = 2;
/** A task that documentation describes stands for as many policies. */
const TASK_WEIGHT = 6;

/** The tables for policies given as objects. */
export function usageOf(documents, tasks = TASKS) {
  const services = counter();
  const actions = counter();
  const operators = counter();
  const keys = counter();
  const sids = counter();
  const companions = new Map();
  const keysOfService = new Map();
  const operatorsOfKey = new Map();
  const valuesOfKey = new Map();
  const resourcesOfService = new Map();
  const after = new Map();
  const followers = new Map();
  const spelled = spellingOf(documents);
  for (const document of documents) {
    const once = new Set();
    const count = (table, word) => {
      const id = `${tableId(table)} ${word}`;
      if (once.has(id)) return;
      once.add(id);
      table.add(word);
    };
    const all = new Set();
    for (const statement of list(document.Statement)) {
      let before = "";
      for (const element of Object.keys(statement)) {
        count(of(after, before), element);
        before = element;
      }
      if (statement.Sid) count(sids, statement.Sid);
      const used = new Set();
      const names = list(statement.Action ?? statement.NotAction).map((name) => name.toLowerCase());
      for (const [name, next] of followed(names, WINDOW)) count(of(followers, name), next);
      for (const action of list(statement.Action ?? statement.NotAction)) {
        const colon = action.indexOf(":");
        if (colon < 0) continue;
        const service = action.slice(0, colon).toLowerCase();
        count(services, service);
        count(actions, action.toLowerCase());
        used.add(service);
        all.add(service);
      }
      for (const resource of list(statement.Resource ?? statement.NotResource)) {
        const service = resource.split(":")[2];
        if (service && !resource.includes("${")) count(of(resourcesOfService, service), resource);
      }
      for (const [operator, block] of Object.entries(statement.Condition ?? {})) {
        count(operators, operator);
        for (const [written, values] of Object.entries(block)) {
          const key = spelled(written);
          count(keys, key);
          count(of(operatorsOfKey, key), operator);
          for (const service of used) count(of(keysOfService, service), key);
          for (const value of list(values)) count(of(valuesOfKey, key), String(value));
        }
      }
    }
    for (const service of all) {
      for (const other of all) if (other !== service) of(companions, service).add(other);
    }
  }
  for (const task of tasks.map((names) => names.map((name) => name.toLowerCase()))) {
    for (const name of task) actions.add(name, TASK_WEIGHT);
    // Whoever does not write them in this order means the same task.
    for (const [name, next] of followed(task, task.length)) {
      of(followers, name).add(next, TASK_WEIGHT);
      of(followers, next).add(name, TASK_WEIGHT / 2);
    }
  }
  const frequentKeys = keys.most(LEAST.key).filter(([key]) => !/\s/.test(key));
  const known = new Set(frequentKeys.map(([key]) => key));
  const operatorNames = operators.most(1).map(([name]) => name);
  const keyAt = new Map(frequentKeys.map(([key], at) => [key, at]));
  const serviceNames = services.most(1);
  const serviceAt = new Map(serviceNames.map(([name], at) => [name, at]));
  return {
    policies: documents.length,
    services: pairs(serviceNames),
    companions: byName(companions, (table, service) =>
      table
        .most(LEAST.companion)
        // What stands beside everything says nothing: a share of its own use counts as well.
        .map(([name, n]) => [name, n / Math.sqrt(services.of(name)), service])
        .sort((a, b) => b[1] - a[1])
        .slice(0, MOST.companions)
        .map(([name]) => serviceAt.get(name))
        .join(" "),
    ),
    actions: byName(groupByService(actions.most(LEAST.action)), grouped),
    followers: byName(groupByService(actions.most(LEAST.action)), (found, service) => {
      const at = new Map(found.map(([name], index) => [name, index]));
      if (found.length < LEAST.follower) return "";
      const rows = found.map(([name]) =>
        grouped(
          of(followers, `${service}:${name}`)
            .most(LEAST.follower)
            .map(([next, n]) => [at.get(next.slice(next.indexOf(":") + 1))?.toString(36), n])
            .filter(([index]) => index !== undefined)
            .slice(0, MOST.followers),
        ),
      );
      return rows.join(",").replace(/,+$/, "");
    }),
    after: byName(after, (table) => pairs(table.most(2))),
    operators: pairs(operators.most(1)),
    keys: pairs(frequentKeys),
    operatorsOfKey: frequentKeys
      .map(([key]) =>
        of(operatorsOfKey, key)
          .most(1)
          .slice(0, 3)
          .map(([operator]) => operatorNames.indexOf(operator))
          .join("."),
      )
      .join(" "),
    keysOfService: byName(keysOfService, (table) =>
      table
        .most(LEAST.keyOfService)
        .filter(([key]) => known.has(key))
        .slice(0, MOST.keysOfService)
        .map(([key, n]) => `${keyAt.get(key)}.${n}`)
        .join(" "),
    ),
    values: byName(valuesOfKey, (table, key) =>
      known.has(key)
        ? table
            .most(LEAST.value)
            .map(([value]) => value)
            .filter((value) => value.length <= LONGEST_VALUE && !value.includes("|"))
            .slice(0, MOST.values)
            .join("|")
        : "",
    ),
    resources: byName(resourcesOfService, (table) =>
      table
        .most(LEAST.resource)
        .slice(0, MOST.resources)
        .map(([arn]) => arn)
        .join(" "),
    ),
    sids: sids
      .most(LEAST.sid)
      .slice(0, MOST.sids)
      .map(([sid]) => sid)
      .join("|"),
  };
}

/** Case does not matter in keys, but for the names of tags: each key as most policies spell it. */
function spellingOf(documents) {
  const spellings = new Map();
  const nameOf = (key) => key.split("/")[0];
  for (const document of documents) {
    for (const { Condition: condition = {} } of list(document.Statement)) {
      for (const key of Object.values(condition).flatMap(Object.keys)) {
        of(spellings, nameOf(key).toLowerCase()).add(nameOf(key));
      }
    }
  }
  return (key) => {
    const name = nameOf(key);
    const [[usual]] = of(spellings, name.toLowerCase()).most(1);
    return usual + key.slice(name.length);
  };
}

/** Pairs of actions of one service that stand close to each other, in their order. */
function* followed(names, window) {
  for (const [at, name] of names.entries()) {
    for (const next of names.slice(at + 1, at + 1 + window)) {
      if (next.split(":")[0] === name.split(":")[0]) yield [name, next];
    }
  }
}

function counter() {
  const counts = new Map();
  return {
    add: (word, n = 1) => void counts.set(word, (counts.get(word) ?? 0) + n),
    of: (word) => counts.get(word) ?? 0,
    most: (least) =>
      [...counts].filter(([, n]) => n >= least).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)),
  };
}

const ids = new Map();
function tableId(table) {
  if (!ids.has(table)) ids.set(table, ids.size);
  return ids.get(table);
}

function of(tables, name) {
  if (!tables.has(name)) tables.set(name, counter());
  return tables.get(name);
}

function groupByService(actions) {
  const groups = new Map();
  for (const [action, n] of actions) {
    const colon = action.indexOf(":");
    const service = action.slice(0, colon);
    groups.set(service, [...(groups.get(service) ?? []), [action.slice(colon + 1), n]]);
  }
  return groups;
}

function byName(tables, print) {
  const entries = [...tables].map(([name, table]) => [name, print(table, name)]);
  return Object.fromEntries(entries.filter(([, it]) => it.length > 0).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function pairs(entries) {
  return entries.map(([word, n]) => `${word} ${n}`).join(" ");
}

/** Words behind the count that they share: `=9 GetObject ListBucket =4 PutObject`. */
function grouped(entries) {
  let before;
  return entries
    .map(([word, n]) => {
      const head = n === before ? "" : `=${n} `;
      before = n;
      return head + word;
    })
    .join(" ");
}

function list(value) {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

if (process.argv[1]?.endsWith("usage.mjs")) {
  const usage = usageOf(managedPolicies().map(({ text }) => JSON.parse(text)));
  writeFileSync(FILE, `${JSON.stringify(usage, null, 2)}\n`);
  console.log(
    `${FILE}: from ${usage.policies} policies, ${(JSON.stringify(usage).length / 1000).toFixed(0)} kB`,
  );
}
