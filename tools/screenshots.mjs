// `npm run screenshots`: takes the pictures of docs/images in the real editor, on a copy of examples/workspace. Those of
// the README's story are the ones that its test takes: `test/extension/story.test.ts`.

import { execFileSync } from "node:child_process";
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { prepare } from "./prepare.mjs";
import { startStandIn } from "./stand-in.mjs";
import { exitWith, Trouble } from "./trouble.mjs";
import { startCodeServer } from "./vscode/code-server.mjs";
import { goTo, openFile, openWorkbench, runCommand } from "./vscode/drive.mjs";
import { openBrowser } from "./vscode/open-browser.mjs";
import { PICTURES, runExtensionTests } from "./vscode/run-extension-tests.mjs";
import { SETTINGS } from "./vscode/settings.mjs";

const IMAGES = resolve("docs/images");
const LARGEST = 200_000;
const POLICY = "engineer_access.json";
const BEFORE_THE_COMMA = '"iam:GetAccessKeyLastUsed"';
const RETIRED = '"aws-portal:ViewAccount"';

const HALF_WRITTEN = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "AnalystReadsTheBronzeLayer",
      "Effect": "Allow",
      "Action": ["s3:ListBucket", "
    }
  ]
}
`;

const NOTES = `# Notes

The analysts read what is in the source bucket:

\`\`\`json
{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "ReadTheSource",
      "Effect": "Allow",
      "Action": ["s3:GetObject", "s3:ListBuckets"],
      "Resource": "arn:aws:s3:::one-source"
    }
  ]
}
\`\`\`
`;

