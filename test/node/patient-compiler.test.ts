/** The engine is told to be patient where its own threads would take turns with answers, and only there. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { describe, it } from "node:test";
import { compilePatiently, type Machine } from "../../server/src/node/patient-compiler.js";

const machines: readonly (readonly [what: string, machine: Machine, told: boolean])[] = [
  ["a machine with one core", { cores: 1, isElectron: false }, true],
  ["a machine with two cores", { cores: 2, isElectron: false }, true],
  ["a machine with three cores", { cores: 3, isElectron: false }, false],
  ["desktop VS Code", { cores: 2, isElectron: true }, false],
];

describe("the engine", () => {
  for (const [what, machine, told] of machines)
    it(`is ${told ? "" : "not "}told to be patient on ${what}`, () => {
      const flags: string[] = [];
      compilePatiently(machine, (flag) => flags.push(flag));
      assert.deepEqual(
        flags.map((it) => it.split("=")[0]),
        told ? ["--interrupt-budget"] : [],
      );
    });

  it("knows the flag", () => {
    assert.match(
      execFileSync(process.execPath, ["--v8-options"], { encoding: "utf8" }),
      /--interrupt-budget /,
    );
  });
});
