// `npm run test:moto`: the contract suite of the AWS adapters against moto's server, which is installed into
// .cache/moto, started on a free port of this computer, and stopped at the end.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { run } from "./run.mjs";
import { runSuites } from "./suites.mjs";
import { exitWith, Trouble } from "./trouble.mjs";

const REQUIREMENT = "moto[server]==5.2.5";
const FOLDER = resolve(".cache/moto");
const VENV = join(FOLDER, "venv");
const INSTALLED = join(FOLDER, "installed");
const LOG = join(FOLDER, "server.log");
const BIN = join(VENV, process.platform === "win32" ? "Scripts" : "bin");
const READY_AFTER = 120_000;

/** Installs what is missing, and runs the suite. Its counts are for `npm test`. */
export async function runMotoSuite() {
  install();
  const server = await startMoto();
  try {
    return await runSuites(["test/aws/moto.suite.ts"], "out/moto", { MOTO_URL: server.url });
  } finally {
    server.stop();
  }
}

function install() {
  if (existsSync(INSTALLED) && readFileSync(INSTALLED, "utf8") === REQUIREMENT) return;
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  console.log(`Installing ${REQUIREMENT} into .cache/moto …`);
  makeVenv();
  const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", REQUIREMENT];
  if (!run(join(BIN, "python"), pip))
    throw new Trouble(
      "moto could not be installed: see the message above. Can this machine reach the Python package index?",
    );
  writeFileSync(INSTALLED, REQUIREMENT);
}

function makeVenv() {
  if (tryVenv()) return;
  if (process.platform === "linux" && process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    console.log("Installing Python …");
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    run("apt-get", ["update", "-qq"], { env });
    run("apt-get", ["install", "-y", "-qq", "python3", "python3-venv"], { env });
    if (tryVenv()) return;
  }
  throw new Trouble(
    "The suite against moto needs Python 3.10 or later with its venv module. Install it (on Debian and Ubuntu: apt-get install python3 python3-venv) and run this again.",
  );
}

function tryVenv() {
  return ["python3", "python", "py"].some((python) => {
    rmSync(VENV, { recursive: true, force: true });
    return spawnSync(python, ["-m", "venv", VENV], { stdio: "ignore" }).status === 0;
  });
}

async function startMoto() {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  // Not a pipe: nobody reads while the suite runs, and a server that cannot write its log stands still.
  const log = openSync(LOG, "w");
  // Its own script knows only the path that it was installed at.
  const server = spawn(join(BIN, "python"), ["-m", "moto.server", "-H", "127.0.0.1", "-p", String(port)], {
    stdio: ["ignore", log, log],
    // It must not pick up anything of this computer.
    env: { ...process.env, AWS_ACCESS_KEY_ID: "none", AWS_SECRET_ACCESS_KEY: "none" },
  });
  const stop = () => server.kill();
  process.once("exit", stop);
  const end = Date.now() + READY_AFTER;
  while (server.exitCode === null && Date.now() < end) {
    try {
      if ((await fetch(`${url}/moto-api/`)).ok) return { url, stop };
    } catch {
      // Not yet.
    }
    await sleep(200);
  }
  stop();
  throw new Trouble(`moto did not start:\n${readFileSync(LOG, "utf8").slice(-2_000)}`);
}

function freePort() {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once("error", fail);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}

if (import.meta.main ?? process.argv[1]?.endsWith("moto.mjs")) {
  try {
    const { status } = await runMotoSuite();
    process.exit(status);
  } catch (error) {
    exitWith(error);
  }
}
