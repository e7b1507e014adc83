/** The commands of docs/apply.md, run in their order on the example account, with the exit codes that the page names. */
import assert from "node:assert/strict";
import { cpSync, readFileSync } from "node:fs";
import { it } from "node:test";
import { cli, folder } from "./cli.js";

it("docs/apply.md: every command does what the page says", async () => {
  cpSync("examples/workspace/corrected", folder, { recursive: true });
  const page = readFileSync("docs/apply.md", "utf8");
  const lines = [...page.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, block = ""]) =>
    block.trim().split("\n"),
  );
  assert.ok(lines.length >= 8);
  for (const line of lines) {
    const [command = "", comment = ""] = line.split(/\s+#\s+/);
    const [program, ...args] = command.split(" ").filter((it) => it !== "");
    assert.equal(program, "iam-policy");
    const { code, out, err } = await cli(...args);
    assert.equal(code, Number(/exit (\d)/.exec(comment)?.[1] ?? 0), `${line}\n${out}\n${err}`);
  }
});
