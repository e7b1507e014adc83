// The real editor under remote control: what a person does with keys, for pictures. It looks at nothing but the page.
const TRIES = 20;

export async function openWorkbench(page, address) {
  await page.goto(address);
  await page.waitForSelector(".monaco-workbench .part.editor", { timeout: 60_000 });
  // The extension host starts after the workbench.
  await page.waitForSelector(".part.statusbar .statusbar-item", { timeout: 60_000 });
  await page.waitForTimeout(2_000);
}

export async function runCommand(page, title) {
  await page.keyboard.press("F1");
  await choose(page, `>${title}`, title);
}

/** By name, or by path where several have the name. */
export async function openFile(page, path) {
  await page.keyboard.press("Control+P");
  await choose(page, path, path.split("/").at(-1));
  await page.waitForSelector(`.tab.active[data-resource-name="${path.split("/").at(-1)}"]`);
}

/** Puts the cursor there; both count from one. */
export async function goTo(page, { line, column }) {
  await page.keyboard.press("Control+G");
  await choose(page, `:${line}:${column}`);
}

/** @param first what the first item of the list says once it is made */
async function choose(page, text, first) {
  const input = page.locator(".quick-input-widget input[type=text]");
  await input.waitFor({ state: "visible" });
  await input.fill(text);
  // The list follows the text with a delay that no event marks.
  await page.waitForTimeout(800);
  const top = page.locator(".quick-input-list .monaco-list-row[data-index='0']");
  if (first !== undefined) await top.filter({ hasText: first }).waitFor();
  // While the list is still being made, nothing is chosen.
  for (let tries = 0; tries < TRIES && (await input.isVisible()); tries++) {
    await page.keyboard.press("Enter");
    await input.waitFor({ state: "hidden", timeout: 1_000 }).catch(() => {});
  }
  await input.waitFor({ state: "hidden" });
}
