/** The command line in this process, in a folder of its own. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CliPorts, run } from "../../server/src/cli/run.js";
import { connectAws } from "../../server/src/main-aws.js";
import { changePorts } from "../../server/src/node/change-ports.js";
import { diskPorts } from "../../server/src/node/disk.js";
import { templatesIn } from "../../server/src/node/disk-templates.js";
import { writeAll } from "../../server/src/node/write-all.js";
import { realCatalogue } from "../catalogue/real.js";

export const folder = mkdtempSync(join(tmpdir(), "iam-policy-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

export interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** What is not typed as an argument: standard input; answers of somebody at the terminal; other ports. */
interface Given {
  readonly input?: string;
  readonly answers?: readonly string[];
  readonly ports?: Partial<CliPorts>;
  /** A folder below the usual one, to work in. */
  readonly cwd?: string;
}

/** Arguments as typed, and at most one object. */
export async function cli(...given: readonly (string | Given)[]): Promise<Run> {
  const { input = "", answers, ports, cwd = "" } = given.find((it) => typeof it === "object") ?? {};
  const open = [...(answers ?? [])];
  const args = given.filter((it) => typeof it === "string");
  let out = "";
  let err = "";
  const code = await run(
    args,
    {
      cwd: join(folder, cwd),
      out: (text) => {
        out += text;
      },
      err: (text) => {
        err += text;
      },
      readInput: async () => new TextEncoder().encode(input),
      colours: false,
      ...(answers && {
        ask: async (question) => {
          err += question;
          return open.shift() ?? "";
        },
      }),
    },
    {
      ...diskPorts(),
      catalogue: realCatalogue,
      shippedTemplates: () => templatesIn("templates"),
      templatesIn,
      version: "0.0.0",
      connectAws,
      change: changePorts(),
      writeAll,
      readPage: (rule) => readFileSync(`docs/rules/${rule}.md`, "utf8"),
      ...ports,
    },
  );
  return { code, out, err };
}
