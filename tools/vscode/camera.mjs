// Takes a picture of the page whenever a test asks for one: `POST /NAME` with the text that has to be seen. A picture
// without that text, or with nothing in it, is an answer that fails the test. `POST /trouble` takes it of whatever is
// there, and answers with what else the page knows. It listens on 127.0.0.1 only.
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join, relative } from "node:path";

/** As long as a test waits, which is less than it may take. */
const PATIENCE = 45_000;
/** Hovers fade, and what is shown last is still being drawn. */
const SETTLING = 700;
/** A page of one colour has one; a line of text alone has dozens. */
const FEWEST_COLOURS = 32;
/** How much of the page's console is told where a test is in trouble, in lines. */
const LAST_WORDS = 10;

/** @param {string} folder where the pictures go */
export async function openCamera(page, folder) {
  mkdirSync(folder, { recursive: true });
  const darkroom = await page.context().browser().newPage();
  const complaints = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  let troubles = 0;
  const server = createServer((request, response) => {
    const answered = request.url === "/trouble" ? describeTrouble() : takePicture(request);
    answered.then(
      (text) => response.end(text),
      (error) => response.writeHead(500).end(error.message),
    );
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    close: () => server.close(),
  };

  async function describeTrouble() {
    const path = join(folder, `trouble-${++troubles}.png`);
    await page.screenshot({ path });
    const messages = await page.locator(".notification-list-item-message").allInnerTexts();
    return [
      `the page: ${relative("", path)}`,
      ...messages.map((it) => `a message: ${it}`),
      ...complaints.slice(-LAST_WORDS).map((it) => `the console: ${it.split("\n", 1)[0]}`),
    ].join("\n");
  }

  async function takePicture(request) {
    const name = /^\/([a-z-]+)$/.exec(request.url)?.[1];
    if (name === undefined) throw new Error(`${request.url} is no name of a picture.`);
    const text = Buffer.concat(await request.toArray()).toString();
    if (!(await isSeen(page, text))) {
      await page.screenshot({ path: join(folder, `${name}-failed.png`) });
      throw new Error(`The picture ${name} does not show "${text}".`);
    }
    await page.waitForTimeout(SETTLING);
    const picture = await page.screenshot({ caret: "hide" });
    const colours = await coloursOf(darkroom, picture);
    if (colours < FEWEST_COLOURS) throw new Error(`The picture ${name} is empty: it has ${colours} colours.`);
    writeFileSync(join(folder, `${name}.png`), picture);
  }
}

/** In the workbench, or in a webview: a frame within a frame. */
async function isSeen(page, text) {
  const end = Date.now() + PATIENCE;
  do {
    for (const frame of page.frames()) {
      // A frame can go away meanwhile.
      const seen = await frame
        .getByText(text)
        .filter({ visible: true })
        .count()
        .catch(() => 0);
      if (seen > 0) return true;
    }
    await page.waitForTimeout(100);
  } while (Date.now() < end);
  return false;
}

/** Counted by a browser, which reads pictures anyhow. */
function coloursOf(page, picture) {
  return page.evaluate(async (data) => {
    const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
    const context = new OffscreenCanvas(image.width, image.height).getContext("2d");
    context.drawImage(image, 0, 0);
    const pixels = new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer);
    return new Set(pixels).size;
  }, picture.toString("base64"));
}
