/** Which kind each policy of the table is, and which resource it hangs on: alone, in a file of that name, or within another document. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { findPolicies } from "../../server/src/policy/find-policies.js";
import { detectKind } from "../../server/src/policy/kind.js";
import { POLICY_KINDS, type PolicyKind } from "../../server/src/policy/words.js";
import { parseDocument } from "../../server/src/syntax/document.js";

interface Row {
  readonly name: string;
  readonly path?: string;
  readonly configured?: PolicyKind;
  readonly kind: PolicyKind;
  readonly resource?: string;
  /** The statement or statements of a policy; or a whole document that holds policies. */
  readonly statement?: unknown;
  readonly document?: unknown;
}

const rows = JSON.parse(readFileSync("test/policy/kind.json", "utf8")) as readonly Row[];

describe("the kind of a policy", () => {
  for (const { name, path, configured, kind, resource, statement, document } of rows) {
    it(`${name}: ${resource ?? kind}`, () => {
      const text = JSON.stringify(document ?? { Version: "2012-10-17", Statement: statement });
      const policies = findPolicies(parseDocument(text, "json").tree.root);
      assert.ok(policies.length > 0, "there is no policy in it");
      for (const policy of policies) {
        const hints = { path, ...(configured && { configured: { kind: configured, glob: "**" } }) };
        const detected = detectKind(policy, hints);
        assert.deepEqual([detected.kind, detected.resourceType], [kind, resource], detected.evidence);
        assert.match(detected.evidence, /^[A-Z].*\.$/);
      }
    });
  }

  it("can be set by hand, whatever the policy looks like", () => {
    const [policy] = findPolicies(parseDocument(`{ "Statement": [] }`, "json").tree.root);
    assert.ok(policy);
    for (const kind of POLICY_KINDS)
      assert.equal(detectKind(policy, { override: kind, path: "x/scp.json" }).kind, kind);
  });
});
