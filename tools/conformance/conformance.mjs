// npm run conformance -- CASES.json [--write]: our findings against Access Analyzer's own, check by check.
// CASES is a list of {name, text, findings: [{code, offsets: [[start, end], …]}]}; a policy without findings is clean.
// With --write the table becomes docs/conformance.md, whose explanations stay as they are.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { analyser } from "./analyser.mjs";

const PAGE = "docs/conformance.md";
const OPEN = "<!-- written by `npm run conformance -- CASES.json --write`: do not edit -->";
const CLOSE = "<!-- /written -->";

const [file, ...flags] = process.argv.slice(2);
if (file === undefined || !existsSync(file)) {
  console.error("usage: npm run conformance -- CASES.json [--write]");
  process.exit(2);
}
const cases = JSON.parse(readFileSync(file, "utf8"));
const { findingsOf } = await analyser({ kind: "identity" });
const checks = new Map();
const checkOf = (code) => {
  if (!checks.has(code)) checks.set(code, { hits: 0, placed: 0, missed: [], extra: [] });
  return checks.get(code);
};
for (const { name, text, findings } of cases) compare(name, findings, findingsOf(text));

const total = { hits: 0, placed: 0, missed: 0, extra: 0 };
for (const { hits, placed, missed, extra } of checks.values()) {
  total.hits += hits;
  total.placed += placed;
  total.missed += missed.length;
  total.extra += extra.length;
}
const table = render();
console.log(table);
for (const [code, { missed, extra }] of [...checks].sort()) {
  if (missed.length > 0) console.log(`missed ${code}: ${missed.join(", ")}`);
  if (extra.length > 0) console.log(`extra ${code}: ${extra.join(", ")}`);
}
if (flags.includes("--write")) write();

function compare(name, theirs, findings) {
  const left = findings.filter(({ rule }) => rule.accessAnalyzer !== undefined);
  for (const { code, offsets } of theirs) {
    const same = left.filter(({ rule }) => rule.accessAnalyzer === code);
    const placed = same.find(({ start, end }) => offsets.some(([from, to]) => from === start && to === end));
    const hit = placed ?? same[0];
    if (hit === undefined) {
      checkOf(code).missed.push(name);
      continue;
    }
    checkOf(code).hits++;
    if (placed !== undefined) checkOf(code).placed++;
    left.splice(left.indexOf(hit), 1);
  }
  for (const { rule } of left) checkOf(rule.accessAnalyzer).extra.push(name);
}

function render() {
  const percent = (part, whole) => (whole === 0 ? "–" : `${((100 * part) / whole).toFixed(1)} %`);
  const row = (title, { hits, placed, missed, extra }) =>
    `| ${title} | ${hits + missed} | ${hits} | ${missed} | ${extra} | ${percent(hits, hits + extra)} | ${percent(hits, hits + missed)} | ${percent(placed, hits)} |`;
  const rows = [...checks]
    .sort()
    .map(([code, { hits, placed, missed, extra }]) =>
      row(`\`${code}\``, { hits, placed, missed: missed.length, extra: extra.length }),
    );
  return [
    `${cases.length} policies, ${cases.filter(({ findings }) => findings.length === 0).length} of them without a finding of AWS's.`,
    "",
    "| Check | AWS's findings | Ours too | Missed | Extra | Precision | Recall | Same place |",
    "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ...rows,
    row("**all**", total),
  ].join("\n");
}

function write() {
  const page = readFileSync(PAGE, "utf8");
  const from = page.indexOf(OPEN);
  const to = page.indexOf(CLOSE);
  writeFileSync(PAGE, `${page.slice(0, from)}${OPEN}\n${table}\n${page.slice(to)}`);
  console.log(`wrote ${PAGE}`);
}