const QUEUE = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "UseTheQueue",
      "Effect": "Allow",
      "Action": ["sqs:SendMessage", "sqs:GetQueueUrl"],
      "Resource": "arn:aws:sqs:ap-southeast-2:111122223333:jobs"
    }
  ]
}
`;

/** In which folder of the examples each plays. The last leaves an edit behind that nobody saves. */
const SCENES = [
  { name: "repair", folder: "", play: repairTheEngineerPolicy },
  { name: "simulate", folder: "corrected", play: simulateAnUpload },
  { name: "templates", folder: "corrected", play: chooseATemplate },
  { name: "walkthrough", folder: "corrected", play: openTheWalkthrough },
  { name: "completion", folder: "corrected", play: completeAResource },
  { name: "hover", folder: "corrected", play: hoverAWildcard },
  { name: "refactor", folder: "corrected", play: offerRefactorings },
  { name: "glance", folder: "corrected", play: lookAtAPolicy },
  { name: "markdown", folder: "corrected", play: checkNotes },
  { name: "check", folder: "corrected", play: checkAnEdit },
  { name: "paid", folder: "corrected", play: askWhetherToPay },
  { name: "together", folder: "corrected", play: givePoliciesTogether },
  { name: "plan", folder: "corrected", play: planTheAccount },
  { name: "live", folder: "corrected", play: askAws },
  { name: "copy", folder: "corrected", play: restoreTheMasterCopy },
  { name: "drift", folder: "corrected", play: markWhatDiffers },
  { name: "tests", folder: "corrected", play: runTheTests },
  { name: "matrix", folder: "corrected", play: showTheMatrix },
];

/** What the README shows of the story. */
const STORY = [
  "scaffold",
  "repair",
  "simulate",
  "matrix",
  "access-tests",
  "snapshot-plan",
  "snapshot-roll-back",
];

await main().catch(exitWith);

async function main() {
  prepare();
  mkdirSync(IMAGES, { recursive: true });
  const wanted = process.argv.slice(2);
  const isWanted = (name) => wanted.length === 0 || wanted.includes(name);
  if (isWanted("story")) await tellTheStory();
  const scenes = SCENES.filter(({ name }) => isWanted(name));
  if (scenes.length > 0) await playScenes(scenes);
}

async function tellTheStory() {
  const { host, tests } = await runExtensionTests(/story\.test\.ts$/);
  const failed = tests.filter(({ error }) => error !== undefined);
  if (failed.length > 0) throw new Trouble(failed.map(({ title, error }) => `${title}\n${error}`).join("\n"));
  for (const name of STORY) {
    const taken = join(PICTURES, `${name}.png`);
    if (!existsSync(taken)) throw new Trouble(`There is no picture of the step ${name} (${host}).`);
    const path = join(IMAGES, `story-${name}.png`);
    copyFileSync(taken, path);
    weigh(path);
  }
}

async function playScenes(scenes) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "iam-policy-pictures-")));
  const workspace = join(folder, "workspace");
  cpSync("examples/workspace", workspace, { recursive: true });
  const aws = await startStandIn(folder);
  const server = await startCodeServer({
    dataFolder: join(folder, "server"),
    settings: SETTINGS,
    env: aws.env,
  });
  try {
    const { page, close } = await openBrowser();
    try {
      for (const { folder: inside, play } of scenes) {
        const extensionDevelopmentPath = server.remote(resolve("."));
        await openWorkbench(page, server.address(join(workspace, inside), { extensionDevelopmentPath }));
        await quiet(page);
        await play(page, join(workspace, inside));
      }
    } catch (error) {
      await page.screenshot({ path: join(tmpdir(), "iam-policy-picture-failed.png") });
      throw error;
    } finally {
      await close();
    }
  } finally {
    server.stop();
    await server.exited;
    await aws.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

async function repairTheEngineerPolicy(page, workspace) {
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

/** Two policies that are harmless alone, given to one group. */
async function givePoliciesTogether(page, workspace) {
  const file = join(workspace, "iam-account.json");
  const before = readFileSync(file, "utf8");
  const account = JSON.parse(before);
  account.groups.deployer = { policies: [] };
  const own = {
    deploy: ["iam:GetRole", "iam:PassRole"],
    functions: ["lambda:CreateFunction", "lambda:InvokeFunction"],
  };
  for (const [name, Action] of Object.entries(own)) {
    const statement = { Sid: "All", Effect: "Allow", Action, Resource: "*" };
    const text = JSON.stringify({ Version: "2012-10-17", Statement: [statement] }, null, 2);
    writeFileSync(join(workspace, `policies/${name}.json`), text);
    account.policies[name] = `policies/${name}.json`;
    account.groups.deployer.policies.push(name);
  }
  writeFileSync(file, JSON.stringify(account, null, 2));
  await openFile(page, "iam-account.json");
  await runCommand(page, "Problems: Focus on Problems View");
  const row = page.locator(".markers-panel .monaco-list-row:has-text('Together')").first();
  await row.waitFor();
  await row.click();
  // Away from the row, which would explain itself above the places.
  await page.mouse.move(900, 480);
  await page.locator(".monaco-hover:visible").waitFor({ state: "detached" });
  await picture(page, "together");
  writeFileSync(file, before);
  for (const name of Object.keys(own)) rmSync(join(workspace, `policies/${name}.json`));
}

/** The lens above a policy, its four questions, and the answer beside the statement. */
async function simulateAnUpload(page) {
  await openFile(page, "analyst_access.json");
  await page.waitForSelector(".statusbar-item:has-text('Identity policy')");
  await page.locator(".codelens-decoration a:has-text('Simulate…')").first().click();
  await answer(page, "user/analyst-one");
  await answer(page, "s3:PutObject");
  await answer(page, "arn:aws:s3:::one-projects/palmer_penguins/model.bin");
  await answer(page, "");
  await webview(page, "h2:has-text('Allowed by')");
  await restMouse(page);
  await picture(page, "simulate");
}

async function chooseATemplate(page) {
  await openFile(page, "iam-account.json");
  await beginCommand(page, "IAM Policy: New from Template…");
  await page.waitForSelector(".quick-input-list .monaco-list-row:has-text('Data analysts')");
  await picture(page, "templates");
  await page.keyboard.press("Escape");
}

async function openTheWalkthrough(page) {
  await beginCommand(page, "Welcome: Open Walkthrough...");
  await answer(page, "Get Started with IAM Policy Studio");
  await page.waitForSelector(".getting-started-step >> nth=5");
  await page.locator(".getting-started-step:has-text('Ask what it allows')").click();
  await picture(page, "walkthrough");
  // A page of VS Code's own would come back with the next window.
  await runCommand(page, "View: Close All Editors");
}

/** Of a command that goes on with questions. */
async function beginCommand(page, title) {
  await page.keyboard.press("F1");
  const input = page.locator(".quick-input-widget input[type=text]");
  await input.waitFor({ state: "visible" });
  await input.fill(`>${title}`);
  await page.waitForTimeout(1_000);
  await page.keyboard.press("Enter");
}

/** The next action, inside a string that nobody has closed. */
async function completeAResource(page, workspace) {
  writeFileSync(join(workspace, "policies", "new_access.json"), HALF_WRITTEN);
  await openFile(page, "new_access.json");
  await page.waitForSelector(".statusbar-item:has-text('Identity policy')");
  await goTo(page, { line: 7, column: 36 });
  await page.keyboard.type("object", { delay: 60 });
  await page.waitForSelector(".suggest-widget.visible .monaco-list-row");
  await page.keyboard.press("Control+Space");
  await picture(page, "completion");
  await page.keyboard.press("Escape");
  rmSync(join(workspace, "policies", "new_access.json"));
}

async function hoverAWildcard(page, workspace) {
  const policy = "analyst_access.json";
  await openFile(page, policy);
  await page.waitForSelector(".statusbar-item:has-text('Identity policy')");
  await goTo(page, placeOf(workspace, '"codecommit:', policy));
  await runCommand(page, "Show or Focus Hover");
  await page.waitForSelector(".monaco-hover:has-text('actions')");
  await picture(page, "hover");
  await page.keyboard.press("Escape");
}

async function offerRefactorings(page, workspace) {
  const policy = "analyst_access.json";
  await openFile(page, policy);
  await page.waitForSelector(".statusbar-item:has-text('Identity policy')");
  await goTo(page, placeOf(workspace, '"codecommit:', policy));
  await runCommand(page, "Refactor...");
  await page.waitForSelector(".action-widget .action");
  await picture(page, "refactorings");
  await page.keyboard.press("Escape");
}

/** Lenses, hints, outline and colours of one policy. */
async function lookAtAPolicy(page) {
  await openFile(page, "source_bucket.json");
  await page.waitForSelector(".codelens-decoration");
  await runCommand(page, "Explorer: Focus on Outline View");
  await page.waitForSelector(".outline-pane .monaco-list-row");
  await picture(page, "at-a-glance");
  await runCommand(page, "View: Close Primary Side Bar");
}

/** A policy in the fence of a Markdown document. */
async function checkNotes(page, workspace) {
  writeFileSync(join(workspace, "notes.md"), NOTES);
  await openFile(page, "notes.md");
  await page.waitForSelector(".squiggly-error, .squiggly-warning");
  await goTo(page, { line: 12, column: 40 });
  await page.keyboard.press("Control+.");
  await page.waitForSelector(".action-widget .action");
  await picture(page, "markdown");
  await page.keyboard.press("Escape");
}

/** Does an edit that nobody has saved give more than the saved version? */
async function checkAnEdit(page, workspace) {
  await giveMore(page, workspace, "IAM Policy: Check Access…");
  await webview(page, "h1:has-text('Fail')");
  await picture(page, "check");
}

/** The same question to AWS, which charges for it. */
async function askWhetherToPay(page, workspace) {
  await giveMore(page, workspace, "IAM Policy: Check Access with AWS…");
  await page.waitForSelector(".monaco-dialog-box");
  await picture(page, "check-aws");
  await page.locator(".monaco-dialog-box").getByRole("button", { name: "Cancel" }).click();
}

async function giveMore(page, workspace, command) {
  const policy = "analyst_access.json";
  await openFile(page, policy);
  await page.waitForSelector(".statusbar-item:has-text('Identity policy')");
  await goTo(page, placeOf(workspace, '"s3:ListMultipartUploadParts"', policy));
  await page.keyboard.insertText(', "s3:DeleteObject", "s3:PutObjectAcl"');
  await beginCommand(page, command);
  await answer(page, "No new access");
  await answer(page, "The saved version");
}

async function planTheAccount(page) {
  await openFile(page, "iam-account.json");
  await page.locator(".editor-actions .action-label[aria-label*='Plan']").click();
  await answer(page, "iam-account.snapshot.json");
  await webview(page, "h1:has-text('Plan for account')");
  await picture(page, "plan");
}

/** A policy that was changed after it was applied, beside the account as it was then. */
async function markWhatDiffers(page, workspace) {
  const account = join(workspace, "iam-account.json");
  execFileSync(process.execPath, ["out/iam-policy.cjs", "apply", "--yes", "--account", account]);
  await openFile(page, "iam-account.snapshot.json");
  await runCommand(page, "IAM Policy: Show Account Snapshot");
  await page.waitForSelector(".tree-explorer-viewlet-tree-view .monaco-list-row:has-text('Policies')");
  const path = join(workspace, "policies", POLICY);
  const text = readFileSync(path, "utf8");
  writeFileSync(path, text.replace(BEFORE_THE_COMMA, '"iam:GetAccountSummary"'));
  await runCommand(page, "View: Close All Editors");
  await openFile(page, POLICY);
  await page.locator(".editor-actions .action-label[aria-label*='Compare File']").click();
  await page.waitForSelector(".monaco-diff-editor");
  await page.mouse.move(0, 0);
  await picture(page, "drift");
  writeFileSync(path, text);
  rmSync(join(workspace, "iam-account.snapshot.json"));
  await runCommand(page, "View: Close Primary Side Bar");
}

/** The same question as offline, and everything that a policy names. */
async function askAws(page, workspace) {
  await openFile(page, "analyst_access.json");
  await page.waitForSelector(".statusbar-item:has-text('Identity policy')");
  await beginCommand(page, "IAM Policy: Simulate with AWS…");
  await answer(page, "user/analyst-one");
  await answer(page, "s3:PutObject");
  await answer(page, "arn:aws:s3:::one-projects/palmer_penguins/model.bin");
  await answer(page, "");
  await webview(page, "h1:has-text('says AWS')");
  await restMouse(page);
  await picture(page, "simulate-aws");

  const path = join(workspace, "policies", "queue_access.json");
  writeFileSync(path, QUEUE);
  await runCommand(page, "View: Close All Editors");
  await openFile(page, "queue_access.json");
  await page.waitForSelector(".statusbar-item:has-text('Identity policy')");
  await runCommand(page, "IAM Policy: Compare Offline and AWS…");
  await webview(page, "h1:has-text('Offline and AWS')");
  await picture(page, "compare-aws");
  rmSync(path);
}

/** Published, edited, and brought back. */
async function restoreTheMasterCopy(page, workspace) {
  const path = join(workspace, "policies", "analyst_access.json");
  const text = readFileSync(path, "utf8");
  await openFile(page, "iam-account.json");
  await beginCommand(page, "IAM Policy: Publish Master Copy to S3…");
  await answer(page, "one-backups");
  await answer(page, "");
  await answer(page, "");
  await webview(page, "h1:has-text('Master copy in')");
  await picture(page, "publish");
  await runCommand(page, "Notifications: Show Notifications");
  await page.locator(".notifications-center .monaco-button:has-text('Publish')").click();
  await page.waitForTimeout(2_000);
  await runCommand(page, "View: Close All Editors");
  writeFileSync(path, text.replace('"lambda:*",', '"iam:*",\n        "lambda:*",'));
  await beginCommand(page, "IAM Policy: Restore from Master Copy…");
  await answer(page, "");
  await answer(page, "");
  await page.waitForSelector(".multiDiffEntry .monaco-diff-editor");
  await sized(page, { width: 1280, height: 400 }, () => picture(page, "restore"));
  writeFileSync(path, text);
}

async function runTheTests(page, workspace) {
  await openFile(page, "role-table.access-test.json");
  await runCommand(page, "View: Show Testing");
  await runCommand(page, "Test: Run All Tests");
  await page.waitForSelector(".test-explorer .computed-state.codicon-testing-passed-icon");
  await page.locator(".test-explorer .monaco-list-row:has-text('role-table') .monaco-tl-twistie").click();
  // Text fills this picture, and text takes room.
  await sized(page, { width: 980, height: 460 }, () => picture(page, "access-tests"));
  await runCommand(page, "View: Close Primary Side Bar");

  const path = join(workspace, "policies/analyst_access.json");
  const text = readFileSync(path, "utf8");
  writeFileSync(path, text.replace('"ap-southeast-2"', '"eu-west-1"'));
  await runCommand(page, "Test: Run All Tests");
  const failed = page.locator(".monaco-editor .codicon-testing-failed-icon").first();
  await failed.click({ button: "right" });
  // A menu takes no click that comes with its opening.
  await page.waitForTimeout(500);
  await page.locator(".monaco-menu .action-label:has-text('Peek Error')").click();
  await page.waitForSelector(".test-output-peek");
  await sized(page, { width: 980, height: 640 }, () => picture(page, "access-test-failed"));
  await page.keyboard.press("Escape");
  writeFileSync(path, text);
}

/** The whole matrix, and what an edit changes that nobody has saved. */
async function showTheMatrix(page, workspace) {
  await openFile(page, "iam-account.json");
  await runCommand(page, "IAM Policy: Show Permission Matrix");
  const matrix = await webview(page, "#status:has-text('principals')");
  await matrix.locator("#filter").fill("s3:");
  const room = { width: 980, height: 620 };
  await sized(page, room, async () => {
    await matrix.locator(".cell[aria-label^='user/analyst-one s3:DeleteObject']").click();
    await restMouse(page);
    await picture(page, "matrix-light");
  });
  await sized(page, { width: 1280, height: 620 }, async () => {
    await page.keyboard.press("Enter");
    await webview(page, "h1:has-text('llowed')");
    await picture(page, "matrix-why");
  });
  await runCommand(page, "View: Close All Editors");

  const policy = "analyst_access.json";
  await openFile(page, policy);
  await goTo(page, placeOf(workspace, '"s3:ListMultipartUploadParts"', policy));
  await page.keyboard.insertText(', "s3:DeleteObject", "s3:PutObjectAcl"');
  await goTo(page, placeOf(workspace, '"Resource": "arn:aws:s3:::*', policy));
  await page.keyboard.insertText("one-source");
  await runCommand(page, "IAM Policy: Show Permission Matrix");
  const changed = await webview(page, "#status:has-text('principals')");
  await changed.locator("#compare").selectOption("saved");
  await changed.locator("#status:has-text('cells change')").waitFor();
  await changed.locator("#filter").fill("s3:");
  await changed.locator(".cell.changed").first().click();
  await restMouse(page);
  await runCommand(page, "Preferences: Toggle between Light/Dark Themes");
  await sized(page, room, () => picture(page, "matrix-dark"));
}

/** What the mouse is on lights up: here it is on nothing. */
async function restMouse(page) {
  const { width, height } = page.viewportSize();
  await page.mouse.move(width * 0.75, height * 0.85);
}

/** What is done in a window of another size. */
async function sized(page, size, play) {
  const before = page.viewportSize();
  await page.setViewportSize(size);
  await page.waitForTimeout(500);
  await play();
  await page.setViewportSize(before);
}

/** Nothing in the picture but what it is about. */
async function quiet(page) {
  await runCommand(page, "View: Close All Editors");
  const unsaved = page.locator(".monaco-dialog-box").getByRole("button", { name: "Don't Save" });
  if (await unsaved.isVisible()) await unsaved.click();
  await runCommand(page, "Notifications: Toggle Do Not Disturb Mode");
  const isThere = (part) => page.locator(`.part.${part}`).isVisible();
  if (await isThere("sidebar")) await runCommand(page, "View: Close Primary Side Bar");
  if (await isThere("panel")) await runCommand(page, "View: Toggle Panel Visibility");
}

/** One step of several questions: the text, or what is there already. */
async function answer(page, text) {
  const input = page.locator(".quick-input-widget input[type=text]");
  await input.waitFor({ state: "visible" });
  await page.waitForTimeout(500);
  if (text !== "") await input.fill(text);
  await page.waitForTimeout(500);
  await page.keyboard.press("Enter");
  await page.waitForTimeout(500);
}

/** The page of a webview once something is in it: a frame within a frame. */
async function webview(page, selector) {
  const frame = page.frameLocator("iframe.webview.ready").last().frameLocator("iframe#active-frame");
  await frame.locator(selector).waitFor({ timeout: 30_000 });
  return frame;
}

async function picture(page, name) {
  // Hovers fade, and the cursor must not blink into one picture and out of the next.
  await page.waitForTimeout(1_500);
  const path = join(IMAGES, `${name}.png`);
  await page.screenshot({ path, caret: "hide" });
  weigh(path);
}

function weigh(path) {
  const { size } = statSync(path);
  if (size > LARGEST) throw new Trouble(`${path} has ${size} bytes, more than ${LARGEST}.`);
  console.log(`${path} (${Math.ceil(size / 1000)} kB)`);
}

/** Just behind a piece of text, counted from one. */
function placeOf(workspace, text, policy = POLICY) {
  const before = readFileSync(join(workspace, "policies", policy), "utf8").split(text, 1)[0] + text;
  const lines = before.split("\n");
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
