/**
 * Corrections by hand to AWS's reference, applied when the catalogue is packed. A patch that no longer changes anything
 * is refused, so that none outlives the fault it was written for.
 */
import type { ConditionKey, ResourceType } from "./catalogue.js";
import type { ActionData, CatalogueData, ServiceData } from "./catalogue-data.js";

export interface Patch {
  /** Why the reference is wrong or silent here. */
  readonly reason: string;
  /** AWS's page that says so. */
  readonly reference: string;
  /** Each entry adds a key, or replaces the fields that it states. */
  readonly globalConditionKeys?: readonly Entry<ConditionKey, "key">[];
  readonly providerConditionKeys?: readonly Entry<ConditionKey, "key">[];
  /** By service prefix. */
  readonly services?: Readonly<Record<string, ServicePatch>>;
}

export interface ServicePatch {
  /** For a service that the reference does not have at all. */
  readonly name?: string;
  readonly actions?: readonly Entry<ActionData, "name">[];
  readonly resourceTypes?: readonly Entry<ResourceType, "name">[];
  readonly conditionKeys?: readonly Entry<ConditionKey, "key">[];
}

type Entry<T, Id extends keyof T> = Partial<T> & Pick<T, Id>;

/** Throws, and says what to delete, when the reference has caught up with an entry. */
export function applyPatch(data: CatalogueData, patch: Patch, file: string): CatalogueData {
  const merge = <T extends object, Id extends keyof T>(
    where: string,
    list: readonly T[],
    entries: readonly Entry<T, Id>[] | undefined,
    id: Id,
    blank: Omit<T, Id>,
  ): readonly T[] => {
    const merged = [...list];
    for (const entry of entries ?? []) {
      const name = String(entry[id]);
      const at = merged.findIndex((it) => String(it[id]).toLowerCase() === name.toLowerCase());
      const old = merged[at];
      if (old !== undefined && saysNothingNew(old, entry)) {
        throw new Error(
          `${file} no longer changes anything: AWS's reference now says the same. Delete \`${name}\` from ${where} there.`,
        );
      }
      const patched = { ...blank, ...old, ...entry } as T;
      if (at < 0) merged.push(patched);
      else merged[at] = patched;
    }
    return merged;
  };

  const services = new Map(data.services.map((service) => [service.prefix, service]));
  for (const [prefix, it] of Object.entries(patch.services ?? {})) {
    const old = services.get(prefix) ?? newService(prefix, it, file);
    services.set(prefix, {
      ...old,
      actions: merge(`${prefix}.actions`, old.actions, it.actions, "name", BLANK_ACTION),
      resourceTypes: merge(
        `${prefix}.resourceTypes`,
        old.resourceTypes,
        it.resourceTypes,
        "name",
        BLANK_TYPE,
      ),
      conditionKeys: merge(`${prefix}.conditionKeys`, old.conditionKeys, it.conditionKeys, "key", BLANK_KEY),
    });
  }
  const keys = (list: "globalConditionKeys" | "providerConditionKeys") =>
    merge(list, data[list], patch[list], "key", BLANK_KEY);
  return {
    ...data,
    services: [...services.values()],
    globalConditionKeys: keys("globalConditionKeys"),
    providerConditionKeys: keys("providerConditionKeys"),
  };
}

const BLANK_KEY = { type: "String", multivalued: false, description: "" } as const;
const BLANK_TYPE = { arn: "", conditionKeys: [] };
const BLANK_ACTION = {
  accessLevel: "Write",
  description: "",
  resourceTypes: [],
  conditionKeys: [],
  dependentActions: [],
} as const;

function newService(prefix: string, { name }: ServicePatch, file: string): ServiceData {
  if (name === undefined)
    throw new Error(`${file}: there is no service \`${prefix}\`; a new one needs a name.`);
  return { prefix, name, actions: [], resourceTypes: [], conditionKeys: [] };
}

/** Descriptions are prose: one of AWS's own makes ours superfluous, whatever it says. */
function saysNothingNew(old: object, entry: object): boolean {
  const before = new Map(Object.entries(old));
  return Object.entries(entry).every(([field, value]) =>
    field === "description"
      ? before.get(field) !== ""
      : JSON.stringify(before.get(field)) === JSON.stringify(value),
  );
}
