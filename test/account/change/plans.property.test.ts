/**
 * Promises of plans, on random pairs of accounts: AWS takes every step, nothing is left to plan afterwards, rolling back
 * gives back the start, and nobody has, in between, more than before and more than in the end.
 */
import assert from "node:assert/strict";
import { it } from "node:test";
import fc from "fast-check";
import { type Facts, sameFact } from "../../../server/src/account/change/facts.js";
import { factsOfSnapshot } from "../../../server/src/account/change/facts-of-snapshot.js";
import type { JournalRecord, Run } from "../../../server/src/account/change/journal.js";
import { headerOf } from "../../../server/src/account/change/journal.js";
import { performOn } from "../../../server/src/account/change/perform-on.js";
import { hasErrors, type Plan } from "../../../server/src/account/change/plan.js";
import { planChanges } from "../../../server/src/account/change/plan-changes.js";
import { planRecovery } from "../../../server/src/account/change/recover.js";
import type { Snapshot } from "../../../server/src/account/change/snapshot-shape.js";
import { accountOf, HOME, observedAs } from "./accounts.js";

const ACTIONS = ["sqs:A", "sqs:B", "sqs:C"] as const;
const statement = fc.record({
  Effect: fc.constantFrom("Allow", "Deny"),
  Action: fc.subarray([...ACTIONS], { minLength: 1 }),
  Resource: fc.constant("*"),
});
const document = fc.record({
  Version: fc.constant("2012-10-17"),
  Statement: fc.array(statement, { minLength: 1, maxLength: 2 }),
});
const trust = fc.record({
  Version: fc.constant("2012-10-17"),
  Statement: fc.record({
    Effect: fc.constant("Allow"),
    Action: fc.constant("sts:AssumeRole"),
    Principal: fc.constantFrom({ Service: "ec2.amazonaws.com" }, { AWS: "444455556666" }),
  }),
});
const bucketPolicy = fc.record({
  Version: fc.constant("2012-10-17"),
  Statement: fc.record({
    Effect: fc.constantFrom("Allow", "Deny"),
    Action: fc.constant("s3:GetObject"),
    Principal: fc.constant("*"),
    Resource: fc.constant("arn:aws:s3:::logs/*"),
  }),
});

const POLICIES = ["p", "q", "r"] as const;
const GROUPS = ["g", "h"] as const;
const identity = {
  policies: fc.subarray([...POLICIES]),
  inline: fc.dictionary(fc.constantFrom("a", "b", "trust"), document, { maxKeys: 2 }),
};
const limited = {
  ...identity,
  boundary: fc.option(fc.constantFrom(...POLICIES), { nil: undefined }),
  tags: fc.dictionary(fc.constantFrom("x", "y"), fc.constantFrom("1", "2")),
};
const anyFile = fc.record({
  policies: fc.record({ p: document, q: document, r: document }),
  groups: fc.record({ g: fc.record(identity), h: fc.record(identity) }, { requiredKeys: ["g", "h"] }),
  users: fc.record(
    {
      ana: fc.record({ ...limited, groups: fc.subarray([...GROUPS]) }),
      ben: fc.record({ ...limited, groups: fc.subarray([...GROUPS]) }),
    },
    { requiredKeys: [] },
  ),
  roles: fc.record(
    {
      app: fc.record({
        ...limited,
        trust,
        description: fc.constantFrom("", "x"),
        maxSessionDuration: fc.constantFrom(3600, 7200),
      }),
      box: fc.record({ ...limited, trust }),
    },
    { requiredKeys: [] },
  ),
  instanceProfiles: fc.dictionary(fc.constantFrom("i", "j"), fc.option(fc.constantFrom("app", "box"))),
  buckets: fc.record({ logs: fc.option(bucketPolicy) }),
});
/** AWS takes no role that is not there. */
const accountFile = anyFile.map(({ instanceProfiles, ...file }) => ({
  ...file,
  instanceProfiles: Object.fromEntries(
    Object.entries(instanceProfiles).map(([name, role]) => [
      name,
      role !== null && role in file.roles ? role : null,
    ]),
  ),
}));

const RUNS = { numRuns: 120 };

it("AWS takes every step, and then there is nothing left to do", () => {
  fc.assert(
    fc.property(accountFile, accountFile, (before, after) => {
      const observed = observedAs(before, after);
      const { plan } = planChanges(accountOf(after), observed, { deletions: true, prune: true });
      assert.ok(!hasErrors(plan), JSON.stringify(plan.problems));
      const again = planChanges(accountOf(after), perform(observed, plan), { deletions: true, prune: true });
      assert.deepEqual(again.plan.steps, []);
    }),
    RUNS,
  );
});

