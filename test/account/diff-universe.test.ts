/**
 * The semantic diff on policies as people write them, with AWS's own actions: where some request of the universe is decided
 * differently, the diff names its action, and what the diff names is so. In `diff/universe.json`, null is a key that the
 * request lacks.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { it } from "node:test";
import fc from "fast-check";
import type { Account } from "../../server/src/account/account.js";
import { diffAccounts } from "../../server/src/account/diff-accounts.js";
import { diffPolicies } from "../../server/src/account/diff-policies.js";
import { findPrincipal } from "../../server/src/account/principal.js";
import type { Context } from "../../server/src/account/question.js";
import type { Difference } from "../../server/src/account/semantic-diff.js";
import { verdictOf } from "../../server/src/account/verdict.js";
import type { DecisionWord } from "../../server/src/evaluate/decide.js";
import { realCatalogue } from "../catalogue/real.js";
import { account, ask, assertWitnessed, ID, policy, type Request } from "./small-world.js";

const RUNS = Number(process.env["RUNS"] ?? 25);

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

const catalogue = realCatalogue();

it("finds every difference between two policies that a request of the universe shows", () => {
  let differed = 0;
  fc.assert(
    fc.property(versions(), (pair) => {
      const [old, now] = [policy(pair[0]), policy(pair[1])];
      const found = diffPolicies(old, now, catalogue);
      differed += compare(found, JSON.stringify(pair), ({ action, resource, context }) =>
        [old, now].map((it) => ask(it, action, resource, context, catalogue)),
      );
      assertWitnessed(found, old, now, catalogue);
    }),
    { numRuns: RUNS },
  );
  assert.ok(differed > 0);
});

it("finds every difference between two accounts that a request of the universe shows", () => {
  let differed = 0;
  fc.assert(
    fc.property(accounts(), (pair) => {
      const [old, now] = [account(pair[0]), account(pair[1])];
      const found = diffAccounts(old, now, catalogue).filter(({ who }) => who === "user/anyone");
      const decisions = ({ action, resource, context }: Request) =>
        [old, now].map((it) => askAccount(it, action, resource, context));
      differed += compare(found, JSON.stringify(pair), decisions);
      for (const { actions, witness } of found) {
        for (const action of actions.slice(0, 20)) {
          assert.deepEqual(decisions({ ...witness, action }), [witness.before, witness.after], action);
        }
      }
    }),
    { numRuns: RUNS },
  );
  assert.ok(differed > 0);
});

/** @returns how many requests are decided differently; each of them is named */
function compare(
  found: readonly Difference[],
  written: string,
  decisions: (request: Request) => readonly (DecisionWord | undefined)[],
): number {
  let differed = 0;
  for (const { actions, resources, context } of requests) {
    for (const given of combinations({ ...everywhere, ...context }, written)) {
      for (const action of actions) {
        for (const resource of resources) {
          const [was, is] = decisions({ action, resource, context: given }).map((it) => it === "allowed");
          if (was === is) continue;
          differed++;
          const change = is === true ? "gained" : "lost";
          assert.ok(
            found.some((it) => it.change === change && it.actions.includes(action)),
            `${change}: ${action} ${resource} ${JSON.stringify(given)}`,
          );
        }
      }
    }
  }
  return differed;
}

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

const EVERYTHING = { Effect: "Allow", Action: "*", Resource: "*" };
const BUCKET = "arn:aws:s3:::reports";

/** Two accounts that differ in one place: in what a user has, in what limits it, or in a bucket's policy. */
function accounts(): fc.Arbitrary<readonly [object, object]> {
  const some = fc.subarray([...statements], { minLength: 1, maxLength: 4 });
  const limit = fc.tuple(fc.boolean(), some).map(([open, list]) => (open ? [EVERYTHING, ...list] : list));
  const onBucket = statements.filter((it) => /"s3:[^"]*"/.test(JSON.stringify(it)));
  const bucket = fc
    .tuple(
      fc.subarray(onBucket, { minLength: 1, maxLength: 2 }),
      fc.constantFrom("*", { AWS: ID }, { AWS: `arn:aws:iam::${ID}:user/anyone` }),
    )
    .map(([list, Principal]) => list.map((it) => ({ ...it, Principal, Resource: [BUCKET, `${BUCKET}/*`] })))
    .map((list) => list.filter((it) => !("NotResource" in it) && !("NotAction" in it)));
  const place = fc.constantFrom("own", "boundary", "scp", "bucket");
  const places = fc.record({ own: some, boundary: limit, scp: limit, bucket });
  const optional = fc.record({ boundary: fc.boolean(), scp: fc.boolean(), tags: fc.boolean() });
  return fc.tuple(places, places, place, optional).map(([before, other, changed, has]) => {
    const after = { ...before, [changed]: other[changed as keyof typeof other] };
    return [written(before, has), written(after, has)] as const;
  });
}

interface Places {
  readonly own: readonly object[];
  readonly boundary: readonly object[];
  readonly scp: readonly object[];
  readonly bucket: readonly object[];
}

interface Optional {
  readonly boundary: boolean;
  readonly scp: boolean;
  readonly tags: boolean;
}

function written({ own, boundary, scp, bucket }: Places, has: Optional): object {
  const document = (Statement: readonly object[]) => ({ Version: "2012-10-17", Statement });
  return {
    account: ID,
    region: "eu-west-1",
    policies: { fence: document(boundary) },
    users: {
      anyone: {
        inline: { own: document(own) },
        ...(has.boundary && { boundary: "fence" }),
        ...(has.tags && { tags: { team: "red" } }),
      },
    },
    buckets: { reports: document(bucket) },
    ...(has.scp && { organization: { scps: [{ level: "root", policies: { lock: document(scp) } }] } }),
  };
}

function askAccount(
  asked: Account,
  action: string,
  resource: string,
  context: Context,
): DecisionWord | undefined {
  const found = findPrincipal(asked, "user/anyone");
  assert.ok(found.ok);
  const verdict = verdictOf(asked, { principal: found.principal, action, resource, context }, catalogue);
  return verdict.decided ? verdict.decision : undefined;
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
