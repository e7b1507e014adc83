// Makes a fresh clone ready: checks Node, installs the packages that are missing, builds. It needs nothing installed.
import { existsSync, readFileSync } from "node:fs";
import { npm, run } from "./run.mjs";
import { Trouble } from "./trouble.mjs";

const OLDEST_NODE = 20;

export function prepare() {
  checkNode();
  installMissing();
  console.log("Building …");
  if (!run(process.execPath, ["tools/build.mjs"]))
    throw new Trouble("The build failed: see the messages above.");
}

function checkNode() {
  const major = Number.parseInt(process.versions.node, 10);
  if (major < OLDEST_NODE)
    throw new Trouble(
      `IAM Policy Studio needs Node ${OLDEST_NODE} or later, and this is Node ${process.versions.node}.`,
    );
}

function installMissing() {
  const missing = missingPackages();
  if (missing.length === 0) return;
  console.log(`Installing packages (${missing.length} missing or outdated) …`);
  if (!npm(["ci"]))
    throw new Trouble(
      "npm could not install the packages: see its message above. Can this machine reach the npm registry?",
    );
}

/** Packages of the lock file that are not there in that version. Those for other systems may be absent. */
function missingPackages() {
  const wanted = packagesOf("package-lock.json");
  const present = packagesOf("node_modules/.package-lock.json");
  return Object.keys(wanted).filter((path) => {
    if (path === "") return false;
    const { version, optional, devOptional } = wanted[path];
    return present[path] === undefined ? !(optional || devOptional) : present[path].version !== version;
  });
}

function packagesOf(lockFile) {
  return existsSync(lockFile) ? JSON.parse(readFileSync(lockFile, "utf8")).packages : {};
}
