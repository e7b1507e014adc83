/** Several files at once: wherever it goes wrong, everything is as it was. */
import assert from "node:assert/strict";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, beforeEach, describe, it } from "node:test";
import { type Disk, writeAll } from "../server/src/node/write-all.js";
import { UnreadableBytes, WriteError } from "../server/src/workspace/write-files.js";

const root = mkdtempSync(join(tmpdir(), "write-all-"));
const folder = join(root, "aws");
const files = [
  { path: join(folder, "iam-account.json"), text: "new account" },
  { path: join(folder, "policies", "deep", "a.json"), text: "a" },
  { path: join(folder, "policies", "b.json"), text: "b" },
];

describe("writing all or nothing", () => {
  beforeEach(() => {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
    writeFileSync(join(folder, "iam-account.json"), "old account");
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  it("writes all, and leaves nothing else behind", () => {
    writeAll(files);
    assert.deepEqual(everything(), {
      "iam-account.json": "new account",
      "policies/b.json": "b",
      "policies/deep/a.json": "a",
    });
  });

  it("takes everything back, whichever step fails", () => {
    const steps = count();
    assert.ok(steps >= 8, `${steps}`);
    for (let step = 0; step < steps; step++) {
      assert.throws(
        () => writeAll(files, failing(step)),
        (error) => error instanceof WriteError && (error.cause as Error).message === "the disk is full",
      );
      assert.deepEqual(everything(), { "iam-account.json": "old account" }, `after step ${step}`);
      assert.deepEqual(readdirSync(folder), ["iam-account.json"], `folders after step ${step}`);
    }
  });

  it("writes over nothing that could not be read in full", () => {
    const path = join(folder, "iam-account.json");
    const latin = Buffer.from("sch\u00f6n", "latin1");
    writeFileSync(path, latin);
    assert.throws(
      () => writeAll(files),
      (error) => error instanceof WriteError && error.path === path && error.cause instanceof UnreadableBytes,
    );
    assert.deepEqual(readFileSync(path), latin);
    assert.deepEqual(readdirSync(folder), ["iam-account.json"]);
  });

  it("names the file that could not be written", () => {
    writeFileSync(join(folder, "policies"), "a file where a folder should be");
    assert.throws(
      () => writeAll(files),
      (error) => error instanceof WriteError && error.path === join(folder, "policies", "deep", "a.json"),
    );
    assert.equal(readFileSync(join(folder, "iam-account.json"), "utf8"), "old account");
  });

  it("writes through a link, and the link stays one", { skip: process.platform === "win32" }, () => {
    const real = join(root, "shared.json");
    writeFileSync(real, "old");
    rmSync(join(folder, "iam-account.json"));
    symlinkSync(real, join(folder, "iam-account.json"));
    writeAll(files.slice(0, 1));
    assert.equal(readFileSync(real, "utf8"), "new account");
  });
});

/** A disk whose nth step fails. */
function failing(nth: number, seen: { steps: number } = { steps: 0 }): Disk {
  const step = <A extends readonly string[]>(action: (...args: A) => void) => {
    return (...args: A) => {
      if (seen.steps++ === nth) throw new Error("the disk is full");
      action(...args);
    };
  };
  return {
    makeFolder: step((path: string) => mkdirSync(path)),
    write: step((path: string, text: string) => writeFileSync(path, text, { flag: "wx" })),
    rename: step((from: string, to: string) => renameSync(from, to)),
  };
}

function count(): number {
  const seen = { steps: 0 };
  writeAll(files, failing(Number.POSITIVE_INFINITY, seen));
  rmSync(folder, { recursive: true });
  mkdirSync(folder);
  writeFileSync(join(folder, "iam-account.json"), "old account");
  return seen.steps;
}

function everything(): Readonly<Record<string, string>> {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((it) => it.isFile());
  const paths = found.map((it) => join(it.parentPath ?? it.path, it.name)).sort();
  return Object.fromEntries(
    paths.map((path) => [path.slice(folder.length + 1).replaceAll("\\", "/"), readFileSync(path, "utf8")]),
  );
}
