/** The command line's composition root. */
import { join } from "node:path";
import manifest from "../../package.json" with { type: "json" };
import { askOnTerminal } from "./cli/ask-on-terminal.js";
import { run } from "./cli/run.js";
import { changePorts } from "./node/change-ports.js";
import { diskPorts } from "./node/disk.js";
import { diskTemplates } from "./node/disk-templates.js";
import { writeAll } from "./node/write-all.js";

const wantsColour = process.env["FORCE_COLOR"] !== undefined && process.env["FORCE_COLOR"] !== "0";
// See https://no-color.org: an empty value says nothing.
const wantsNone = (process.env["NO_COLOR"] ?? "") !== "" || process.env["TERM"] === "dumb";
const colours = wantsColour || (process.stdout.isTTY === true && !wantsNone);
const ports = diskPorts();
// Whoever reads may stop reading, as `head` does: that must not break off an apply.
process.stdout.on("error", ignoreClosedPipe);
process.stderr.on("error", ignoreClosedPipe);

run(
  process.argv.slice(2),
  {
    cwd: process.cwd(),
    // Synchronous where it is a pipe or file, so that nothing is lost when the process ends.
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    readInput: async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks);
    },
    colours,
    locale: Intl.DateTimeFormat().resolvedOptions().locale,
    ask: process.stdin.isTTY === true && process.stderr.isTTY === true ? askOnTerminal : undefined,
    progress: process.stderr.isTTY === true ? showProgress : undefined,
    interruption,
  },
  {
    ...ports,
    ...diskTemplates(),
    version: manifest.version,
    change: changePorts(),
    writeAll,
    // A bundle of its own: the SDK takes longer to load than a policy to be checked.
    connectAws: async (options) => (await import("./main-aws.js")).connectAws(options),
    readPage: (rule) => ports.readFile(join(__dirname, "rules", `${rule}.md`)),
    crashed: (rule, error) =>
      void process.stderr.write(
        `The rule ${rule} failed and was left out: ${error instanceof Error ? error.name : "error"}\n`,
      ),
  },
).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(
      `iam-policy failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    process.exitCode = 2;
  },
);

function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}

function interruption(): AbortSignal {
  const controller = new AbortController();
  // The second Ctrl+C meets no handler, and ends the process.
  process.once("SIGINT", () => controller.abort());
  return controller.signal;
}

function showProgress(text: string): void {
  process.stderr.write(`\r\u001b[K${text}`);
}
