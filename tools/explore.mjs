// `npm run explore -- [ROUNDS] [part of a file's name …]`: the tests that draw examples, on others than the usual ones: a
// new seed each round, until one fails. The failing test names what it failed on; `SEED=N npm run unit` draws it again.
import { readFileSync } from "node:fs";
import { globSync } from "./glob.mjs";
import { runSuites } from "./suites.mjs";

const ROUNDS = 10;
/** What draws examples: fast-check, our own numbers, and what is made of those. */
const RANDOM = /\bfc\.assert\(|\/random\.js"|\/sample-requests\.js"/;
const args = process.argv.slice(2);
const rounds = Number(args.find((it) => /^\d+$/.test(it)) ?? ROUNDS);
const filters = args.filter((it) => !/^\d+$/.test(it));
const files = globSync("test", /\.test\.ts$/).filter(
  (file) =>
    RANDOM.test(readFileSync(file, "utf8")) &&
    (filters.length === 0 || filters.some((it) => file.includes(it))),
);
if (files.length === 0) {
  console.error(`No file of property tests matches ${filters.join(" ")}.`);
  process.exit(1);
}
for (let round = 1; round <= rounds; round++) {
  const seed = Math.floor(Math.random() * 2 ** 31);
  console.log(`Round ${round} of ${rounds}, seed ${seed} …`);
  const { status } = await runSuites(files, "out/explore", { SEED: String(seed) });
  if (status === 0) continue;
  console.error(`Again: SEED=${seed} npm run unit -- ${files.join(" ")}`);
  process.exit(status);
}
