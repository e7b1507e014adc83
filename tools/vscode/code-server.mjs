// Starts and stops the VS Code server. It listens on 127.0.0.1 only and answers only those who know its token.
import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { createWriteStream, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Trouble } from "../trouble.mjs";
import { installCodeServer } from "./install-code-server.mjs";

const HOST = "127.0.0.1";
const START_TIMEOUT = 60_000;
const STOP_TIMEOUT = 5_000;

/**
 * @param {{ port?: number, dataFolder: string, settings?: object, env?: Record<string, string> }} options
 * `port` is a free one unless given; `settings` are those to begin with.
 */
export async function startCodeServer({ port = 0, dataFolder, settings = {}, env = {} }) {
  const server = installCodeServer();
  if (port !== 0 && !(await isFree(port)))
    throw new Trouble(`Port ${port} is in use on ${HOST}: choose another with --port N.`);

  const token = randomBytes(16).toString("hex");
  const tokenFile = join(dataFolder, "token");
  const log = join(dataFolder, "server.log");
  mkdirSync(join(dataFolder, "data/User"), { recursive: true });
  writeFileSync(tokenFile, token, { mode: 0o600 });
  const settingsFile = join(dataFolder, "data/User/settings.json");
  // Those that the user has changed since stay.
  if (!existsSync(settingsFile)) writeFileSync(settingsFile, `${JSON.stringify(settings, undefined, 2)}\n`);

  const child = spawn(
    process.execPath,
    [
      join(server, "out/server-main.js"),
      `--host=${HOST}`,
      `--port=${port}`,
      `--connection-token-file=${tokenFile}`,
      "--accept-server-license-terms",
      "--telemetry-level=off",
      `--server-data-dir=${dataFolder}`,
    ],
    {
      // A group of its own on POSIX, so that the extension hosts it starts end with it.
      detached: process.platform !== "win32",
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...env },
    },
  );
  const stop = () => stopTree(child);
  try {
    const authority = `${HOST}:${await portOf(child, log)}`;
    return {
      stop,
      exited: new Promise((resolve) => child.once("exit", resolve)),
      /** The address that opens a folder with our extension in it. */
      address: (folder, payload = {}) => addressOf(authority, token, folder, payload),
      remote: (path) => `vscode-remote://${authority}${pathToFileURL(path).pathname}`,
    };
  } catch (error) {
    stop();
    throw error;
  }
}

function addressOf(authority, token, folder, payload) {
  const query = new URLSearchParams({
    tkn: token,
    folder: pathToFileURL(folder).pathname,
    payload: JSON.stringify(Object.entries({ ...payload, skipWelcome: "true" })),
  });
  return `http://${authority}/?${query}`;
}

/** The port that the server says it listens on; its output goes to the log. */
function portOf(child, log) {
  const file = createWriteStream(log);
  return new Promise((resolve, reject) => {
    const fail = (why) => reject(new Trouble(`The VS Code server did not start (${why}): see ${log}.`));
    const timer = setTimeout(fail, START_TIMEOUT, `no answer in ${START_TIMEOUT / 1000} s`);
    let output = "";
    const read = (chunk) => {
      file.write(chunk);
      output = (output + chunk).slice(-10_000);
      const port = /agent listening on (\d+)/.exec(output)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(Number(port));
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("error", (error) => fail(error.message));
    child.once("exit", (code) => {
      clearTimeout(timer);
      fail(`exit code ${code}`);
    });
  });
}

function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer()
      .once("error", () => resolve(false))
      .listen(port, HOST, () => probe.close(() => resolve(true)));
  });
}

function stopTree(child) {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  if (process.platform === "win32") spawnSync("taskkill", ["/pid", String(child.pid), "/t", "/f"]);
  else {
    signalGroup(child.pid, "SIGTERM");
    const timer = setTimeout(signalGroup, STOP_TIMEOUT, child.pid, "SIGKILL");
    child.once("exit", () => clearTimeout(timer));
  }
}

function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch {
    // It has ended in the meantime.
  }
}
