// npm run typing [-- --misses]: policies written word by word, the text cut off at the cursor. How often is the next
// word among the first offers? Measured on AWS managed policies whose like completion has not been tuned on (its table
// of use is built anew from the other half), and on policies as documentation shows them.
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { managedPolicies } from "../bench/corpus.mjs";
import { globSync } from "../glob.mjs";
import { completer } from "./completer.mjs";
import { usageOf } from "./usage.mjs";

/** Offers that count: at the start of a word, and after three letters. */
const FIRST = { 0: 60, 3: 10 };
const SAMPLE = Number(process.env.SAMPLE ?? 150); // fewer for a first look
const FLOOR = 0.95;

const { values: options } = parseArgs({ options: { misses: { type: "boolean" }, only: { type: "string" } } });
const { complete, readUsage, catalogue } = await completer();

const managed = managedPolicies();
const half = managed.filter((_, at) => at % 2 === 0).map(({ text }) => JSON.parse(text));
const others = managed.filter((_, at) => at % 2 === 1);
const step = Math.max(1, Math.floor(others.length / SAMPLE));
const sets = {
  "AWS managed policies": {
    policies: others.filter((_, at) => at % step === 0),
    usage: readUsage(usageOf(half)),
  },
  "documentation style": { policies: policiesIn("tools/assist/policies"), usage: undefined },
  "kinds of work": { policies: policiesIn("tools/assist/kinds"), usage: undefined },
  "guides and workshops": { policies: policiesIn("tools/assist/guides"), usage: undefined },
  "published shapes": {
    policies: globSync("test/lint/published", /\.json$/).flatMap((path) => documentsIn(path)),
    usage: undefined,
  },
  examples: {
    policies: globSync("examples/workspace/policies", /\.json$/).flatMap((path) => {
      const text = readFileSync(path, "utf8");
      return isJson(text) ? [{ name: path, text }] : [];
    }),
    usage: undefined,
  },
};

let worst = 1;
for (const [title, { policies, usage }] of Object.entries(sets)) {
  if (options.only && !title.startsWith(options.only)) continue;
  const result = measure(policies, usage);
  const { asked, hits, exactAsked, exactHits, times, misses, byRole } = result;
  times.sort((a, b) => a - b);
  const percent = (n, of) => `${((100 * n) / of).toFixed(1)} %`;
  console.log(`${title}: ${policies.length} policies`);
  console.log(`  ${hits} of ${asked} next words offered (${percent(hits, asked)})`);
  console.log(
    `  whole actions, behind the colon and three letters on: ${exactHits} of ${exactAsked} (${percent(exactHits, exactAsked)})`,
  );
  console.log(
    `  ${times[times.length >> 1].toFixed(2)} ms a completion, 95 % within ${times[Math.floor(times.length * 0.95)].toFixed(2)} ms`,
  );
  for (const [role, it] of Object.entries(byRole)) {
    console.log(`    ${role}: ${it.asked - it.hits} missed of ${it.asked}`);
  }
  if (options.misses) console.log(misses.join("\n"));
  worst = Math.min(worst, hits / asked);
}
process.exit(worst >= FLOOR ? 0 : 1);

function measure(policies, usage) {
  const total = { asked: 0, hits: 0, exactAsked: 0, exactHits: 0, times: [], misses: [], byRole: {} };
  for (const policy of policies) {
    const text = JSON.stringify(JSON.parse(policy.text), null, 2);
    for (const match of text.matchAll(/"((?:[^"\\]|\\.)*)"(\s*:)?/g)) {
      const word = match[1];
      const role = roleOf(text, match);
      for (const typed of [0, 3]) {
        if (word.length <= typed || !countsAt(word, typed)) continue;
        const place = match.index + 1 + typed;
        const labels = ask(text.slice(0, place), word.slice(0, typed), FIRST[typed], usage, total.times);
        total.asked++;
        total.byRole[role] ??= { asked: 0, hits: 0 };
        const entry = total.byRole[role];
        entry.asked++;
        if (labels.some((label) => isNext(label, word))) {
          total.hits++;
          entry.hits++;
        } else total.misses.push(`  ${role} ${policy.name}: ${word.slice(0, typed)}| → ${word}`);
      }
      const colon = role === "action" ? word.indexOf(":") : -1;
      if (colon < 0) continue;
      for (const typed of [colon + 1, colon + 4]) {
        if (typed >= word.length) continue;
        const labels = ask(
          text.slice(0, match.index + 1 + typed),
          word.slice(0, typed),
          10,
          usage,
          total.times,
        );
        total.exactAsked++;
        if (labels.some((label) => label.toLowerCase() === word.toLowerCase())) total.exactHits++;
        else total.misses.push(`  whole action ${policy.name}: ${word.slice(0, typed)}| → ${word}`);
      }
    }
  }
  return total;
}

function ask(before, typed, first, usage, times) {
  const start = performance.now();
  const { offers } = complete({
    text: before,
    offset: before.length,
    language: "json",
    hints: { path: "typing/policy.json" },
    named: false,
    catalogue,
    variables: {},
    snippets: true,
    ...(usage && { usage }),
  });
  times.push(performance.now() - start);
  return offers
    .filter(({ filter }) => filter.replace(/^"/, "").toLowerCase().startsWith(typed.toLowerCase()))
    .slice(0, first)
    .map(({ label }) => label);
}

/** Names that people make up cannot be foreseen; nor are ARNs and Regions asked for where they hold such a name. */
function countsAt(word, typed) {
  const known =
    /^(Version|Statement|Sid|Effect|Allow|Deny|Action|Resource|Condition|Principal|AWS|StringEquals|Null)$/;
  if (/^[A-Z][A-Za-z]+$/.test(word) && !known.test(word)) return false;
  if (/^arn:.*(<|\$)/.test(word)) return false;
  return !(/ap-southeast-2|us-east-1/.test(word) && typed > 0);
}

/** Is the offer the word, or the first part of it that there is to choose? */
function isNext(label, word) {
  const [offered, target] = [label.toLowerCase(), word.toLowerCase()];
  if (offered === target) return true;
  if (target.startsWith("arn:")) return offered.startsWith("arn:");
  if (!/^[a-z0-9-]+:[a-z*]+$/.test(target)) return false;
  const service = target.split(":")[0];
  return offered === service || offered === `${service}:`;
}

function roleOf(text, { index, 1: word, 2: colon }) {
  const before = text.slice(0, index);
  const depth = (before.match(/\n( *)$/)?.[1] ?? "").length;
  if (colon !== undefined) return /^(?:\w+:\w|s3:|aws:|[\w.-]+:)/.test(word) && depth > 8 ? "key" : "element";
  const key = [...before.matchAll(/"([^"]*)":\s*\[?(?:\s*(?:"[^"]*",?\s*)*)$/g)].at(-1)?.[1] ?? "";
  if (/^(?:Not)?Action$/.test(key)) return "action";
  if (/^(?:Not)?Resource$/.test(key)) return "resource";
  return ["Sid", "Effect", "Version", "Id"].includes(key) ? key.toLowerCase() : "value";
}

function policiesIn(folder) {
  return globSync(folder, /\.json$/).map((path) => ({ name: path, text: readFileSync(path, "utf8") }));
}

/** The policy of a file, as far as typing it makes sense: files that hold something else besides are left out. */
function documentsIn(path) {
  const text = readFileSync(path, "utf8");
  return isJson(text) && JSON.parse(text).Statement !== undefined ? [{ name: path, text }] : [];
}

function isJson(text) {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
