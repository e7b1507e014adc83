// `npm start`: shows the product at work. Installs, builds, checks examples/workspace, and opens it in VS Code.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { prepare } from "./prepare.mjs";
import { exitWith, Trouble } from "./trouble.mjs";
import { startCodeServer } from "./vscode/code-server.mjs";

const USAGE = `usage: npm start [-- [--no-open] [--port N]]

  --no-open  print the findings and the address, open nothing
  --port N   where the VS Code server listens (default: a free port)`;

const EXTENSION = resolve(".");
const FOLDER = resolve("examples/workspace");
/** What is opened first, where its error is. */
const FILE = resolve(FOLDER, "policies/engineer_access.json");
const SETTINGS = {
  // The folder is our own, and the server forgets nothing that matters.
  "security.workspace.trust.enabled": false,
  "telemetry.telemetryLevel": "off",
  "workbench.startupEditor": "none",
  "files.autoSave": "off",
  "git.openRepositoryInParentFolders": "never",
  "extensions.ignoreRecommendations": true,
  "extensions.autoCheckUpdates": false,
};

await start().catch(exitWith);

async function start() {
  const { open, port } = readOptions();
  prepare();
  checkWorkspace();
  if (hasDesktop()) openDesktop(open);
  else await openServer(open, port);
}

function readOptions() {
  try {
    const { values } = parseArgs({ options: { "no-open": { type: "boolean" }, port: { type: "string" } } });
    const port = Number(values.port ?? 0);
    if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`Not a port: ${values.port}`);
    return { open: values["no-open"] !== true, port };
  } catch (error) {
    throw new Trouble(`${error.message}\n\n${USAGE}`);
  }
}

function checkWorkspace() {
  console.log("\nChecking examples/workspace with `iam-policy lint` …\n");
  const { status, signal } = spawnSync(
    process.execPath,
    ["out/iam-policy.cjs", "lint", "examples/workspace"],
    {
      stdio: "inherit",
    },
  );
  // 0: nothing found; 1: findings, which is what the example is for.
  if (status !== 0 && status !== 1)
    throw new Trouble(
      `\`iam-policy lint\` failed (${signal ?? `exit code ${status}`}): see its message above.`,
    );
}

/** Such as `:44:29`, as editors take it; nothing once somebody has repaired the policy, or taken it away. */
function placeOfError() {
  if (!existsSync(FILE)) return "";
  const { stdout } = spawnSync(process.execPath, ["out/iam-policy.cjs", "lint", "--format=json", FILE], {
    encoding: "utf8",
  });
  const [file] = JSON.parse(stdout).files;
  const error = file?.findings.find(({ severity }) => severity === "error");
  return error === undefined ? "" : `:${error.start.line + 1}:${error.start.character + 1}`;
}

/** In a terminal of a remote VS Code, `code` is another program that cannot load an extension from a folder. */
function hasDesktop() {
  return process.env.VSCODE_IPC_HOOK_CLI === undefined && code(["--version"], "ignore");
}

function openDesktop(open) {
  const args = [
    "--new-window",
    `--extensionDevelopmentPath=${EXTENSION}`,
    FOLDER,
    "--goto",
    `${FILE}${placeOfError()}`,
  ];
  if (!open) {
    console.log(`\nThis opens the folder with the extension:\n\n  code ${args.join(" ")}\n`);
    return;
  }
  console.log("\nOpening examples/workspace in VS Code, with the extension from this folder …");
  if (!code(args, "inherit")) throw new Trouble("VS Code could not be opened: see its message above.");
  console.log("Closing the window ends everything.");
}

function code(args, stdio) {
  // On Windows it is a script, which needs a shell, and a shell needs quotes.
  const shell = process.platform === "win32";
  const quoted = shell ? args.map((it) => `"${it}"`) : args;
  return spawnSync("code", quoted, { stdio, shell, timeout: 60_000 }).status === 0;
}

async function openServer(open, port) {
  console.log("\nThere is no `code` on the PATH: starting the VS Code server …");
  const server = await startCodeServer({ port, dataFolder: resolve(".cache/vscode"), settings: SETTINGS });
  let stopping = !open;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      stopping = true;
      server.stop();
    });
  }
  try {
    const address = server.address(FOLDER, {
      extensionDevelopmentPath: server.remote(EXTENSION),
      openFile: `${server.remote(FILE)}${placeOfError()}`,
      gotoLineMode: "true",
    });
    await answers(address);
    console.log(`\nVS Code with the extension is at\n\n  ${address}\n`);
    if (open) console.log("Open it in a browser. Ctrl+C ends the server.");
    else server.stop();
  } catch (error) {
    server.stop();
    throw error;
  }
  await server.exited;
  if (!stopping) throw new Trouble("The VS Code server ended by itself: see .cache/vscode/server.log.");
}

async function answers(address) {
  const { status } = await fetch(address, { redirect: "manual", signal: AbortSignal.timeout(30_000) });
  // It sends the browser on, once it has taken the token.
  if (status >= 400) throw new Trouble(`The VS Code server answers ${status}: see .cache/vscode/server.log.`);
}
