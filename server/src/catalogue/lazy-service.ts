/** A service over its packed records: names at once, details and long texts each when first asked for. */

import { once } from "../policy/once.js";
import type {
  AccessLevel,
  Action,
  ActionResource,
  ConditionKey,
  ConditionKeyType,
  ResourceType,
  Service,
} from "./catalogue.js";
import {
  LEVEL_LETTERS,
  type PackedKey,
  type PackedService,
  type PackedTexts,
  TYPE_LETTERS,
} from "./packed.js";

const LEVELS: ReadonlyMap<string, AccessLevel> = new Map(LEVEL_LETTERS);
const TYPES: ReadonlyMap<string, ConditionKeyType> = new Map(TYPE_LETTERS);

export function lazyService(
  prefix: string,
  name: string,
  retired: boolean,
  actionNames: string,
  levels: string,
  details: () => PackedService,
  texts: () => PackedTexts,
): Service {
  const parts = unpacked(details, texts);
  const actions = once(() => {
    const names = actionNames === "" ? [] : actionNames.split(" ");
    const folded = actionNames.toLowerCase().split(" ");
    return new Map(
      names.map((it, at): [string, Action] => [
        folded[at] ?? "",
        new LazyAction(prefix, it, LEVELS.get(levels[at] ?? "") ?? "Write", at, parts),
      ]),
    );
  });
  return {
    prefix,
    name,
    retired,
    get actions() {
      return actions();
    },
    get resourceTypes() {
      return parts.resourceTypes();
    },
    get conditionKeys() {
      return parts.conditionKeys();
    },
  };
}

export function unpackKey([key, letter, description]: PackedKey): ConditionKey {
  return { key, ...typeOf(letter), description };
}

type Parts = ReturnType<typeof unpacked>;

function unpacked(details: () => PackedService, texts: () => PackedTexts) {
  const names = (numbers: readonly number[]) => numbers.map((at) => details().strings[at] ?? "");
  const keySets = once(() => details().keySets.map(names));
  const keySet = (at: number): readonly string[] => keySets()[at] ?? [];
  const uses = once(() =>
    details().uses.map(
      ([type, required, keys, dependent]): ActionResource => ({
        name: details().strings[type] ?? "",
        required: required === 1,
        conditionKeys: keySet(keys),
        dependentActions: names(dependent),
      }),
    ),
  );
  const resourceTypes = once(
    () =>
      new Map(
        details().resourceTypes.map(([name, arn, keys]): [string, ResourceType] => [
          name.toLowerCase(),
          { name, arn, conditionKeys: keySet(keys) },
        ]),
      ),
  );
  const conditionKeys = once(
    () =>
      new Map(
        [...details().keyTypes].map((letter, at): [string, ConditionKey] => {
          const key = details().strings[at] ?? "";
          return [key.toLowerCase(), new LazyConditionKey(key, letter, at, texts)];
        }),
      ),
  );
  return { names, keySet, uses, resourceTypes, conditionKeys, details, texts };
}

/** A class, so that the twenty thousand actions behind `*` share their getters. */
class LazyAction implements Action {
  readonly fullName: string;

  constructor(
    readonly service: string,
    readonly name: string,
    readonly accessLevel: AccessLevel,
    private readonly at: number,
    private readonly parts: Parts,
  ) {
    this.fullName = `${service}:${name}`;
  }

  get description(): string {
    return this.parts.texts().actions[this.at] ?? "";
  }

  get resourceTypes(): readonly ActionResource[] {
    const uses = this.parts.uses();
    return (this.packed[0] ?? []).flatMap((at) => uses[at] ?? []);
  }

  get conditionKeys(): readonly string[] {
    return this.parts.keySet(this.packed[1] ?? 0);
  }

  get dependentActions(): readonly string[] {
    return this.parts.names(this.packed[2] ?? []);
  }

  private get packed() {
    return this.parts.details().actions[this.at] ?? [];
  }
}

class LazyConditionKey implements ConditionKey {
  readonly type: ConditionKeyType;
  readonly multivalued: boolean;

  constructor(
    readonly key: string,
    letter: string,
    private readonly at: number,
    private readonly texts: () => PackedTexts,
  ) {
    ({ type: this.type, multivalued: this.multivalued } = typeOf(letter));
  }

  get description(): string {
    return this.texts().conditionKeys[this.at] ?? "";
  }
}

function typeOf(letter: string): Pick<ConditionKey, "type" | "multivalued"> {
  const type = TYPES.get(letter.toUpperCase()) ?? "String";
  return { type, multivalued: letter !== letter.toUpperCase() };
}
