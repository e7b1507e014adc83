// Runs test/extension in a real extension host: desktop VS Code where it can be downloaded and shown, otherwise the
// VS Code server in headless Chromium. What lies in `untrusted` runs in a workspace that nobody trusts. The environment
// variable IAM_POLICY_TEST_HOST=desktop|server insists on one.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { build } from "esbuild";
import { globSync } from "../glob.mjs";
import { Trouble } from "../trouble.mjs";
import { openCamera } from "./camera.mjs";
import { startCodeServer } from "./code-server.mjs";
import { openBrowser } from "./open-browser.mjs";
import { SETTINGS } from "./settings.mjs";

const EXTENSION = resolve(".");
const TESTS = resolve("out/extension-test");
const RUNNER = join(TESTS, "run.cjs");
/** Each runs in an editor of its own. */
const SUITES = [
  { folder: ".", settings: SETTINGS },
  {
    folder: "untrusted",
    settings: {
      ...SETTINGS,
      "security.workspace.trust.enabled": true,
      "security.workspace.trust.startupPrompt": "never",
    },
  },
];
/** The version that the VS Code server has, too. */
const DESKTOP_VERSION = "1.100.3";
const DOWNLOAD_TIMEOUT = 10_000;
const RUN_TIMEOUT = 600_000;

/** What the tests took pictures of lies here afterwards. */
export const PICTURES = resolve("out/pictures");

/**
 * @param {RegExp} files those of test/extension to run; all unless said
 * @returns {Promise<{ host: string, tests: { title: string, milliseconds: number, error?: string }[] }>}
 */
export async function runExtensionTests(files = /\.test\.ts$/) {
  const chosen = globSync("test/extension", files);
  await bundle(chosen);
  rmSync(PICTURES, { recursive: true, force: true });
  const desktop = await findDesktop();
  let host = "";
  const tests = [];
  for (const suite of SUITES) {
    if (!chosen.some((file) => relative("test/extension", dirname(file)) === relative(".", suite.folder)))
      continue;
    const run = await runSuite(suite, desktop);
    host ||= run.host;
    tests.push(...run.tests);
  }
  return { host, tests };
}

async function runSuite(suite, desktop) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "iam-policy-")));
  const workspace = join(folder, "workspace");
  const results = join(folder, "results.json");
  mkdirSync(workspace);
  const env = { IAM_POLICY_TEST_RESULTS: results, IAM_POLICY_TEST_SUITE: suite.folder };
  try {
    const host = desktop
      ? await runOnDesktop(desktop, folder, workspace, suite.settings, env)
      : await runOnServer(folder, workspace, suite.settings, env);
    if (!existsSync(results))
      throw new Trouble(
        `The extension host (${host}) ended without test results; DEBUG=1 shows what it said.`,
      );
    return { host, tests: JSON.parse(readFileSync(results, "utf8")) };
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

async function bundle(files) {
  rmSync(TESTS, { recursive: true, force: true });
  await build({
    entryPoints: ["test/extension/run.ts", ...files],
    outdir: TESTS,
    outbase: "test/extension",
    outExtension: { ".js": ".cjs" },
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    external: ["vscode", "mocha"],
    sourcemap: "inline",
    logLevel: "warning",
  });
}

/** Downloads desktop VS Code, or says why it is not to be had. */
async function findDesktop() {
  const wish = process.env.IAM_POLICY_TEST_HOST;
  if (wish === "server") return undefined;
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (process.platform === "linux" && !DISPLAY && !WAYLAND_DISPLAY) return without("there is no display");
  try {
    const electron = await import("@vscode/test-electron");
    const executable = await electron.downloadAndUnzipVSCode({
      version: DESKTOP_VERSION,
      timeout: DOWNLOAD_TIMEOUT,
      reporter: new electron.SilentReporter(),
    });
    return { executable, runTests: electron.runTests };
  } catch (error) {
    return without(`it could not be downloaded: ${error instanceof Error ? error.message : error}`);
  }

  function without(reason) {
    if (wish === "desktop") throw new Trouble(`No desktop VS Code: ${reason}.`);
    console.log(`No desktop VS Code (${reason}): taking the VS Code server.`);
    return undefined;
  }
}

async function runOnDesktop({ executable, runTests }, folder, workspace, settings, env) {
  const user = join(folder, "user");
  mkdirSync(join(user, "User"), { recursive: true });
  writeFileSync(join(user, "User/settings.json"), JSON.stringify(settings));
  await runTests({
    vscodeExecutablePath: executable,
    extensionDevelopmentPath: EXTENSION,
    extensionTestsPath: RUNNER,
    extensionTestsEnv: env,
    launchArgs: [workspace, `--user-data-dir=${user}`, "--disable-extensions"],
  });
  return `desktop VS Code ${DESKTOP_VERSION} through @vscode/test-electron, which takes no pictures`;
}

async function runOnServer(folder, workspace, settings, env) {
  const browser = await openBrowser();
  try {
    const camera = await openCamera(browser.page, PICTURES);
    const server = await startCodeServer({
      dataFolder: join(folder, "server"),
      settings,
      env: { ...env, IAM_POLICY_TEST_CAMERA: camera.url },
    });
    try {
      await runInPage(browser.page, server, workspace);
    } finally {
      camera.close();
      server.stop();
      await server.exited;
    }
    return `VS Code server in ${browser.name}; pictures in ${PICTURES}`;
  } finally {
    await browser.close();
  }
}

/** Opens the workspace with the tests in it; the workbench says when they have ended. */
async function runInPage(page, server, workspace) {
  const { promise: ended, resolve: end, reject: fail } = promiseWithResolvers();
  await page.exposeFunction("codeAutomationExit", end);
  await page.exposeFunction("codeAutomationLog", (type, args) => {
    if (process.env.DEBUG) console.error(`[${type}]`, ...args);
  });
  page.on("crash", () => fail(new Trouble("The browser page crashed.")));
  const late = new Trouble(`The extension tests took longer than ${RUN_TIMEOUT / 1000} s.`);
  const timer = setTimeout(fail, RUN_TIMEOUT, late);
  try {
    const tests = {
      extensionDevelopmentPath: server.remote(EXTENSION),
      extensionTestsPath: server.remote(RUNNER),
    };
    await Promise.all([page.goto(server.address(workspace, tests)), ended]);
  } finally {
    clearTimeout(timer);
  }
}

/** `Promise.withResolvers`, which Node 20 does not have. */
function promiseWithResolvers() {
  const resolvers = {};
  const promise = new Promise((resolve, reject) => Object.assign(resolvers, { resolve, reject }));
  return { promise, ...resolvers };
}
