/** What is remembered of a text does not keep the text. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { parseDocument } from "../../server/src/syntax/document.js";
import type { StringNode } from "../../server/src/syntax/tree.js";

const MEGABYTE = 2 ** 20;

test("a value outlives its document without the document", () => {
  const before = heapAfterCollection();
  const kept = Array.from({ length: 60 }, (_, version) => onlyValueOf(largeText(version)));
  const grown = heapAfterCollection() - before;
  assert.equal(kept.length, 60);
  assert.ok(grown < 10 * MEGABYTE, `60 values keep ${Math.round(grown / MEGABYTE)} MB`);
});

test("equal values of two documents are equal, different ones are not", () => {
  const texts = [
    "s3:GetObject",
    "s3:GetObjects",
    "s3:getobject",
    "",
    "x".repeat(300),
    "sch\u00f6n \u{1f512}",
  ];
  for (const text of texts) {
    const quoted = JSON.stringify(text);
    assert.equal(onlyValueOf(quoted), text);
    assert.equal(onlyValueOf(`  ${quoted}`), text);
  }
});

/** A policy's action, far from everything else. Made anew each time, as an editor does. */
function largeText(version: number): string {
  return Buffer.from(`"s3:GetObjectTagging${version}"${" ".repeat(MEGABYTE)}`).toString();
}

function onlyValueOf(text: string): string {
  return (parseDocument(text, "json").tree.root as StringNode).value;
}

function heapAfterCollection(): number {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
  return process.memoryUsage().heapUsed;
}
