// `npm run package`: builds and packs the extension as iam-policy-studio.vsix. It works offline and publishes nothing.
import { prepare } from "./prepare.mjs";
import { run } from "./run.mjs";
import { exitWith, Trouble } from "./trouble.mjs";

const OPTIONS = [
  "--out=iam-policy-studio.vsix",
  // What runs is bundled.
  "--no-dependencies",
  // There is no repository yet that links could lead to.
  "--allow-missing-repository",
  "--no-rewrite-relative-links",
];

try {
  prepare();
  if (!run(process.execPath, ["node_modules/@vscode/vsce/vsce", "package", ...OPTIONS]))
    throw new Trouble("The extension could not be packed: see the message above.");
} catch (error) {
  exitWith(error);
}
