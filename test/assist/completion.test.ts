/** Completion: the specs beside this file, and what holds for every text and place. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { complete } from "../../server/src/assist/completion/complete.js";
import { hoverAt } from "../../server/src/assist/hover/hover.js";
import { plainTextOf } from "../../server/src/assist/hover/markdown.js";
import { findPolicies } from "../../server/src/policy/find-policies.js";
import { parseDocument } from "../../server/src/syntax/document.js";
import { applyEdits } from "../../server/src/syntax/edits.js";
import { globSync } from "../../tools/glob.mjs";
import { realCatalogue } from "../catalogue/real.js";
import { readCases } from "./cases.js";
import { accepted, completed, hovered } from "./completed.js";

const ASKED = /^(?:offers|has|lacks|accepted: .+|hover)$/;

for (const folder of ["completion", "hover"]) {
  for (const file of globSync(`test/assist/${folder}`, /\.md$/)) {
    describe(file, () => {
      const cases = readCases(file, ASKED);
      it("has cases", () => assert.ok(cases.length > 0 && cases.every(({ expected }) => expected.size > 0)));
      for (const each of cases) {
        for (const [asked, expected] of each.expected) {
          it(`${each.title}: ${asked}`, () => {
            const lines = expected === "" ? [] : expected.split("\n");
            const labels = () => completed(each).offers.map(({ label }) => label);
            if (asked === "hover") assert.equal(hovered(each), expected);
            // As many as the spec names; none at all where it names none.
            else if (asked === "offers") {
              const found = labels();
              assert.deepEqual(lines.length === 0 ? found : found.slice(0, lines.length), lines);
            } else if (asked === "has")
              assert.deepEqual(
                lines.filter((it) => !labels().includes(it)),
                [],
              );
            else if (asked === "lacks")
              assert.deepEqual(
                lines.filter((it) => labels().includes(it)),
                [],
              );
            else assert.equal(accepted(each, asked.slice("accepted: ".length)), expected);
          });
        }
      }
    });
  }
}

describe("completion and hover", () => {
  const samples = globSync("examples/workspace", /\.json$/).map((path) => readFileSync(path, "utf8"));
  const catalogue = realCatalogue();
  const ask = (text: string, offset: number) =>
    complete({
      text,
      offset,
      language: "json",
      hints: { path: "policy.json" },
      named: false,
      catalogue,
      variables: {},
      snippets: true,
    });
  const point = (text: string, offset: number) => {
    const policies = findPolicies(parseDocument(text, "json").tree.root);
    return hoverAt({ policies, root: undefined, catalogue, offset, variables: {} });
  };

  it("tell that `*` is every action, and list only the services", () => {
    const text = '{ "Statement": [{ "Effect": "Allow", "Action": "*", "Resource": "*" }] }';
    const said = point(text, text.indexOf('"*"') + 1)?.markdown ?? "";
    assert.match(said, /^`\*` · \d{5} actions\n\nEvery action of every service/);
    assert.match(said, /\n- `ec2` \d+\n/);
  });

  it("never throw, and edit at the cursor only, wherever a policy is cut off or has the cursor inside", () => {
    let offered = 0;
    for (const text of samples) {
      for (let offset = 0; offset <= text.length; offset += 7) {
        for (const at of [text, text.slice(0, offset), `${text.slice(0, offset)}${text.slice(offset + 5)}`]) {
          const found = ask(at, offset);
          for (const { edit, filter, label } of found.offers) {
            // Some editors compare letter by letter from the start, and show nothing of what differs.
            const written = at.slice(edit.start, offset).toLowerCase();
            assert.ok(filter.toLowerCase().startsWith(written), `${label} is filtered out by ${written}`);
            assert.ok(
              edit.start <= offset && offset <= edit.end,
              JSON.stringify(at.slice(offset - 40, offset)),
            );
            assert.ok(!at.slice(edit.start, edit.end).includes("\n"), "an edit is within a line");
          }
          offered += found.offers.length;
          const hover = point(at, offset);
          if (hover !== undefined) {
            assert.ok(hover.at.start <= offset && offset <= hover.at.end);
            assert.doesNotMatch(plainTextOf(hover.markdown), /\*\*|\]\(|undefined/);
          }
        }
      }
    }
    assert.ok(offered > 10_000);
  });

  it("leave whole JSON whole: an action taken in a finished policy is an action in a finished policy", () => {
    for (const text of samples.filter(isJson)) {
      for (const { index } of text.matchAll(/"s3:/g)) {
        for (const offer of ask(text, index + 4).offers.slice(0, 20)) {
          const after = applyEdits(text, [offer.edit, ...offer.additional]).replace("$0", "");
          assert.ok(isJson(after), `${offer.label} gives ${after.slice(index - 20, index + 60)}`);
        }
      }
    }
  });

  it("offer nothing in files that hold no policy", () => {
    const manifest = '{ "name": "x", "version": "1.0.0", "dependencies": { "" } }';
    for (let offset = 0; offset <= manifest.length; offset++) {
      assert.deepEqual(ask(manifest, offset).offers, [], manifest.slice(0, offset));
    }
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
