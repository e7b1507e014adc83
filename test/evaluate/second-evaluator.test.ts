/** The engine and the slow second evaluator, on random small policies and requests: they must agree. */
import assert from "node:assert/strict";
import { it } from "node:test";
import fc from "fast-check";
import { decide } from "../../server/src/evaluate/decide.js";
import { readRequest } from "../../server/src/evaluate/read-request.js";
import { simulate } from "../../server/src/evaluate/simulate.js";
import { type Document, type SimpleRequest, type Statement, secondOpinion } from "./second-evaluator.js";

const CASES = 20_000;
const OWN = "111122223333";
const OTHER = "444455556666";
const PRINCIPALS = [
  `arn:aws:iam::${OWN}:user/ana`,
  `arn:aws:sts::${OWN}:assumed-role/app/one`,
  `arn:aws:sts::${OWN}:federated-user/ana`,
  `arn:aws:iam::${OWN}:root`,
  `arn:aws:iam::${OTHER}:user/ana`,
  `arn:aws:sts::${OTHER}:assumed-role/app/one`,
];
const KEY = `arn:aws:kms:eu-west-1:${OWN}:key/1`;
const ROLE = `arn:aws:iam::${OWN}:role/target`;
const TARGETS: readonly (readonly [action: string, resource: string])[] = [
  ["s3:GetObject", "arn:aws:s3:::b/ana/x"],
  ["s3:PutObject", "arn:aws:s3:::b/red/x"],
  ["s3:getobject", "arn:aws:s3:::b/a*"],
  ["kms:Decrypt", KEY],
  ["sts:AssumeRole", ROLE],
  ["s3:PutBucketPolicy", "arn:aws:s3:::b"],
  ["sts:GetCallerIdentity", "*"],
];
const POINT = `arn:aws:s3:eu-west-1:${OWN}:accesspoint/p/object/ana/x`;
const TAG = "aws:PrincipalTag/team";
const KEYS = [TAG, "aws:PrincipalArn", "aws:TagKeys", "s3:max-keys", "aws:username"];
const TEXTS = [
  "red",
  "r*",
  "a*",
  "*",
  "",
  "?ed",
  "ana",
  `\${aws:username}`,
  `\${${TAG}}`,
  `\${${TAG}, 'red'}`,
  `\${*}`,
  `a\${*}`,
];
const ARNS = [
  "arn:aws:iam::*:role/*",
  `arn:aws:iam::${OWN}:user/ana`,
  `arn:aws:iam::*:user/\${aws:username}`,
  "*:root",
];

const some = <T>(values: readonly T[], max = 2) =>
  fc.array(fc.constantFrom(...values), { minLength: 1, maxLength: max });
const operators = (bases: readonly string[]) =>
  fc
    .tuple(
      fc.constantFrom("", "", "ForAllValues:", "ForAnyValue:"),
      fc.constantFrom(...bases),
      fc.constantFrom("", "", "IfExists"),
    )
    .map((parts) => parts.join(""));

const condition = fc.oneof(
  fc.tuple(
    operators(["StringEquals", "StringNotEquals", "StringLike", "StringNotLike"]),
    fc.constantFrom(...KEYS),
    some(TEXTS),
  ),
  fc.tuple(operators(["ArnLike", "ArnNotLike"]), fc.constant("aws:PrincipalArn"), some(ARNS)),
  fc.tuple(
    operators(["NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericGreaterThanEquals"]),
    fc.constant("s3:max-keys"),
    some(["1", "10", "9"]),
  ),
  fc.tuple(fc.constant("Null"), fc.constantFrom(...KEYS), some(["true", "false"], 1)),
);
const conditions = fc.array(condition, { maxLength: 2 }).map((list) => {
  const element: Record<string, Record<string, string[]>> = {};
  for (const [operator, key, values] of list) element[operator] = { ...element[operator], [key]: values };
  return element;
});

const actions = some(["s3:*", "s3:GetObject", "S3:Get*", "*", "kms:*", "sts:AssumeRole", "s3:?utObject"]);
const resources = some([
  "*",
  "arn:aws:s3:::b",
  "arn:aws:s3:*:*:accesspoint/p/object/ana/*",
  "arn:aws:s3:::b/*",
  `arn:aws:s3:::b/\${aws:username}/*`,
  `arn:aws:s3:::b/\${${TAG}}/*`,
  `arn:aws:s3:::b/a\${*}`,
  "arn:aws:s3:::B/*",
  KEY,
  "arn:aws:iam::*:role/*",
]);
const principal = fc.oneof(
  fc.constant("*" as const),
  fc.record({
    AWS: some([
      ...PRINCIPALS,
      OWN,
      OTHER,
      `arn:aws:iam::${OWN}:role/app`,
      `arn:aws:iam::${OTHER}:role/app`,
      "*",
    ]),
  }),
  fc.record({ Service: some(["a.amazonaws.com", "b.amazonaws.com"]) }),
);

function statement(withPrincipal: boolean): fc.Arbitrary<Statement> {
  return fc
    .record({
      effect: fc.constantFrom("Allow", "Allow", "Allow", "Deny"),
      actions,
      notAction: fc.integer({ max: 9, min: 0 }),
      resources,
      notResource: fc.integer({ max: 9, min: 0 }),
      principal,
      notPrincipal: fc.integer({ max: 9, min: 0 }),
      conditions: fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: conditions }),
    })
    .map((it) => ({
      Effect: it.effect,
      [it.notAction === 0 ? "NotAction" : "Action"]: it.actions,
      [it.notResource === 0 ? "NotResource" : "Resource"]: it.resources,
      ...(withPrincipal ? { [it.notPrincipal === 0 ? "NotPrincipal" : "Principal"]: it.principal } : {}),
      ...(Object.keys(it.conditions).length > 0 ? { Condition: it.conditions } : {}),
    }));
}

