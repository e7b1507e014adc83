/** Random policies over a small world, and requests in it, to hold clever answers against brute force. */
import assert from "node:assert/strict";
import fc from "fast-check";
import type { Account } from "../../server/src/account/account.js";
import type { Context } from "../../server/src/account/question.js";
import { readAccount } from "../../server/src/account/read-account.js";
import { readDocumentText } from "../../server/src/account/read-document.js";
import type { Difference } from "../../server/src/account/semantic-diff.js";
import { readCaller } from "../../server/src/evaluate/caller.js";
import { type DecisionWord, decide } from "../../server/src/evaluate/decide.js";
import type { Policy } from "../../server/src/policy/policy.js";
import { fakeCatalogue } from "../catalogue/fake.js";

export const ID = "111122223333";
export const TEAM = "aws:PrincipalTag/team";

export interface Request {
  readonly action: string;
  readonly resource: string;
  readonly context: Context;
}

export function statements({
  actions,
  resources,
  conditions,
}: {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions: readonly (readonly [operator: string, key: string, value: unknown])[];
}): fc.Arbitrary<readonly object[]> {
  const some = (list: readonly string[]) =>
    fc.subarray([...list], { minLength: 1, maxLength: Math.min(2, list.length) });
  const seldom = fc.integer({ min: 0, max: 4 }).map((it) => it === 0);
  const statement = fc
    .record({
      effect: fc.constantFrom("Allow", "Allow", "Deny"),
      action: some(actions),
      notAction: seldom,
      resource: some(resources),
      notResource: seldom,
      condition: fc.subarray([...conditions], { maxLength: 2 }),
    })
    .map((it) => ({
      Effect: it.effect,
      [it.notAction ? "NotAction" : "Action"]: it.action,
      [it.notResource ? "NotResource" : "Resource"]: it.resource,
      ...(it.condition.length === 0 ? {} : { Condition: conditionOf(it.condition) }),
    }));
  return fc.array(statement, { minLength: 1, maxLength: 3 });
}

function conditionOf(list: readonly (readonly [operator: string, key: string, value: unknown])[]): object {
  const element: Record<string, Record<string, unknown>> = {};
  for (const [operator, key, value] of list) element[operator] = { ...element[operator], [key]: value };
  return element;
}

export function ask(
  document: Policy,
  action: string,
  resource: string,
  context: Context,
  catalogue = fakeCatalogue(),
): DecisionWord {
  const caller = readCaller(`arn:aws:iam::${ID}:user/anyone`);
  assert.ok(typeof caller === "object");
  const policies = { identity: [{ name: "p", document }] };
  return decide({ caller, action, resource, context, policies, resourceAccount: ID }, catalogue);
}

/** What a diff names holds for every action that it lists: the request of each difference is decided as it says. */
export function assertWitnessed(
  differences: readonly Difference[],
  before: Policy,
  after: Policy,
  catalogue = fakeCatalogue(),
): void {
  for (const { actions, change, witness } of differences) {
    assert.deepEqual(
      [witness.before === "allowed", witness.after === "allowed"],
      [change === "lost", change === "gained"],
    );
    for (const action of actions.slice(0, 20)) {
      const { resource, context } = witness;
      assert.equal(ask(before, action, resource, context, catalogue), witness.before, action);
      assert.equal(ask(after, action, resource, context, catalogue), witness.after, action);
    }
  }
}

export function policy(Statement: readonly object[]): Policy {
  const text = JSON.stringify({ Version: "2012-10-17", Statement });
  const read = readDocumentText({ file: "p", text, language: "json" }, undefined, []);
  assert.ok(read !== undefined);
  return read;
}

export function words(letters: readonly string[], longest: number): readonly string[] {
  let last: readonly string[] = letters;
  const all = [...letters];
  for (let length = 2; length <= longest; length++) {
    last = last.flatMap((word) => letters.map((letter) => word + letter));
    all.push(...last);
  }
  return all;
}

export function objectArn(name: string): string {
  return name === "*" ? "*" : `arn:aws:s3:::${name}`;
}

/** An account without files of its own. */
export function account(content: object): Account {
  const { account: read, problems } = readAccount(
    { file: "iam-account.json", text: JSON.stringify(content) },
    () => undefined,
    () => undefined,
  );
  assert.deepEqual(problems, []);
  assert.ok(read !== undefined);
  return read;
}
