/** The language server's composition root: stdio or node IPC on one side, the disk on the other. */
import { join } from "node:path";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import manifest from "../../package.json" with { type: "json" };
import { startServer } from "./lsp/server.js";
import { accountThread } from "./node/account-thread.js";
import { changePorts } from "./node/change-ports.js";
import { diskPorts } from "./node/disk.js";
import { diskTemplates } from "./node/disk-templates.js";
import { compilePatiently } from "./node/patient-compiler.js";
import { stdio } from "./node/stdio.js";
import { writeAll } from "./node/write-all.js";

const usage = "usage: iam-policy-language-server --stdio\n";
const transports = ["--stdio", "--node-ipc", "--socket", "--pipe"];
const args = process.argv.slice(2);
if (args.includes("--version")) {
  process.stdout.write(`${manifest.version}\n`);
  process.exit(0);
}
if (args.includes("--help")) {
  process.stdout.write(usage);
  process.exit(0);
}
if (!args.some((arg) => transports.some((it) => arg.startsWith(it)))) {
  process.stderr.write(usage);
  process.exit(2);
}
compilePatiently();
startServer(
  process.argv.includes("--stdio")
    ? createConnection(ProposedFeatures.all, ...stdio())
    : createConnection(ProposedFeatures.all),
  {
    ...diskPorts(),
    ...diskTemplates(),
    writeAll,
    version: manifest.version,
    change: changePorts(),
    // A bundle of its own, loaded when the user asks AWS for the first time.
    connectAws: async (options) => (await import("./main-aws.js")).connectAws(options),
    listProfiles: async () => (await import("./main-aws.js")).listProfiles(),
  },
  accountThread(join(__dirname, "iam-policy-worker.cjs")),
);