function documentOf(withPrincipal: boolean): fc.Arbitrary<Document> {
  return fc.record({
    Version: fc.constantFrom("2012-10-17", "2012-10-17", "2012-10-17", "2008-10-17"),
    Statement: fc.array(statement(withPrincipal), { maxLength: 2 }),
  });
}

const ofIdentity = documentOf(false);
const ofResource = documentOf(true);
const seldom = <T>(arbitrary: fc.Arbitrary<T[]>) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant<T[]>([]) }, { weight: 1, arbitrary });
const level = (document: fc.Arbitrary<Document>) =>
  fc.record({ id: fc.constant("level"), policies: fc.array(document, { maxLength: 2 }) });

const request: fc.Arbitrary<SimpleRequest> = fc
  .record({
    principal: fc.constantFrom(...PRINCIPALS, "anonymous", { service: "a.amazonaws.com" }),
    target: fc.constantFrom(...TARGETS),
    context: fc.dictionary(
      fc.constantFrom(TAG, "aws:TagKeys", "s3:max-keys", "AWS:USERNAME"),
      fc.oneof(
        fc.constantFrom("red", "r*", "10", "ana", ""),
        fc.array(fc.constantFrom("red", "ana", ""), { maxLength: 2 }),
      ),
      { maxKeys: 3 },
    ),
    throughPoint: fc.integer({ min: 0, max: 9 }).map((it) => it === 0),
    blockPublicAccess: fc.boolean(),
    policies: fc.record({
      identity: fc.array(ofIdentity, { maxLength: 2 }),
      boundary: seldom(fc.array(ofIdentity, { minLength: 1, maxLength: 1 })),
      session: seldom(fc.array(ofIdentity, { minLength: 1, maxLength: 2 })),
      resource: fc.option(ofResource, { nil: undefined }),
      accessPoint: fc.option(ofResource, { nil: undefined }),
      scp: seldom(fc.array(level(ofIdentity), { minLength: 1, maxLength: 2 })),
      rcp: seldom(fc.array(level(ofResource), { minLength: 1, maxLength: 2 })),
      endpoint: seldom(fc.array(ofResource, { minLength: 1, maxLength: 1 })),
    }),
  })
  .map(({ target, throughPoint, blockPublicAccess, policies, ...rest }) => {
    const { resource: policy, accessPoint, ...others } = policies;
    const [action, resource] = throughPoint ? (["s3:GetObject", POINT] as const) : target;
    return {
      ...rest,
      action,
      resource,
      resourceAccount: OWN,
      ...(throughPoint ? { bucket: "b" } : {}),
      ...(blockPublicAccess && !isFenced(policy) && !isFenced(accessPoint) ? { blockPublicAccess } : {}),
      policies: {
        ...others,
        ...(policy === undefined ? {} : { resource: policy }),
        ...(throughPoint && accessPoint !== undefined ? { accessPoint } : {}),
      },
    };
  });

/** A Deny that spares some callers can keep a policy from being public: `public-policy.json` tells how. */
function isFenced(document: Document | undefined): boolean {
  return JSON.stringify(document?.Statement.filter(({ Effect }) => Effect === "Deny") ?? "").includes(
    "aws:PrincipalArn",
  );
}

it(`agrees with a second evaluator on ${CASES} random requests`, () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(request, (input) => {
      const expected = secondOpinion(input);
      seen.set(expected, (seen.get(expected) ?? 0) + 1);
      const read = readRequest(input);
      assert.ok(read.ok);
      assert.equal(decide(read.request), expected);
    }),
    { numRuns: CASES, interruptAfterTimeLimit: 10_000 },
  );
  const total = [...seen.values()].reduce((sum, count) => sum + count, 0);
  for (const decision of ["allowed", "explicitDeny", "implicitDeny"]) {
    assert.ok((seen.get(decision) ?? 0) > total / 20, `only ${seen.get(decision)} × ${decision}`);
  }
});

it("gives the same decision with reasons as without", () => {
  fc.assert(
    fc.property(request, (input) => {
      const result = simulate(input);
      const read = readRequest(input);
      assert.ok(result.ok && read.ok);
      assert.equal(result.answer.decision, decide(read.request));
    }),
    { numRuns: 2000 },
  );
});

it("leaves out no missing key that could change the answer", () => {
  fc.assert(
    fc.property(request, (input) => {
      const result = simulate(input);
      assert.ok(result.ok);
      for (const key of result.answer.missingContext) {
        assert.ok(!Object.keys(input.context).some((it) => it.toLowerCase() === key.toLowerCase()), key);
      }
      // A decision that no open key could change stays when every one of them is given.
      if (result.answer.missingContext.length > 0) return;
      for (const value of ["red", "ana", "10"]) {
        const more = simulate({ ...input, context: { ...everyKey(input, value), ...folded(input.context) } });
        assert.ok(more.ok);
        assert.equal(more.answer.decision === "allowed", result.answer.decision === "allowed");
      }
    }),
    { numRuns: 2000 },
  );
});

/** Only keys that AWS does not fill by itself, and that the caller can have: anonymous callers have no tags. */
function everyKey({ principal }: SimpleRequest, value: string): Record<string, string> {
  const own = principal === "anonymous" ? {} : { [TAG.toLowerCase()]: value };
  return { ...own, "aws:tagkeys": value, "s3:max-keys": value };
}

function folded(context: SimpleRequest["context"]): SimpleRequest["context"] {
  return Object.fromEntries(Object.entries(context).map(([key, value]) => [key.toLowerCase(), value]));
}
