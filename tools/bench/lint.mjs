// All rules over every AWS managed policy, against VS Code's JSON service validating the same texts with a schema.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { analyser } from "../conformance/analyser.mjs";
import { managedPolicies } from "./corpus.mjs";

const ROUNDS = 9;

export async function benchLint() {
  const texts = managedPolicies().map(({ text }) => text);
  const bytes = texts.reduce((sum, text) => sum + text.length, 0);
  console.log(`${texts.length} policies, ${(bytes / 1e6).toFixed(1)} MB`);
  const lintAll = await linter();
  const validateAll = await jsonService();
  const ours = [];
  const theirs = [];
  let findings = 0;
  for (let round = 0; round < ROUNDS; round++) {
    // In turns, so that whatever else the machine does falls on both.
    ours.push(await timed(async () => (findings = lintAll(texts))));
    theirs.push(await timed(() => validateAll(texts)));
  }
  const [mine, peer] = [median(ours), median(theirs)];
  console.log(
    `  all rules:                ${mine.toFixed(0)} ms (${findings} findings; first round, cold: ${ours[0].toFixed(0)} ms)`,
  );
  console.log(`  JSON service with schema: ${peer.toFixed(0)} ms (cold: ${theirs[0].toFixed(0)} ms)`);
  console.log(`  ratio: ${(mine / peer).toFixed(2)} (below 1: faster than structural validation alone)`);
}

async function linter() {
  const { findingsOf } = await analyser();
  return (texts) => texts.reduce((sum, text) => sum + findingsOf(text).length, 0);
}

async function jsonService() {
  const { getLanguageService, TextDocument } = createRequire(import.meta.url)("vscode-json-languageservice");
  const schema = JSON.parse(readFileSync("schemas/policy.schema.json", "utf8"));
  const service = getLanguageService({});
  service.configure({ validate: true, schemas: [{ uri: "policy://schema", fileMatch: ["*"], schema }] });
  return async (texts) => {
    for (const text of texts) {
      const document = TextDocument.create("file:///policy.json", "json", 1, text);
      await service.doValidation(document, service.parseJSONDocument(document));
    }
  };
}

async function timed(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function median(values) {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}
