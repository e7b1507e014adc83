/**
 * Which bucket policies S3 calls public. A row is one statement, with `and` another one;
 * `callers: "some"` marks what is public for S3 alone, because its values are no fixed ones.
 * See https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { readPolicy } from "../../server/src/policy/policy.js";
import { isPublicPolicy, publicStatements } from "../../server/src/policy/public-policy.js";
import { parseJson } from "../../server/src/syntax/json/parse.js";

interface Row {
  readonly name: string;
  readonly effect?: string;
  readonly principal?: unknown;
  readonly notPrincipal?: unknown;
  readonly condition?: unknown;
  readonly and?: object;
  readonly public: boolean;
  readonly callers?: "some";
}

const rows = JSON.parse(readFileSync("test/policy/public-policy.json", "utf8")) as readonly Row[];

describe("public policies", () => {
  for (const row of rows) {
    it(row.name, () => {
      const statement = {
        Effect: row.effect ?? "Allow",
        Principal: row.principal,
        NotPrincipal: row.notPrincipal,
        Action: "s3:GetObject",
        Resource: "arn:aws:s3:::logs/*",
        Condition: row.condition,
      };
      const Statement = row.and === undefined ? [statement] : [statement, row.and];
      const { root } = parseJson(JSON.stringify({ Version: "2012-10-17", Statement }));
      assert.ok(root?.type === "object");
      const policy = readPolicy(root);
      assert.equal(isPublicPolicy(policy), row.public);
      const found = publicStatements(policy, "some-callers").map(({ index }) => index);
      assert.deepEqual(found, row.public && row.callers === undefined ? [0] : []);
    });
  }
});
