/** The command line in this process, in a folder of its own. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../server/src/cli/run.js";
import { diskPorts } from "../../server/src/disk.js";
import { templatesIn } from "../../server/src/disk-templates.js";
import { connectAws } from "../../server/src/main-aws.js";
import { realCatalogue } from "../catalogue/real.js";

export const folder = mkdtempSync(join(tmpdir(), "iam-policy-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

export interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Arguments as typed; an object brings standard input. */
export async function cli(...given: readonly (string | { input: string })[]): Promise<Run> {
  const input = given.find((it) => typeof it === "object")?.input ?? "";
  const args = given.filter((it) => typeof it === "string");
  let out = "";
  let err = "";
  const code = await run(
    args,
    {
      cwd: folder,
      out: (text) => {
        out += text;
      },
      err: (text) => {
        err += text;
      },
      readInput: async () => new TextEncoder().encode(input),
      colours: false,
    },
    {
      ...diskPorts(),
      catalogue: realCatalogue,
      shippedTemplates: () => templatesIn("templates"),
      templatesIn,
      version: "0.0.0",
      connectAws,
      readPage: (rule) => readFileSync(`docs/rules/${rule}.md`, "utf8"),
    },
  );
  return { code, out, err };
}
