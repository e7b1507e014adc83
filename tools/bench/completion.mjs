// The time of one completion for the largest service, against VS Code's JSON service, which completes by a schema.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { completer } from "../assist/completer.mjs";

const BUDGET = 2;
const COLD = 30;
const ROUNDS = 150;
const START = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": [`;
const LIST = `${START}"ec2:DescribeInstances", "ec2:RunInstances", "ec2:CreateTags", `;
const PLACES = {
  "nothing typed": `${START}"`,
  "ec2: typed": `${START}"ec2:`,
  "ec2:Des typed": `${START}"ec2:Des`,
  "behind three actions": `${LIST}"`,
  "behind three, ec2:": `${LIST}"ec2:`,
  "instance, all services": `${START}"instance`,
  "Resource of ec2:*": `${START}"ec2:*"], "Resource": "`,
  "keys of ec2:*": `${START}"ec2:*"], "Condition": { "StringEquals": { "`,
};

export async function benchCompletion() {
  const ours = await own();
  const theirs = await jsonService();
  for (const [place, text] of Object.entries(PLACES)) {
    const [mine, peer] = [[], []];
    for (let round = -COLD; round < ROUNDS; round++) {
      // In turns, so that whatever else the machine does falls on both.
      const first = performance.now();
      const offers = ours(text);
      const second = performance.now();
      await theirs(text);
      if (round < 0) continue;
      mine.push(second - first);
      peer.push(performance.now() - second);
      if (offers === 0) throw new Error(`Nothing is offered: ${place}.`);
    }
    const [p50, p95, other] = [at(mine, 0.5), at(mine, 0.95), at(peer, 0.5)];
    console.log(
      `  ${place.padEnd(22)} p50 ${p50.toFixed(2)} ms, p95 ${p95.toFixed(2)} ms; ` +
        `${(p50 / other).toFixed(1)} × the JSON service (${other.toFixed(2)} ms)${p50 > BUDGET ? `; OVER ${BUDGET} ms` : ""}`,
    );
  }
}

async function own() {
  const { complete, catalogue } = await completer();
  return (text) =>
    complete({
      text,
      offset: text.length,
      language: "json",
      hints: { path: "policy.json" },
      named: false,
      catalogue,
      variables: {},
      snippets: true,
    }).offers.length;
}

async function jsonService() {
  const { getLanguageService, TextDocument } = createRequire(import.meta.url)("vscode-json-languageservice");
  const schema = JSON.parse(readFileSync("schemas/policy.schema.json", "utf8"));
  const service = getLanguageService({});
  service.configure({ schemas: [{ uri: "policy://schema", fileMatch: ["*"], schema }] });
  return (text) => {
    const document = TextDocument.create("file:///policy.json", "json", 1, text);
    return service.doComplete(
      document,
      document.positionAt(text.length),
      service.parseJSONDocument(document),
    );
  };
}

function at(times, share) {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length * share)];
}