it("rolling back gives back the start, wherever the run stopped", () => {
  fc.assert(
    fc.property(accountFile, accountFile, fc.nat(), (before, after, stop) => {
      const observed = observedAs(before, after);
      const { plan } = planChanges(accountOf(after), observed, { deletions: true, prune: true });
      const count = plan.steps.length === 0 ? 0 : stop % (plan.steps.length + 1);
      const stopped = perform(observed, plan, count);
      const run = runOf(plan, count);
      const back = planRecovery(run, stopped, { direction: "rollback", deletions: true });
      assert.ok(!hasErrors(back.plan), JSON.stringify(back.plan.problems));
      sameFacts(factsOfSnapshot(perform(stopped, back.plan)), factsOfSnapshot(observed));
      const on = planRecovery(run, stopped, { direction: "resume", deletions: true });
      assert.ok(!hasErrors(on.plan), JSON.stringify(on.plan.problems));
      sameFacts(factsOfSnapshot(perform(stopped, on.plan)), factsOfSnapshot(perform(observed, plan)));
    }),
    RUNS,
  );
});

it("nobody has more in between, unless the plan says so", () => {
  let silent = 0;
  fc.assert(
    fc.property(accountFile, accountFile, (before, after) => {
      const start = observedAs(before, after);
      const { plan, result } = planChanges(accountOf(after), start, { deletions: true, prune: true });
      if (plan.problems.some(({ message }) => message.startsWith("For a moment"))) return;
      silent++;
      let state = start;
      for (const step of plan.steps) {
        state = performOn(state, step.call, HOME);
        for (const who of ["user/ana", "user/ben", "role/app"] as const) {
          for (const action of ACTIONS) {
            const excess =
              allows(state, who, action) && !allows(start, who, action) && !allows(result, who, action);
            assert.ok(!excess, `${who} ${action} after ${step.words}`);
          }
        }
      }
    }),
    RUNS,
  );
  assert.ok(silent > RUNS.numRuns / 10, `only ${silent} plans were without excess`);
});

function perform(snapshot: Snapshot, { steps }: Plan, count = steps.length): Snapshot {
  return steps.slice(0, count).reduce((state, { call }) => performOn(state, call, HOME), snapshot);
}

/** The first steps are done, one more was begun. */
function runOf(plan: Plan, count: number): Run {
  const ids = plan.steps.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length, "two steps have one id");
  const record: JournalRecord = {
    id: "run",
    header: headerOf(plan, { kind: "apply", time: "2026-01-01T00:00:00Z", target: "test" }),
    begun: new Set(ids.slice(0, count + 1)),
    done: new Set(ids.slice(0, count)),
    end: undefined,
  };
  return { records: [record], state: "unfinished" };
}

/** Which versions a policy has beside the one in force is not what an account means. */
function sameFacts(a: Facts, b: Facts): void {
  const parts = (facts: Facts) =>
    new Map(
      [...facts].flatMap(([subject, known]) =>
        [...known].flatMap(([part, value]) =>
          /^(?:version\/|default$)/.test(part) ? [] : [[`${subject}#${part}`, value] as const],
        ),
      ),
    );
  const [left, right] = [parts(a), parts(b)];
  assert.deepEqual([...left.keys()].sort(), [...right.keys()].sort());
  for (const [key, value] of left)
    assert.ok(
      sameFact(key.slice(key.indexOf("#") + 1), value, right.get(key)),
      `${key}: ${value} ${right.get(key)}`,
    );
}

/** Decided here from scratch: actions without wildcards, no conditions, one resource. */
function allows(snapshot: Snapshot, who: "user/ana" | "user/ben" | "role/app", action: string): boolean {
  const facts = factsOfSnapshot(snapshot);
  const own = facts.get(who);
  if (own === undefined) return false;
  const managed = (name: string) => facts.get(`policy/${name}`)?.get("document") ?? "{}";
  const texts = (parts: ReadonlyMap<string, string>): readonly string[] =>
    [...parts].flatMap(([part, value]) => {
      if (part.startsWith("inline/")) return [value];
      if (part.startsWith("attached/")) return [managed(part.slice(part.lastIndexOf("/") + 1))];
      return part.startsWith("group/") ? texts(facts.get(part as `group/${string}`) ?? new Map()) : [];
    });
  const effects = (list: readonly string[]) =>
    list
      .flatMap((text) => JSON.parse(text).Statement as { Effect: string; Action: string[] }[])
      .filter(({ Action }) => Action.includes(action))
      .map(({ Effect }) => Effect);
  const boundary = own.get("boundary");
  const limit =
    boundary === undefined ? ["Allow"] : effects([managed(boundary.slice(boundary.lastIndexOf("/") + 1))]);
  const found = effects(texts(own));
  return found.includes("Allow") && limit.includes("Allow") && ![...found, ...limit].includes("Deny");
}
