// One keystroke to published findings, over stdio, against echoing the same document through JSON.parse.
import { spawn } from "node:child_process";
import { createRequire } from "node:module";

const { createProtocolConnection, StreamMessageReader, StreamMessageWriter } = createRequire(import.meta.url)(
  "vscode-languageserver-protocol/node",
);
const STROKES = 60;

export async function benchKeystroke() {
  for (const statements of [20, 200, 1000]) {
    const text = policy(statements);
    const times = await strokes(text);
    const parse = parseTime(text);
    const at = (share) => times[Math.floor(times.length * share)];
    console.log(
      `  ${String(statements).padStart(4)} statements, ${(text.length / 1000).toFixed(0)} kB: p50 ${at(0.5).toFixed(1)} ms, p95 ${at(0.95).toFixed(1)} ms; ` +
        `${(at(0.5) / parse).toFixed(1)} × JSON.parse of the document (${parse.toFixed(2)} ms)`,
    );
  }
}

function policy(statements) {
  const Action = ["s3:GetObject", "s3:PutObject", "ec2:Describe*", "dynamodb:Query", "lambda:InvokeFunction"];
  const Statement = Array.from({ length: statements }, (_, i) => ({
    Sid: `Statement${i}`,
    Effect: "Allow",
    Action,
    Resource: [`arn:aws:s3:::bucket-${i}/*`, "*"],
    Condition: { StringEquals: { "aws:RequestedRegion": "ap-southeast-2" } },
  }));
  return JSON.stringify({ Version: "2012-10-17", Statement }, null, 2);
}

async function strokes(text) {
  const server = spawn(process.execPath, ["out/iam-policy-language-server.cjs", "--stdio"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const connection = createProtocolConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  let published = () => {};
  connection.onNotification("textDocument/publishDiagnostics", ({ version }) => published(version));
  connection.listen();
  await connection.sendRequest("initialize", { processId: process.pid, rootUri: null, capabilities: {} });
  const uri = "file:///bench/policy.json";
  const findingsOf = (version) => new Promise((resolve) => (published = (it) => it >= version && resolve()));
  let version = 1;
  const opened = findingsOf(version);
  await connection.sendNotification("textDocument/didOpen", {
    textDocument: { uri, languageId: "json", version, text },
  });
  await opened;
  const lines = text.split("\n");
  const line = lines.findIndex((it, index) => index > lines.length / 2 && it.includes('"Sid"'));
  const position = { line, character: lines[line].length - 2 };
  const times = [];
  for (let i = 0; i < STROKES; i++) {
    const answered = findingsOf(++version);
    const start = performance.now();
    const contentChanges = [{ range: { start: position, end: position }, text: "x" }];
    await connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version },
      contentChanges,
    });
    await answered;
    times.push(performance.now() - start);
  }
  connection.end();
  server.kill();
  return times.sort((a, b) => a - b);
}

function parseTime(text) {
  const times = Array.from({ length: 21 }, () => {
    const start = performance.now();
    JSON.parse(text);
    return performance.now() - start;
  });
  return times.sort((a, b) => a - b)[10];
}
