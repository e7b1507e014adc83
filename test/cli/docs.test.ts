/** The commands of README and docs/apply.md, run in their order, with the exit codes that the pages name. */
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, it } from "node:test";
import { cli, folder } from "./cli.js";

/** Pages and sections, with what lies in the folder where their commands run. */
const PLAYS = [
  { page: "docs/apply.md", section: undefined, workspace: "examples/workspace/corrected", commands: 8 },
  { page: "README.md", section: "From notes to a working account", workspace: undefined, commands: 10 },
  {
    page: "README.md",
    section: "On the command line",
    workspace: "examples/workspace/corrected",
    commands: 11,
  },
] as const;

describe("commands of the documents", () => {
  for (const { page, section, workspace, commands } of PLAYS) {
    it(`${page}${section === undefined ? "" : `, ${section}`}: every command does what is said`, async () => {
      const inside = mkdtempSync(join(folder, "docs-"));
      if (workspace !== undefined) cpSync(workspace, inside, { recursive: true });
      const lines = commandsOf(readFileSync(page, "utf8"), section);
      assert.ok(lines.length >= commands, `${lines.length} commands`);
      for (const line of lines) {
        const [command = "", comment = ""] = line.split(/\s+#\s+/);
        const [program, ...args] = command
          .split(" ")
          .filter((it) => it !== "")
          .map((it) => it.replace(/^'(.*)'$/, "$1"));
        assert.equal(program, "iam-policy");
        const { code, out, err } = await cli(...args, { cwd: basename(inside) });
        assert.equal(code, Number(/exit (\d)/.exec(comment)?.[1] ?? 0), `${line}\n${out}\n${err}`);
      }
    });
  }
});

describe("scripts of the documents", () => {
  const { scripts } = JSON.parse(readFileSync("package.json", "utf8"));
  for (const page of ["README.md", "docs/contributing.md"]) {
    it(`${page}: what npm is told to run is there`, () => {
      const told = [...readFileSync(page, "utf8").matchAll(/(?:^|`)npm (?:run )?([a-z][\w:-]*)/gm)].map(
        ([, script]) => script ?? "",
      );
      assert.ok(told.length >= 3);
      // What npm does by itself has no script.
      for (const script of told) assert.ok(script === "link" || script in scripts, `npm run ${script}`);
    });
  }
});

function commandsOf(page: string, section: string | undefined): readonly string[] {
  const text =
    section === undefined ? page : (page.split(/^## /m).find((it) => it.startsWith(section)) ?? "");
  return [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, block = ""]) =>
    block.trim().split("\n"),
  );
}
