/** `iam-policy simulate` as a terminal sees it; what is decided is shown in test/evaluate. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { cli } from "./cli.js";

const REQUEST = {
  principal: "arn:aws:iam::111122223333:user/analyst-one",
  action: "s3:GetObject",
  resource: "arn:aws:s3:::source/bronze_layer/a.csv",
  resourceAccount: "111122223333",
  context: { "aws:RequestedRegion": "ap-southeast-2" },
  policies: {
    identity: [
      {
        name: "read",
        document: {
          Version: "2012-10-17",
          Statement: [{ Sid: "Read", Effect: "Allow", Action: "s3:Get*", Resource: "arn:aws:s3:::source/*" }],
        },
      },
    ],
  },
};

describe("iam-policy simulate", () => {
  it("answers a request in the agreed form", async () => {
    const { code, out } = await cli(
      { input: JSON.stringify(REQUEST) },
      "simulate",
      "--request",
      "-",
      "--format",
      "json",
    );
    assert.equal(code, 0);
    const answer = JSON.parse(out);
    assert.equal(answer.decision, "allowed");
    assert.deepEqual(answer.missingContext, []);
    const { because, ...reason } = answer.reasons[0];
    assert.deepEqual(reason, {
      source: "identity",
      policy: "read",
      statement: 0,
      sid: "Read",
      effect: "Allow",
      matched: true,
    });
    assert.match(because, /\.$/);
  });

  it("answers a list with a list, and the sound requests beside a broken one", async () => {
    const input = JSON.stringify([
      REQUEST,
      { ...REQUEST, principal: "arn:aws:iam::1:user" },
      { ...REQUEST, action: "s3:PutObject" },
    ]);
    const { code, out, err } = await cli({ input }, "simulate", "--request", "-", "--format", "json");
    assert.equal(code, 2);
    assert.deepEqual(
      JSON.parse(out).map((it: { decision?: string }) => it.decision),
      ["allowed", undefined, "implicitDeny"],
    );
    assert.match(err, /^standard input \/1\/principal: /);
  });

  it("explains itself to people", async () => {
    const { out } = await cli({ input: JSON.stringify(REQUEST) }, "simulate", "--request", "-");
    assert.match(
      out,
      /user\/analyst-one s3:GetObject arn:aws:s3:::source\/bronze_layer\/a\.csv\n {2}allowed\n {2}identity · read · Read\n/,
    );
  });

  it("says what is wrong with what it was given", async () => {
    assert.match((await cli("simulate")).err, /Name the request with --request/);
    assert.match(
      (await cli({ input: "{" }, "simulate", "--request", "-")).err,
      /standard input is not valid JSON/,
    );
    assert.match((await cli("simulate", "--request", "gone.json")).err, /gone\.json: there is no such file/);
    assert.equal((await cli({ input: "[]" }, "simulate", "--request", "-", "--format", "json")).out, "[]\n");
  });

  it("reads what Windows writes: a byte order mark in front", async () => {
    const input = `\uFEFF${JSON.stringify(REQUEST)}`;
    const { code } = await cli({ input }, "simulate", "--request", "-");
    assert.equal(code, 0);
  });

  it("takes more requests than a policy has characters", async () => {
    const input = JSON.stringify(
      Array.from({ length: 3 }, () => ({ ...REQUEST, name: "x".repeat(1_500_000) })),
    );
    const { code, err } = await cli({ input }, "simulate", "--request", "-", "--format", "json");
    assert.deepEqual([code, err], [0, ""]);
  });

  it("one request that cannot be decided stops none of the others", async () => {
    const input = JSON.stringify([REQUEST, { ...REQUEST, principal: "ana" }, null, 7, REQUEST]);
    const { code, out, err } = await cli({ input }, "simulate", "--request", "-", "--format", "json");
    assert.equal(code, 2);
    const answers = JSON.parse(out) as readonly { decision?: string; errors?: readonly unknown[] }[];
    assert.deepEqual(
      answers.map((it) => it.decision ?? it.errors?.length),
      [answers[0]?.decision, 1, 1, 1, answers[0]?.decision],
    );
    assert.match(err, /^standard input \/1\/principal: /m);
    assert.match(err, /^standard input \/2: The request is not an object/m);
  });
});
