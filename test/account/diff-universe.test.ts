/**
 * The semantic diff on policies as people write them, with AWS's own actions: where some request of the universe is decided
 * differently, the diff names its action, and what the diff names is so. In `diff/universe.json`, null is a key that the
 * request lacks.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { it } from "node:test";
import fc from "fast-check";
import { diffPolicies } from "../../server/src/account/diff-policies.js";
import type { Context } from "../../server/src/account/question.js";
import { realCatalogue } from "../catalogue/real.js";
import { ask, assertWitnessed, policy } from "./small-world.js";

const RUNS = Number(process.env["RUNS"] ?? 40);

interface Universe {
  readonly statements: readonly object[];
  readonly everywhere: Choices;
  readonly requests: readonly {
    readonly actions: readonly string[];
    readonly resources: readonly string[];
    readonly context: Choices;
  }[];
}

type Choices = Readonly<Record<string, readonly (string | readonly string[] | null)[]>>;

const { statements, everywhere, requests } = JSON.parse(
  readFileSync("test/account/diff/universe.json", "utf8"),
) as Universe;

it("finds every difference that a request of the universe shows", () => {
  const catalogue = realCatalogue();
  let differed = 0;
  fc.assert(
    fc.property(versions(), ([before, after]) => {
      const [old, now] = [policy(before), policy(after)];
      const found = diffPolicies(old, now, catalogue);
      const named = (change: string, action: string) =>
        found.some((it) => it.change === change && it.actions.includes(action));
      const text = JSON.stringify([before, after]);
      for (const { actions, resources, context } of requests) {
        for (const given of combinations({ ...everywhere, ...context }, text)) {
          for (const action of actions) {
            for (const resource of resources) {
              const was = ask(old, action, resource, given, catalogue) === "allowed";
              const is = ask(now, action, resource, given, catalogue) === "allowed";
              if (was === is) continue;
              differed++;
              const change = is ? "gained" : "lost";
              assert.ok(named(change, action), `${change}: ${action} ${resource} ${JSON.stringify(given)}`);
            }
          }
        }
      }
      assertWitnessed(found, old, now, catalogue);
    }),
    { numRuns: RUNS },
  );
  assert.ok(differed > 0);
});

/** Two policies, mostly with much in common. */
function versions(): fc.Arbitrary<readonly [readonly object[], readonly object[]]> {
  const some = fc.subarray([...statements], { minLength: 1, maxLength: 5 });
  return fc.tuple(some, some, some, fc.integer({ min: 0, max: 3 })).map(([common, before, after, kind]) =>
    kind === 0
      ? [before, after]
      : [
          [...common, ...before.slice(0, kind - 1)],
          [...common, ...after.slice(0, 1)],
        ],
  );
}

/** Every context over the keys that the policies ask for. */
function combinations(choices: Choices, policies: string): readonly Context[] {
  return Object.entries(choices)
    .filter(([key]) => policies.includes(`"${key}"`) || policies.includes(`{${key}}`))
    .reduce<readonly Context[]>(
      (contexts, [key, values]) =>
        contexts.flatMap((context) =>
          values.map((value) => (value === null ? context : { ...context, [key]: value })),
        ),
      [{}],
    );
}
