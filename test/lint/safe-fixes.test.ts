/**
 * Every fix marked safe, in every spec and example of every rule, leaves the decision about a sample of requests as it
 * was. Fixes that are suggestions prove that the sample would notice.
 */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { type DecisionWord, decide } from "../../server/src/evaluate/decide.js";
import type { NamedPolicy, PolicySet } from "../../server/src/evaluate/request.js";
import { fixAll } from "../../server/src/lint/fix-all.js";
import type { Rule } from "../../server/src/lint/rule.js";
import { rules } from "../../server/src/lint/rules/index.js";
import { findPolicies } from "../../server/src/policy/find-policies.js";
import { detectKind } from "../../server/src/policy/kind.js";
import { type Policy, readPolicy } from "../../server/src/policy/policy.js";
import type { PolicyKind } from "../../server/src/policy/words.js";
import { parseDocument } from "../../server/src/syntax/document.js";
import { applyEdits } from "../../server/src/syntax/edits.js";
import { parseJson } from "../../server/src/syntax/json/parse.js";
import { fakeCatalogue } from "../catalogue/fake.js";
import { lintText } from "./lint-text.js";
import { type SampleRequest, sampleRequests } from "./sample-requests.js";
import { readSpec, type SpecCase } from "./spec.js";

const REQUESTS = 400;
const catalogue = fakeCatalogue();
const everything: NamedPolicy = {
  name: "everything",
  document: policyOf('{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}'),
};

interface Change {
  readonly title: string;
  readonly before: string;
  readonly after: string;
  readonly scene: SpecCase["scene"];
}

for (const rule of rules) {
  if (rule.fix === "none") continue;
  const safe = changesBy(rule, true);
  if (safe.length === 0) continue;
  describe(rule.name, () => {
    for (const change of safe)
      it(change.title, () => {
        const difference = firstDifference(change);
        assert.equal(
          difference,
          undefined,
          `${difference}\n--- before\n${change.before}\n--- after\n${change.after}`,
        );
      });
  });
}

describe("the sample of requests", () => {
  it("notices most fixes that are not safe", () => {
    // The others are suggestions for another reason: they hold by chance, or the policy was none before.
    const changes = rules.filter(({ group }) => group !== "syntax").flatMap((rule) => changesBy(rule, false));
    const noticed = changes.filter((change) => firstDifference(change) !== undefined);
    assert.ok(noticed.length > changes.length * 0.6, `${noticed.length} of ${changes.length}`);
  });
});

function changesBy(rule: Rule, safe: boolean): readonly Change[] {
  return specsOf(rule).flatMap(({ title, input, scene }) => {
    const find = (text: string) => lintText([rule], text, scene);
    const fixes = find(input).flatMap((finding) => finding.fixes.filter((it) => it.safe === safe));
    const single = fixes.map((fix) => ({
      title: `${title}: ${fix.title}`,
      after: applyEdits(input, fix.edits),
    }));
    const all =
      safe && fixes.length > 1 ? [{ title: `${title}: all fixes`, after: fixAll(input, find).text }] : [];
    return [...single, ...all].map((it) => ({ ...it, before: input, scene }));
  });
}

function specsOf({ group, name }: Rule): readonly SpecCase[] {
  return [`test/lint/${group}/${name}.md`, `docs/rules/${name}.md`].flatMap((path) =>
    existsSync(path) ? readSpec(readFileSync(path, "utf8")) : [],
  );
}

/** A request that is decided otherwise after the change, in words. */
function firstDifference({ before, after, scene }: Change): string | undefined {
  const [old, young] = [policiesOf(before), policiesOf(after)];
  if (old.length !== young.length) return `${old.length} policies became ${young.length}`;
  for (const [index, policy] of old.entries()) {
    const changed = young[index];
    if (changed === undefined) continue;
    const kind = (scene.kind as PolicyKind | undefined) ?? detectKind(policy).kind;
    for (const request of sampleRequests([policy, changed], catalogue, REQUESTS)) {
      const [was, is] = [decisions(policy, kind, request), decisions(changed, kind, request)];
      if (was.join() !== is.join())
        return `${request.caller.label} ${request.action} ${request.resource} ${JSON.stringify(request.context)}: ${was} → ${is}`;
    }
  }
  return undefined;
}

function policiesOf(text: string): readonly Policy[] {
  return findPolicies(parseDocument(text, "json").tree.root, true);
}

/** Where the policy could hang, beside one that allows everything, or alone. */
function decisions(document: Policy, kind: PolicyKind, request: SampleRequest): readonly DecisionWord[] {
  const policy = { name: "policy", document };
  const level = [{ id: "root", policies: [policy] }];
  const sets: Readonly<Record<PolicyKind, readonly PolicySet[]>> = {
    identity: [{ identity: [policy] }, { identity: [policy, everything] }],
    boundary: [{ identity: [everything], boundary: [policy] }],
    session: [{ identity: [everything], session: [policy] }],
    endpoint: [{ identity: [everything], endpoint: [policy] }],
    scp: [{ identity: [everything], scp: level }],
    rcp: [{ identity: [everything], rcp: level }],
    resource: [
      { identity: [], resource: policy },
      { identity: [everything], resource: policy },
    ],
    trust: [
      { identity: [], resource: policy },
      { identity: [everything], resource: policy },
    ],
    unknown: [{ identity: [policy, everything] }, { identity: [policy], resource: policy }],
  };
  return sets[kind].map((policies) => decide({ ...request, policies }, catalogue));
}

function policyOf(text: string): Policy {
  const { root } = parseJson(text);
  assert.ok(root?.type === "object");
  return readPolicy(root);
}
