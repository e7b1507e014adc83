/** Refactorings anywhere in sound policies leave them sound, and those that promise no change decide nothing otherwise. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { decide } from "../../server/src/evaluate/decide.js";
import { findPolicies } from "../../server/src/policy/find-policies.js";
import type { Policy } from "../../server/src/policy/policy.js";
import { parseDocument } from "../../server/src/syntax/document.js";
import { applyEdits } from "../../server/src/syntax/edits.js";
import { globSync } from "../../tools/glob.mjs";
import { fakeCatalogue } from "../catalogue/fake.js";
import { sampleRequests } from "../lint/sample-requests.js";
import { readCases } from "./cases.js";
import { refactorings } from "./offered.js";

/** What says in its title that more or something else is decided. */
const CHANGING = /, which |^(?:Draft|Allow only|Deny unless)/;
const REQUESTS = 60;
const catalogue = fakeCatalogue();
const texts = [
  ...readCases("test/assist/refactorings.md", /^(?:offers|done: .+)$/).map(({ text }) => text),
  ...globSync("examples/workspace", /\.json$/).map((path) => readFileSync(path, "utf8")),
].filter((text) => parseDocument(text, "json").tree.problems.length === 0);

describe("refactorings", () => {
  it("keep a sound policy sound, wherever they are asked for, and a promise not to change it", () => {
    const seen = new Set<string>();
    for (const text of texts) {
      for (const { start, end } of selectionsIn(text)) {
        for (const { title, edits } of refactorings({
          text,
          selection: { start, end },
          language: "json",
          info: "",
        })) {
          const after = applyEdits(text, edits);
          if (seen.has(after)) continue;
          seen.add(after);
          const { problems } = parseDocument(after, "json").tree;
          assert.deepEqual(problems, [], `${title}\n${after}`);
          assert.notEqual(after, text, title);
          if (!CHANGING.test(title)) sameDecisions(title, text, after);
        }
      }
    }
    assert.ok(seen.size > 200, `only ${seen.size} refactorings were done`);
  });

  it("would notice a decision that changes", () => {
    const [text = ""] = texts;
    assert.throws(() => sameDecisions("all is denied", text, text.replaceAll('"Allow"', '"Deny"')));
  });
});

/** The cursor at the start of every string, and every pair of neighbouring ones. */
function selectionsIn(text: string): readonly { readonly start: number; readonly end: number }[] {
  const starts = [...text.matchAll(/"(?:[^"\\]|\\.)*"/g)].map(({ index }) => index + 1);
  return starts.flatMap((start, index) => [
    { start, end: start },
    { start, end: starts[index + 1] ?? start },
  ]);
}

function sameDecisions(title: string, before: string, after: string): void {
  const [old, young] = [policyIn(before), policyIn(after)];
  for (const request of sampleRequests([old, young], catalogue, REQUESTS)) {
    // A wildcard that is written out no longer matches what AWS does not have yet.
    if (catalogue.action(request.action) === undefined) continue;
    const decision = (document: Policy) =>
      decide(
        {
          ...request,
          policies: { identity: [{ name: "policy", document }], resource: { name: "policy", document } },
        },
        catalogue,
      );
    assert.equal(decision(young), decision(old), `${title}: ${request.action} ${request.resource}\n${after}`);
  }
}

function policyIn(text: string): Policy {
  const [policy] = findPolicies(parseDocument(text, "json").tree.root);
  assert.ok(policy !== undefined, text);
  return policy;
}
