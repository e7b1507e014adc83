// npm run bench: how fast, as ratios to peers in the same run. Figures of different machines do not compare; ratios do.
import { benchCompletion } from "./completion.mjs";
import { benchDecisions } from "./decisions.mjs";
import { benchKeystroke } from "./keystroke.mjs";
import { benchLint } from "./lint.mjs";
import { benchMatrix } from "./matrix.mjs";

const wanted = process.argv.slice(2);
const benches = {
  lint: benchLint,
  keystroke: benchKeystroke,
  completion: benchCompletion,
  matrix: benchMatrix,
  decisions: benchDecisions,
};
const unknown = wanted.filter((name) => !(name in benches));
if (unknown.length > 0) {
  console.error(`There is no bench ${unknown.join(", ")}: choose from ${Object.keys(benches).join(", ")}.`);
  process.exit(2);
}
for (const [name, bench] of Object.entries(benches)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`\n${name}`);
  await bench();
}
