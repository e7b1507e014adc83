/**
 * A small catalogue that never changes unless we change it, for specs of everything but the catalogue itself.
 * What is in it is stated in tools/catalogue/fake.mjs.
 */
import { readFileSync } from "node:fs";
import type {
  AccessLevel,
  Catalogue,
  ConditionKey,
  ConditionKeyType,
  Retired,
} from "../../server/src/catalogue/catalogue.js";
import type { ActionData, CatalogueData } from "../../server/src/catalogue/catalogue-data.js";
import { loadCatalogue } from "../../server/src/catalogue/load.js";
import { pack } from "../../server/src/catalogue/pack.js";

interface Fake {
  readonly services: Readonly<Record<string, FakeService>>;
  readonly globalConditionKeys: FakeKeys;
  readonly providerConditionKeys: FakeKeys;
  readonly retired: readonly Retired[];
  readonly operations: Readonly<Record<string, readonly string[]>>;
  readonly partitions: readonly string[];
  readonly regions: Readonly<Record<string, string>>;
  readonly servicePrincipals: readonly string[];
  readonly rcpServices: readonly string[];
}

interface FakeService {
  readonly name: string;
  readonly actions: Readonly<Record<string, FakeAction>>;
  readonly resourceTypes: Readonly<
    Record<string, { readonly arn: string; readonly keys: readonly string[] }>
  >;
  readonly conditionKeys: FakeKeys;
}

interface FakeAction {
  readonly level: AccessLevel;
  readonly description: string;
  /** Resource types, a required one with a star behind its name as in AWS's tables, and their keys. */
  readonly resources?: Readonly<Record<string, readonly string[]>>;
  readonly keys?: readonly string[];
  readonly dependent?: readonly string[];
}

/** Types in AWS's words, such as `ArrayOfString`. */
type FakeKeys = Readonly<Record<string, string>>;

let loaded: Catalogue | undefined;

export function fakeCatalogue(): Catalogue {
  loaded ??= loadCatalogue(pack(fakeData()));
  return loaded;
}

/** The same as plain data, for a test that wants another one of it. */
export function fakeData(): CatalogueData {
  const fake = JSON.parse(readFileSync("test/catalogue/fake.json", "utf8")) as Fake;
  return {
    ...fake,
    version: "0.0.202503010",
    services: Object.entries(fake.services).map(([prefix, service]) => ({
      prefix,
      name: service.name,
      actions: Object.entries(service.actions).map(([name, action]) => actionData(name, action)),
      resourceTypes: Object.entries(service.resourceTypes).map(([name, { arn, keys }]) => ({
        name,
        arn,
        conditionKeys: keys,
      })),
      conditionKeys: conditionKeys(service.conditionKeys),
    })),
    globalConditionKeys: conditionKeys(fake.globalConditionKeys),
    providerConditionKeys: conditionKeys(fake.providerConditionKeys),
  };
}

function actionData(
  name: string,
  { level, description, resources, keys, dependent }: FakeAction,
): ActionData {
  return {
    name,
    accessLevel: level,
    description,
    resourceTypes: Object.entries(resources ?? {}).map(([type, typeKeys]) => ({
      name: type.replace(/\*$/, ""),
      required: type.endsWith("*"),
      conditionKeys: typeKeys,
      dependentActions: [],
    })),
    conditionKeys: keys ?? [],
    dependentActions: dependent ?? [],
  };
}

function conditionKeys(keys: FakeKeys): readonly ConditionKey[] {
  return Object.entries(keys).map(([key, type]) => ({
    key,
    type: type.replace(/^ArrayOf/, "") as ConditionKeyType,
    multivalued: type.startsWith("ArrayOf"),
    description: `Filters access by ${key}`,
  }));
}
