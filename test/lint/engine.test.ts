/** What the engine promises whatever the rules are: a rule that throws is left out, findings are reused and moved. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type LintOptions, lint, lintMemory } from "../../server/src/lint/lint.js";
import { defineRule, type Rule } from "../../server/src/lint/rule.js";
import { ruleSet } from "../../server/src/lint/rule-set.js";
import { findPolicies } from "../../server/src/policy/find-policies.js";
import type { Policy } from "../../server/src/policy/policy.js";
import { parseDocument, type SyntaxDocument } from "../../server/src/syntax/document.js";
import { fakeCatalogue } from "../catalogue/fake.js";

const metadata = {
  group: "clarity",
  severity: "warning",
  since: "0.1.0",
  summary: "For this test",
  fix: "suggestion",
  references: ["https://docs.aws.amazon.com/"],
} as const;

const TEXT = `{ "Statement": [
  { "Sid": "A", "Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": "*" },
  { "Sid": "B", "Effect": "Allow", "Action": "s3:*", "Resource": "*" }
] }`;

describe("the engine", () => {
  it("leaves out a rule that throws, says so once, and runs the others", () => {
    const crashed: string[] = [];
    const throwing = defineRule({
      ...metadata,
      name: "throwing",
      action() {
        throw new Error("a bug");
      },
    });
    const each = reporting("each-action");
    const findings = run(TEXT, [reporting("before"), throwing, each], {
      crashed: (rule) => crashed.push(rule),
    });
    assert.deepEqual(crashed, ["throwing"]);
    assert.equal(findings.filter(({ rule }) => rule.name === "each-action").length, 3);
    assert.equal(findings.filter(({ rule }) => rule.name === "before").length, 3);
  });

  it("asks rules about a statement again only when its text has changed, and moves what it kept", () => {
    let asked = 0;
    const counting = defineRule({
      ...metadata,
      name: "counting",
      statement(statement, { report, edits }) {
        asked++;
        const [action] = statement.actions;
        if (action === undefined) return;
        const related = [{ at: statement.node, message: "The statement." }];
        report({
          at: action,
          message: "Here.",
          related,
          fix: { title: "Change", edits: edits.setText(action.node, "x:Y") },
        });
      },
    });
    const memory = lintMemory();
    const set = ruleSet([counting]);
    let document = parseDocument(TEXT, "json");
    let policies = findPolicies(document.tree.root);
    const first = plain(run(document, set, { memory }, policies));
    assert.equal(asked, 2);
    const moved = TEXT.replace('"Sid": "A"', '"Sid": "Longer"');
    for (const text of [moved, TEXT, moved]) {
      document = parseDocument(text, "json", document);
      policies = findPolicies(document.tree.root, false, policies);
      const again = run(document, set, { memory }, policies);
      const fresh = run(text, set, {});
      assert.deepEqual(plain(again), plain(fresh));
    }
    // The changed statement three times, each of the three fresh runs both.
    assert.equal(asked, 2 + 3 + 6);
    assert.notDeepEqual(first, plain(run(moved, set, {})));
  });

  it("does not reuse findings under other rules or variables", () => {
    const memory = lintMemory();
    const document = parseDocument(TEXT, "json");
    const policies = findPolicies(document.tree.root);
    const one = ruleSet([reporting("one")]);
    assert.equal(run(document, one, { memory }, policies).length, 3);
    assert.equal(
      run(document, ruleSet([reporting("one"), reporting("two")]), { memory }, policies).length,
      6,
    );
    const saying = defineRule({
      ...metadata,
      name: "saying",
      statement: (statement, { report, variables }) =>
        report({ at: statement, message: variables["name"] ?? "nothing" }),
    });
    const set = ruleSet([saying]);
    assert.equal(run(document, set, { memory }, policies)[0]?.message, "nothing");
    assert.equal(run(document, set, { memory, variables: { name: "value" } }, policies)[0]?.message, "value");
  });

  it("keeps silent about what is absent where the text is torn", () => {
    const absent = defineRule({
      ...metadata,
      name: "absent",
      absence: true,
      statement: (statement, { report }) => report({ at: statement, message: "Something is missing." }),
    });
    assert.equal(run(TEXT, [absent], {}).length, 2);
    assert.equal(run(TEXT.replace('"s3:*"', '"s3:*'), [absent], {}).length, 1);
  });

  it("asks about a resource again only where there was something to say about its text", () => {
    const asked: string[] = [];
    const about = defineRule({
      ...metadata,
      name: "about-resources",
      resource: (resource, _statement, { report }) => {
        asked.push(resource.value);
        if (resource.value.includes("loud")) report({ at: resource, message: "Here." });
      },
    });
    const set = ruleSet([about]);
    const text = (version: string, last: string) =>
      `{ "Version": "${version}", "Statement": { "Action": "s3:*", "Resource": ["arn:quiet", "arn:loud", "arn:quiet", "${last} } }`;
    const whole = text("2012-10-17", '*"]');
    for (let time = 1; time <= 2; time++) {
      asked.length = 0;
      assert.equal(run(whole, set, {}).length, 1);
      assert.deepEqual(asked, time === 1 ? ["arn:quiet", "arn:loud"] : ["arn:loud"]);
    }
    asked.length = 0;
    run(text("2008-10-17", '*"]'), set, {});
    run(whole, set, { variables: { name: "value" } });
    assert.deepEqual(asked, ["arn:quiet", "arn:loud", "arn:quiet", "arn:loud"]);
    // What is told of torn text is not the whole.
    asked.length = 0;
    const fresh = ruleSet([about]);
    run(text("2012-10-17", "arn:torn"), fresh, {});
    run(whole, fresh, {});
    assert.equal(asked.filter((it) => it === "arn:quiet").length, 3);
  });

  it("refuses a fix that reaches beyond the statement whose findings it keeps", () => {
    const reaching = defineRule({
      ...metadata,
      name: "reaching",
      statement: (statement, { report }) =>
        report({
          at: statement,
          message: "Here.",
          fix: { title: "Change", edits: [{ start: 0, end: 1, newText: "" }] },
        }),
    });
    const crashed: string[] = [];
    assert.deepEqual(run(TEXT, [reaching], { crashed: (rule) => crashed.push(rule) }), []);
    assert.deepEqual(crashed, ["reaching"]);
  });
});

function reporting(name: string): Rule {
  return defineRule({
    ...metadata,
    name,
    action: (action, _statement, { report }) => report({ at: action, message: "Here." }),
  });
}

function run(
  text: string | SyntaxDocument,
  rules: readonly Rule[] | LintOptions["rules"],
  options: Partial<LintOptions>,
  found?: readonly Policy[],
) {
  const document = typeof text === "string" ? parseDocument(text, "json") : text;
  const policies = (found ?? findPolicies(document.tree.root)).map((policy) => ({
    policy,
    kind: "identity" as const,
    resourceType: undefined,
  }));
  const set = "active" in rules ? rules : ruleSet(rules);
  return lint(document, policies, { catalogue: fakeCatalogue(), ...options, rules: set });
}

function plain(findings: ReturnType<typeof lint>) {
  return findings.map(({ start, end, related, fixes }) => ({
    start,
    end,
    related: related.map(({ at }) => [at.start, at.end]),
    edits: fixes.map(({ edits }) => edits),
  }));
}
