// npm run corpus [-- --write]: findings in the newest version of every AWS managed policy, against the summary that
// is committed. A change of a rule shows here what it does to a thousand and a half real policies.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { managedPolicies } from "../bench/corpus.mjs";
import { analyser } from "./analyser.mjs";

const SUMMARY = "docs/corpus.json";

const { findingsOf } = await analyser();
const byRule = {};
const errors = {};
const policies = managedPolicies();
for (const { name, text } of policies) {
  for (const { rule, severity } of findingsOf(text)) {
    byRule[rule.name] = (byRule[rule.name] ?? 0) + 1;
    if (severity === "error") errors[name] = [...new Set([...(errors[name] ?? []), rule.name])];
  }
}
const sorted = (object) => Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));
const summary = { policies: policies.length, findings: sorted(byRule), errors: sorted(errors) };
const before = existsSync(SUMMARY) ? JSON.parse(readFileSync(SUMMARY, "utf8")) : { findings: {}, errors: {} };

console.log(`${summary.policies} policies, ${Object.keys(errors).length} with an error`);
for (const rule of new Set([...Object.keys(before.findings), ...Object.keys(summary.findings)])) {
  const [was, is] = [before.findings[rule] ?? 0, summary.findings[rule] ?? 0];
  if (was !== is) console.log(`  ${rule}: ${was} → ${is}`);
}
for (const [name, rules] of Object.entries(summary.errors)) {
  const known = before.errors[name] ?? [];
  const fresh = rules.filter((rule) => !known.includes(rule));
  if (fresh.length > 0) console.log(`  now an error in ${name}: ${fresh.join(", ")}`);
}
if (process.argv.includes("--write")) {
  writeFileSync(SUMMARY, `${JSON.stringify(summary, null, 2)}\n`);
  console.log(`wrote ${SUMMARY}`);
}
