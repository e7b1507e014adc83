/** Checks that AWS charges for, as an editor asks them: shown with their price, made once, and only of what was shown. */
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { CancellationTokenSource } from "vscode-languageserver-protocol/node";
import { TargetError } from "../../server/src/account/change/target.js";
import type { CheckResult } from "../../server/src/lint/online/policy-validator.js";
import type { AwsCheckAnswer, AwsCheckView } from "../../server/src/lsp/protocol.js";
import type { CheckAccessParams } from "../../server/src/workspace/account-questions.js";
import type { PaidCall } from "../../server/src/workspace/paid-calls.js";
import { fakeConnection } from "../aws/fake-connection.js";
import { NO_CHANGE, startClient, type TestClient } from "./client.js";

const uri = "file:///workspace/sub/policy.json";
const READ = `{ "Sid": "Read", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::<bucket>/*" }`;
const WRITE = `{ "Sid": "Write", "Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::<bucket>/*" }`;
const PASS: CheckResult = { passed: true, message: "It passes.", reasons: [] };

function policyOf(...statements: readonly string[]): string {
  return `{\n  "Version": "2012-10-17",\n  "Statement": [\n    ${statements.join(",\n    ")}\n  ]\n}\n`;
}

function failing(...named: readonly [index: number | undefined, sid?: string][]): CheckResult {
  const reasons = named.map(([statementIndex, statementId]) => ({
    description: "Too much.",
    statementIndex,
    statementId,
  }));
  return { passed: false, message: "It fails.", reasons };
}

