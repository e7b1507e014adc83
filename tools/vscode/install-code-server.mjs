// The VS Code server, taken from npm's `code-server` into `.cache`: a real VS Code that needs no desktop and no install
// scripts. It is too large for package.json, and only `npm start` and `npm test` want it.
import { copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join, resolve } from "node:path";
import { npm } from "../run.mjs";
import { Trouble } from "../trouble.mjs";

/** The last release whose VS Code runs on Node 20; newer ones want 22. */
const VERSION = "4.100.3";
/** The server's search, which its own package would download with an install script. */
const SEARCH = "@vscode/ripgrep@1.18.0";

/** The folder of the server, installed there where it is missing. */
export function installCodeServer() {
  const folder = resolve(`.cache/code-server-${VERSION}`);
  const server = join(folder, "node_modules/code-server/lib/vscode");
  // Written last, so that an interrupted installation is seen and done again.
  const complete = join(folder, "complete");
  if (existsSync(complete)) return server;

  console.log(`Installing the VS Code server (code-server ${VERSION}, about 330 MB in .cache) …`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  const steps = [
    [["install", `code-server@${VERSION}`, SEARCH], folder],
    [["install", "--omit=dev"], server],
    [["install", "--omit=dev"], join(server, "extensions")],
  ];
  for (const [args, cwd] of steps) {
    if (!npm([...args, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], { cwd }))
      throw new Trouble(
        "npm could not install the VS Code server: see its message above. Can this machine reach the npm registry?",
      );
  }
  addSearch(folder, server);
  writeFileSync(complete, "");
  return server;
}

function addSearch(folder, server) {
  const { rgPath } = createRequire(join(folder, "package.json"))("@vscode/ripgrep");
  const bin = join(server, "node_modules/@vscode/ripgrep/bin");
  mkdirSync(bin, { recursive: true });
  copyFileSync(rgPath, join(bin, basename(rgPath)));
}
