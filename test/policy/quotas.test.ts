/** docs/quotas.md names the limits that the rules hold policies to, each of them. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import * as quotas from "../../server/src/policy/policy-quota.js";

const page = readFileSync("docs/quotas.md", "utf8");

describe("docs/quotas.md", () => {
  const constants = Object.entries(quotas).flatMap(([name, it]) =>
    typeof it === "number" ? [[name, it] as const] : [],
  );
  const byType = [
    ...quotas.RESOURCE_POLICIES,
    ...[...quotas.INLINE_POLICIES].map(([type, it]) => [type, it.limit] as const),
  ];
  it("is about something", () => assert.ok(constants.length > 5 && byType.length > 20));
  for (const [name, limit] of [...constants, ...byType]) {
    it(`has the ${limit.toLocaleString("en")} of ${name}`, () => {
      assert.match(page, new RegExp(`(?<![\\d,])${limit.toLocaleString("en")}(?![\\d,])`));
    });
  }
});
