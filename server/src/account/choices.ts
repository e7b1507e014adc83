/**
 * What there is to ask: the actions and resources that policies name, and the condition keys that they test for, with
 * values that make a difference. It offers; nobody has to keep to it.
 */
import type { Catalogue } from "../catalogue/catalogue.js";
import { sentKeys } from "../catalogue/sent-keys.js";
import { compilePolicy } from "../evaluate/compile.js";
import type { CompiledCondition } from "../evaluate/conditions.js";
import { RequestContext } from "../evaluate/context.js";
import type { Policy } from "../policy/policy.js";
import { ALLOW } from "../policy/words.js";
import { plainFillings, plainValues } from "./context-samples.js";
import type { SoundDocument } from "./question.js";

export interface ActionChoice {
  readonly action: string;
  /** AWS's sentence about it. */
  readonly description: string;
  /** Does a policy name it without a wildcard? */
  readonly named: boolean;
}

/** More than a wildcard stands for at most to be offered one by one. */
const MANY = 400;

/** The actions that policies name, then those that their wildcards match. */
export function actionChoices(policies: Iterable<Policy>, catalogue: Catalogue): readonly ActionChoice[] {
  const named = new Map<string, ActionChoice>();
  const matched = new Map<string, ActionChoice>();
  for (const { statements } of policies) {
    for (const { actions, notActions } of statements) {
      for (const { value, wildcard } of [...actions, ...notActions]) {
        const found = catalogue.expand(value);
        if (found.length > MANY) continue;
        for (const { fullName, description } of found) {
          (wildcard ? matched : named).set(fullName, { action: fullName, description, named: !wildcard });
        }
      }
    }
  }
  const rest = [...matched.values()].filter(({ action }) => !named.has(action));
  return [...named.values(), ...rest.sort((a, b) => (a.action < b.action ? -1 : 1))];
}

export interface ContextChoice {
  /** As the policies write it. */
  readonly key: string;
  /** Values on either side of what the policies ask for. */
  readonly values: readonly string[];
  /** The value with which most is allowed. */
  readonly suggested: string | undefined;
  /** The policies that test for it. */
  readonly policies: readonly string[];
}

/**
 * The condition keys on which a request about an action hangs.
 * @param settled keys, in lower case, whose values follow from who asks
 * @param known what follows, as far as that can be told
 */
export function contextChoices(
  documents: readonly SoundDocument[],
  action: string,
  catalogue: Catalogue,
  settled: (foldedKey: string) => boolean,
  known: RequestContext,
): readonly ContextChoice[] {
  const folded = action.toLowerCase();
  const sent = sentKeys(catalogue, folded);
  const found = new Map<string, { key: string; tests: Test[]; policies: Set<string> }>();
  for (const { name, document } of documents) {
    for (const { effect, conditions } of compilePolicy(document).about(folded)) {
      for (const condition of conditions) {
        const { foldedKey, key } = condition;
        if (settled(foldedKey) || sent?.(foldedKey) === false) continue;
        const entry = found.get(foldedKey) ?? { key, tests: [], policies: new Set() };
        found.set(foldedKey, entry);
        entry.tests.push({ condition, allows: effect === ALLOW });
        entry.policies.add(name);
      }
    }
  }
  return [...found.values()].map(({ key, tests, policies }) => {
    const values = plainValues(
      tests.map(({ condition }) => condition),
      plainFillings(known),
    );
    return { key, values, suggested: mostAllowing(key, values, tests, known), policies: [...policies] };
  });
}

interface Test {
  readonly condition: CompiledCondition;
  readonly allows: boolean;
}

function mostAllowing(
  key: string,
  values: readonly string[],
  tests: readonly Test[],
  known: RequestContext,
): string | undefined {
  const allowed = (value: string) => {
    const context = new RequestContext(
      { [key]: value },
      () => true,
      (other) => known.get(other)?.[0],
    );
    return tests.filter(({ condition, allows }) => condition.holds(context) === allows).length;
  };
  return [...values].sort((a, b) => allowed(b) - allowed(a))[0];
}
