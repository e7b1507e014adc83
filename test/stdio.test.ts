/** What the protocol is written with. */
import assert from "node:assert/strict";
import { PassThrough, Writable } from "node:stream";
import { describe, it } from "node:test";
import { StreamMessageReader } from "vscode-languageserver/node";
import { WholeMessageWriter } from "../server/src/node/stdio.js";

describe("a message", () => {
  it("goes out as a whole, and is counted in bytes", async () => {
    const output = new PassThrough();
    const chunks: Buffer[] = [];
    output.on("data", (chunk: Buffer) => chunks.push(chunk));
    const message = { jsonrpc: "2.0", id: 1, result: "é – 🪣" };
    await new WholeMessageWriter(output).write(message);
    assert.equal(chunks.length, 1);
    const input = new PassThrough();
    const read = new Promise((resolve) => new StreamMessageReader(input).listen(resolve));
    input.write(chunks[0]);
    assert.deepEqual(await read, message);
  });

  it("that cannot be written is reported, with its number", async () => {
    const writer = new WholeMessageWriter(
      new Writable({ write: (_chunk, _encoding, done) => done(new Error("gone")), emitClose: false }),
    );
    const counts: (number | undefined)[] = [];
    writer.onError(([, , count]) => counts.push(count));
    await assert.rejects(writer.write({ jsonrpc: "2.0" }), /gone/);
    assert.ok(counts.includes(1));
  });
});
