// `npm run screenshots`: takes the pictures of docs/images in the real editor, on a copy of examples/workspace.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { prepare } from "./prepare.mjs";
import { exitWith, Trouble } from "./trouble.mjs";
import { startCodeServer } from "./vscode/code-server.mjs";
import { goTo, openFile, openWorkbench, runCommand } from "./vscode/drive.mjs";
import { openBrowser } from "./vscode/open-browser.mjs";

const IMAGES = resolve("docs/images");
const LARGEST = 200_000;
const SETTINGS = {
  "security.workspace.trust.enabled": false,
  "telemetry.telemetryLevel": "off",
  "workbench.startupEditor": "none",
  "workbench.colorTheme": "Default Light Modern",
  "workbench.activityBar.location": "hidden",
  "workbench.layoutControl.enabled": false,
  "window.commandCenter": false,
  "editor.minimap.enabled": false,
  "editor.stickyScroll.enabled": false,
  "editor.fontSize": 14,
  "breadcrumbs.enabled": false,
  "problems.defaultViewMode": "tree",
  "files.autoSave": "off",
  "git.enabled": false,
  "extensions.ignoreRecommendations": true,
};

const POLICY = "engineer_access.json";
const BEFORE_THE_COMMA = '"iam:GetAccessKeyLastUsed"';
const RETIRED = '"aws-portal:ViewAccount"';

await main().catch(exitWith);

async function main() {
  prepare();
  mkdirSync(IMAGES, { recursive: true });
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "iam-policy-pictures-")));
  const workspace = join(folder, "workspace");
  cpSync("examples/workspace", workspace, { recursive: true });
  const server = await startCodeServer({ dataFolder: join(folder, "server"), settings: SETTINGS });
  try {
    const { page, close } = await openBrowser();
    try {
      await openWorkbench(
        page,
        server.address(workspace, { extensionDevelopmentPath: server.remote(resolve(".")) }),
      );
      await repairTheEngineerPolicy(page, workspace);
    } finally {
      await close();
    }
  } finally {
    server.stop();
    await server.exited;
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

async function repairTheEngineerPolicy(page, workspace) {
  await runCommand(page, "Notifications: Toggle Do Not Disturb Mode");
  await runCommand(page, "View: Close Primary Side Bar");
  await openFile(page, POLICY);
  await page.waitForSelector(".statusbar-item:has-text('Identity policy')");
  await runCommand(page, "Problems: Focus on Problems View");
  await page.waitForSelector(".markers-panel .monaco-list-row");
  await goTo(page, placeOf(workspace, BEFORE_THE_COMMA));
  await page.keyboard.press("Control+.");
  await page.waitForSelector(".action-widget .action:has-text('comma')");
  await picture(page, "one-mistake");

  await page.keyboard.press("Enter");
  await page.waitForSelector(".markers-panel .monaco-list-row:has-text('missing-comma')", {
    state: "detached",
  });
  await goTo(page, placeOf(workspace, RETIRED));
  await picture(page, "findings");
}

async function picture(page, name) {
  // Hovers fade, and the cursor must not blink into one picture and out of the next.
  await page.waitForTimeout(1_500);
  const path = join(IMAGES, `${name}.png`);
  await page.screenshot({ path, caret: "hide" });
  const { size } = statSync(path);
  if (size > LARGEST) throw new Trouble(`${path} has ${size} bytes, more than ${LARGEST}.`);
  console.log(`${path} (${Math.ceil(size / 1000)} kB)`);
}

/** Just behind a piece of text, counted from one. */
function placeOf(workspace, text) {
  const before = readFileSync(join(workspace, "policies", POLICY), "utf8").split(text, 1)[0] + text;
  const lines = before.split("\n");
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
