/** The sets of actions behind `privilege-escalation` and `workload-takeover`: real, minimal, and each found by its rule. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import escalations from "../../server/src/lint/escalations.json" with { type: "json" };
import type { Rule } from "../../server/src/lint/rule.js";
import { privilegeEscalation } from "../../server/src/lint/rules/security/privilege-escalation.js";
import { workloadTakeover } from "../../server/src/lint/rules/security/workload-takeover.js";
import { managedPolicies } from "../../tools/bench/corpus.mjs";
import { realCatalogue } from "../catalogue/real.js";
import { lintText } from "./lint-text.js";
import type { Scene } from "./spec.js";

/** Known from those who found the way; AWS never documented it. */
const UNDOCUMENTED = ["codestar:CreateProjectFromTemplate"];

const { "running-workload": running, ...escalating } = escalations;
const RULES: readonly (readonly [rule: Rule, sets: readonly (readonly string[])[]])[] = [
  [privilegeEscalation, Object.values(escalating).flat()],
  [workloadTakeover, running],
];

describe("ways to become stronger", () => {
  it("are made of actions that AWS has, or had", () => {
    const catalogue = realCatalogue();
    for (const action of new Set(Object.values(escalations).flat(2))) {
      const known = catalogue.action(action) ?? catalogue.retired(action);
      assert.ok(known !== undefined || UNDOCUMENTED.includes(action), action);
    }
  });

  for (const [rule, sets] of RULES) {
    it(`of ${rule.name} hold no smaller way`, () => {
      for (const set of sets) {
        const within = sets.filter((it) => it !== set && it.every((action) => set.includes(action)));
        assert.deepEqual(within, [], set.join());
      }
    });

    it(`are found by ${rule.name}, all together and not with one action missing`, () => {
      for (const set of sets) {
        assert.equal(lintText([rule], allowing(set)).length, 1, set.join());
        for (const missing of set) {
          const rest = set.filter((it) => it !== missing);
          const contained = sets.some((it) => it.every((action) => rest.includes(action)));
          assert.equal(
            lintText([rule], allowing(rest)).length,
            contained ? 1 : 0,
            `${set} without ${missing}`,
          );
        }
      }
    });

    it(`are found by ${rule.name} in two policies of one user, and not with one action missing`, () => {
      for (const [first = "", ...others] of sets) {
        if (others.length === 0) continue;
        const found = (all: readonly string[]) => lintText([rule], accountWith([[first], all]), ACCOUNT);
        assert.equal(found(others).length, 1, [first, ...others].join());
        for (const missing of others) {
          const rest = others.filter((it) => it !== missing);
          const contained = sets.some((it) => it.every((action) => [first, ...rest].includes(action)));
          if (!contained) assert.deepEqual(found(rest), [], `${[first, ...others]} without ${missing}`);
        }
      }
    });
  }
});

describe("a policy of AWS that is not at hand", () => {
  it("takes nothing away and leaves something to gain, or its name tells", () => {
    const account = accountWith([["iam:PassRole"], ["lambda:*", "ec2:*", "sagemaker:*"]]);
    const found = (more: object) =>
      lintText([privilegeEscalation], JSON.stringify({ ...JSON.parse(account), ...more }), ACCOUNT).filter(
        ({ message }) => message.startsWith("Together"),
      );
    for (const { name, text } of managedPolicies()) {
      if (FOR_ROOT_SESSIONS.has(name)) continue;
      const { users } = JSON.parse(account);
      const given = (policy: string) => ({ users: { ana: { ...users.ana, policies: [policy] } } });
      const atHand = found({ ...given(name), policies: { [name]: JSON.parse(text) } });
      const missing = found(given(`arn:aws:iam::aws:policy/${name}`));
      assert.ok(missing.length <= atHand.length, name);
    }
  });
});

/** Nobody can attach these: AWS takes them for short sessions of a member account's root user only. */
const FOR_ROOT_SESSIONS: ReadonlySet<string> = new Set([
  "IAMAuditRootUserCredentials",
  "IAMCreateRootUserPassword",
  "IAMDeleteRootUserCredentials",
  "S3UnlockBucketPolicy",
  "SQSUnlockQueuePolicy",
]);

const ACCOUNT: Scene = { kind: undefined, resource: undefined, variables: {}, isAccount: true };

function accountWith(policies: readonly (readonly string[])[]): string {
  const inline = Object.fromEntries(policies.map((actions, index) => [`p${index}`, document(actions)]));
  return JSON.stringify({ account: "111122223333", users: { ana: { inline } } });
}

function allowing(actions: readonly string[]): string {
  return JSON.stringify(document(actions));
}

function document(actions: readonly string[]): object {
  return { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: actions, Resource: "*" }] };
}