describe("checks that AWS charges for", () => {
  let client: TestClient;
  let sent: unknown[] = [];
  let answer: (signal: AbortSignal | undefined) => Promise<CheckResult>;
  const recorded: PaidCall[] = [];
  const folders: string[] = [];
  before(async () => {
    const asked = async (...args: readonly unknown[]) => {
      sent.push(args.slice(0, 2).map((it) => (typeof it === "object" && it && "text" in it ? it.text : it)));
      return await answer((args.at(-1) as { readonly signal?: AbortSignal }).signal);
    };
    const validator = {
      validate: async () => [],
      checkNoNewAccess: asked,
      checkAccessNotGranted: asked,
      checkNoPublicAccess: asked,
    };
    const target = { name: "AWS", accountId: async () => "111122223333" } as never;
    client = await startClient({
      files: new Map([
        ["/workspace/iam-policy.config.json", '{ "variables": { "bucket": "logs" } }'],
        ["/workspace/iam-account.json", '{ "account": "111122223333" }'],
        ["/workspace/sub/policy.json", policyOf(READ)],
      ]),
      initializationOptions: { checkWorkspace: false },
      aws: { connectAws: async () => fakeConnection({ target, validator }), listProfiles: async () => [] },
      change: {
        ...NO_CHANGE,
        paidCalls: (folder) => ({
          place: "the log",
          count: async () => recorded.length,
          add: async (call) => {
            folders.push(folder);
            recorded.push(call);
          },
        }),
      },
    });
    await client.connection.sendRequest("iamPolicy/useAws", {});
  });
  after(() => {
    client.stop();
    assert.deepEqual(client.log, []);
  });
  beforeEach(() => {
    sent = [];
    recorded.length = 0;
    answer = async () => PASS;
    client.open(uri, policyOf(READ, WRITE));
  });

  const prepare = (
    params: Omit<CheckAccessParams, "uri"> & { readonly uri?: string },
  ): Promise<AwsCheckView> => client.connection.sendRequest("iamPolicy/prepareAwsCheck", { uri, ...params });
  const run = (id: string): Promise<AwsCheckAnswer> =>
    client.connection.sendRequest("iamPolicy/runAwsCheck", { id });
  const SAVED = { check: "no-new-access", against: "saved" } as const;

  it("tells the price, the count and our own answer, and pays nothing before it is agreed", async () => {
    const { question, detail } = await prepare(SAVED);
    assert.equal(question, "Ask AWS to check this policy: no access that the saved version does not give?");
    assert.match(detail, /^This makes 1 call to AWS, which costs 0\.002 US dollars/);
    assert.match(
      detail,
      /Account 111122223333 so far: 0 such calls in this session, 0 in all as recorded in the log\./,
    );
    assert.match(detail, /Here, free of charge, it fails\.$/);
    assert.deepEqual([sent, recorded], [[], []]);
  });

  it("asks once about what was shown, with placeholders filled, and records the call beside the account", async () => {
    answer = async () => failing([1, "Write"]);
    const { id } = await prepare(SAVED);
    const { passed, statements, document, paid, disagreement, headline } = await run(id);
    const filled = (text: string) => text.trim().replaceAll("<bucket>", "logs");
    assert.deepEqual(sent, [[filled(policyOf(READ)), filled(policyOf(READ, WRITE))]]);
    assert.deepEqual(folders, ["/workspace"]);
    assert.deepEqual([passed, disagreement], [false, undefined]);
    assert.equal(headline, "✖ Fail by AWS: no access that the saved version does not give");
    assert.deepEqual(
      statements.map(({ sid, place, because }) => [sid, place?.range.start.line, because]),
      [["Write", 4, "AWS: Too much."]],
    );
    assert.match(
      document,
      /Checked by AWS \(`CheckNoNewAccess`\)[\s\S]*Too much\. `Write` \(`sub\/policy\.json:5`\)/,
    );
    assert.match(document, /## Here it is answered alike\n\n- anyone with this policy gets s3:PutObject/);
    assert.match(paid, /: 1 such call in this session, 1 in all/);
    await assert.rejects(run(id), /has been made already/);
    assert.equal(sent.length, 1);
  });

  it("finds the statement by its name where the index means another, and by its index where it has none", async () => {
    answer = async () => failing([0, "Write"], [0], [undefined, "Read"], [7]);
    const { statements } = await run((await prepare(SAVED)).id);
    assert.deepEqual(
      statements.map(({ sid, because }) => [sid, because]),
      [
        ["Write", "AWS: Too much."],
        ["Read", "AWS: Too much. Too much."],
      ],
    );
  });

  it("offers a case for an issue where AWS and we differ", async () => {
    const { disagreement, document } = await run((await prepare(SAVED)).id);
    assert.match(document, /## Here it is answered differently/);
    assert.match(disagreement ?? "", /## `CheckNoNewAccess`: AWS says PASS, we say FAIL/);
    assert.doesNotMatch(disagreement ?? "", /logs/);
  });

  it("pays nothing for a policy that has changed meanwhile", async () => {
    const { id } = await prepare(SAVED);
    client.change(uri, policyOf(READ));
    await assert.rejects(run(id), /has changed meanwhile: AWS was not asked, and nothing was paid/);
    assert.deepEqual([sent, recorded], [[], []]);
  });

  it("marks nothing in a text that changes while AWS is asked", async () => {
    answer = async () => {
      client.change(uri, policyOf(WRITE));
      await client.connection.sendRequest("iamPolicy/kind", { uri });
      return failing([1, "Write"]);
    };
    const { statements, document } = await run((await prepare(SAVED)).id);
    assert.deepEqual(statements, []);
    assert.match(document, /`Write` \(`sub\/policy\.json:5`\)/);
  });

  it("says why there is no answer, and what has been paid all the same", async () => {
    const turnedAway = [1, 2].map(() => new TargetError("throttled", "Slow down."));
    answer = async () => {
      const error = turnedAway.pop();
      if (error === undefined) return PASS;
      throw error;
    };
    assert.equal((await run((await prepare(SAVED)).id)).passed, true);
    assert.deepEqual([sent.length, recorded.length], [3, 1]);
    answer = () => Promise.reject(new TargetError("unknown", "The answer was lost."));
    await assert.rejects(run((await prepare(SAVED)).id), /The answer was lost/);
    assert.equal(sent.length, 4);
  });

  it("stops asking when the user cancels, and counts what has been sent", async () => {
    const { id } = await prepare(SAVED);
    const asked = new Promise<void>((resolve) => {
      answer = (signal) => {
        resolve();
        return new Promise((_, reject) =>
          signal?.addEventListener("abort", () => reject(new TargetError("cancelled", "It was cancelled."))),
        );
      };
    });
    const token = new CancellationTokenSource();
    const running = client.connection.sendRequest("iamPolicy/runAwsCheck", { id }, token.token);
    await asked;
    token.cancel();
    await assert.rejects(running, /cancelled/);
    assert.equal(recorded.length, 1);
  });

  for (const [title, params, message] of [
    ["what makes no sense", { check: "access-not-granted", actions: ["s3:GetObjekt"] }, /`s3:GetObject`/],
    ["nothing", { check: "access-not-granted" }, /Say which actions/],
    ["the public access of a user's policy", { check: "no-public-access" }, /policies of resources only/],
    ["a comparison with no policy", { check: "no-new-access", against: { text: "{}" } }, /is not a policy/],
    [
      "a comparison with no file",
      { check: "no-new-access", against: { texts: { [uri]: null } } },
      /no such file/,
    ],
    ["a policy that there is not", { ...SAVED, policy: 1 }, /No policy was found/],
    ["a document that is not open", { ...SAVED, uri: "file:///workspace/other.json" }, /No policy was found/],
  ] as const) {
    it(`refuses to ask about ${title}`, async () => {
      await assert.rejects(prepare(params as Parameters<typeof prepare>[0]), message);
    });
  }

  it("asks about one of several policies, against a text or another file", async () => {
    const notes = "file:///workspace/notes.md";
    client.open(
      notes,
      ["```json", policyOf(READ).trim(), "```", "```json", policyOf(WRITE).trim(), "```"].join("\n"),
      "markdown",
    );
    await run(
      (await prepare({ uri: notes, policy: 1, check: "no-new-access", against: { uri } } as never)).id,
    );
    await run((await prepare({ check: "no-new-access", against: { uri: notes, policy: 1 } } as never)).id);
    const live = {
      check: "no-new-access",
      against: { text: policyOf(READ) },
      title: "policy/a as it is live",
    };
    assert.match(
      (await prepare(live as never)).question,
      /no access that policy\/a as it is live does not give/,
    );
    const [first, second] = sent as readonly string[][];
    assert.match(first?.[1] ?? "", /^{[\s\S]*"Write"[\s\S]*}$/);
    assert.doesNotMatch(first?.[1] ?? "", /"Read"/);
    assert.doesNotMatch(second?.[0] ?? "", /"Read"/);
  });

  it("asks nothing where nobody has said that AWS may be asked", async () => {
    const offline = await startClient({ initializationOptions: { checkWorkspace: false } });
    offline.open(uri, policyOf(READ.replace("<bucket>", "logs")));
    const params = { uri, check: "access-not-granted", actions: ["s3:DeleteObject"] };
    await assert.rejects(
      offline.connection.sendRequest("iamPolicy/prepareAwsCheck", params),
      /AWS is not asked before an editor says that it may be/,
    );
    offline.stop();
  });
});
