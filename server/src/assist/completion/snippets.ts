/** Whole statements and policies that people write often, with what is known filled in. Which there are is told elsewhere. */
import { CURRENT_VERSION } from "../../policy/words.js";
import type { Json } from "../../syntax/edits.js";
import { statementShapes } from "../statement-shapes.js";
import { statementSkeleton } from "./elements.js";
import type { Suggestion } from "./offer.js";
import { accountId, region, type Scope } from "./scope.js";

/** What stands in the shapes for the account and the Region, as in AWS's own examples. */
const EXAMPLES = { account: "111122223333", region: "eu-central-1" } as const;

/** @param listed among other statements; alone, a list is made of it */
export function statementSnippets(scope: Scope, listed: boolean): readonly Suggestion[] {
  const { kind, kindCertain } = scope;
  const statements = filledIn(scope);
  const services = new Set(
    scope.policy?.statements.flatMap((it) => it.actions.map(({ service }) => service)),
  );
  return statementShapes()
    .filter(({ kinds }) => kinds.includes(kind) || !kindCertain)
    .map(({ name, description, kinds, service }, index) => {
      const value = statements.get(name) ?? {};
      return {
        label: name,
        type: "snippet",
        detail: description,
        insert: { value: listed ? value : [value] },
        about: { what: "text", name: description },
        // A policy that speaks of queues goes on about queues.
        score: (kinds.includes(kind) ? 20 : 0) + (services.has(service) ? 5 : 0) - index / 100,
      };
    });
}

/** Filled in anew only when something else is known: completion asks at every keystroke. */
let filled: { readonly key: string; readonly statements: ReadonlyMap<string, Json> } | undefined;

function filledIn(scope: Scope): ReadonlyMap<string, Json> {
  const known = [
    [EXAMPLES.account, accountId(scope) ?? EXAMPLES.account],
    [EXAMPLES.region, region(scope) ?? EXAMPLES.region],
  ] as const;
  const key = JSON.stringify(known);
  if (filled?.key !== key) {
    const fill = (value: Json): Json => {
      let json = JSON.stringify(value);
      for (const [example, own] of known) json = json.replaceAll(example, JSON.stringify(own).slice(1, -1));
      return JSON.parse(json);
    };
    filled = { key, statements: new Map(statementShapes().map((it) => [it.name, fill(it.statement)])) };
  }
  return filled.statements;
}

/** For a text with nothing in it. */
export function documentSnippets(scope: Scope): readonly Suggestion[] {
  const skeleton: Json = { Version: CURRENT_VERSION, Statement: [statementSkeleton(scope)] };
  const whole: Suggestion = {
    label: "policy",
    type: "snippet",
    detail: "A policy with one statement",
    insert: { value: skeleton },
    score: 100,
  };
  const others = statementSnippets(scope, true).map((it): Suggestion => {
    const statement = it.insert !== undefined && "value" in it.insert ? it.insert.value : {};
    return {
      ...it,
      label: `policy: ${it.label}`,
      insert: { value: { Version: CURRENT_VERSION, Statement: [statement] } },
    };
  });
  return [whole, ...others];
}
