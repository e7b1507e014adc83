// A headless Chromium with one page, for the VS Code server. It talks to this machine only.
import { findChromium } from "./find-chromium.mjs";

export async function openBrowser(viewport = { width: 1280, height: 800 }) {
  const { executable, env } = await findChromium();
  const { chromium } = await import("playwright-core");
  const browser = await chromium.launch({
    executablePath: executable,
    env: { ...process.env, ...env },
    args: [
      // It opens nothing but our own server, and the sandbox wants rights that containers lack.
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ],
  });
  const page = await browser.newPage({ viewport });
  return { page, name: `headless Chromium ${browser.version()}`, close: () => browser.close() };
}
