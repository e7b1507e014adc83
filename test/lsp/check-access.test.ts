/** Checks of access as an editor asks them: against other states of a document, policies inside of others, and places. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type {
  AccountMethod,
  AccountRequests,
  CheckAccessAnswer,
} from "../../server/src/workspace/account-questions.js";
import { startClient, type TestClient } from "./client.js";

const POLICY = "file:///workspace/policy.json";
const NOTES = "file:///workspace/notes.md";
const TEMPLATE = "file:///workspace/template.json";

const READ = `{ "Sid": "Read", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::logs/*" }`;
const WRITE = `{ "Sid": "Write", "Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::logs/*" }`;
const PUBLIC = `{ "Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:eu-west-1:111122223333:jobs" }`;

function policyOf(...statements: readonly string[]): string {
  return `{\n  "Version": "2012-10-17",\n  "Statement": [\n    ${statements.join(",\n    ")}\n  ]\n}\n`;
}

function notesOf(...policies: readonly string[]): string {
  return ["# Notes", "", ...policies.flatMap((it) => ["```json", it.trimEnd(), "```", ""])].join("\n");
}

function templateOf(policies: Readonly<Record<string, string>>): string {
  const resources = Object.entries(policies).map(
    ([name, it]) =>
      `"${name}": { "Type": "AWS::IAM::ManagedPolicy", "Properties": { "PolicyDocument": ${it.trimEnd()} } }`,
  );
  return `{ "Resources": {\n${resources.join(",\n")}\n} }\n`;
}

describe("check access", () => {
  let client: TestClient;
  before(async () => {
    client = await startClient({
      files: new Map([["/workspace/policy.json", policyOf(READ)]]),
      initializationOptions: { checkWorkspace: false },
    });
  });
  after(() => {
    client.stop();
    assert.deepEqual(client.log, []);
  });

  type Params = AccountRequests["iamPolicy/checkAccess"]["params"];
  const ask = <M extends AccountMethod>(
    method: M,
    params: AccountRequests[M]["params"],
  ): Promise<AccountRequests[M]["result"]> => client.connection.sendRequest(method, params);
  const check = async (params: Params): Promise<CheckAccessAnswer> => {
    const answer = await ask("iamPolicy/checkAccess", params);
    assert.ok(answer.ok, answer.ok ? "" : answer.message);
    return answer;
  };
  const refusal = async (params: Params): Promise<string> => {
    const answer = await ask("iamPolicy/checkAccess", params);
    assert.ok(!answer.ok);
    return answer.message;
  };
  const lines = ({ statements }: CheckAccessAnswer) =>
    statements.map(({ place, sid }) => [sid, place?.range.start.line]);

  it("names the statement that gives more than the saved version", async () => {
    client.open(POLICY, policyOf(READ, WRITE));
    const answer = await check({ uri: POLICY, check: "no-new-access", against: "saved" });
    assert.equal(answer.passed, false);
    assert.deepEqual(lines(answer), [["Write", 4]]);
    assert.match(
      answer.statements[0]?.because ?? "",
      /anyone with this policy gets s3:PutObject: s3:PutObject on/,
    );
    assert.match(
      answer.document,
      /^# ✖ Fail: policy\.json\n\n.*no access that the saved version does not give\./,
    );
    assert.match(answer.document, /by `Write` \(`policy\.json:5`\)/);
    client.change(POLICY, policyOf(READ));
    assert.equal((await check({ uri: POLICY, check: "no-new-access", against: "saved" })).passed, true);
  });

  it("compares with the texts of another state, a policy of another file, or a text", async () => {
    client.open(POLICY, policyOf(READ, WRITE));
    const head = { texts: { [POLICY]: policyOf(READ, WRITE) } };
    const against = async (other: (Params & { check: "no-new-access" })["against"]) =>
      (await check({ uri: POLICY, check: "no-new-access", against: other, title: "HEAD" })).headline;
    assert.equal(await against(head), "✔ Pass: no access that HEAD does not give");
    client.open(NOTES, notesOf(policyOf(READ), policyOf(READ, WRITE)), "markdown");
    assert.match(await against({ uri: NOTES, policy: 0 }), /^✖ Fail/);
    assert.match(await against({ uri: NOTES, policy: 1 }), /^✔ Pass/);
    assert.match(await against({ text: policyOf(WRITE) }), /^✖ Fail/);
  });

  it("finds the same policy in another version of a document that holds several", async () => {
    client.open(NOTES, notesOf(policyOf(WRITE), policyOf(READ)), "markdown");
    const second = (text: string): Params => ({
      uri: NOTES,
      policy: 1,
      check: "no-new-access",
      against: { texts: { [NOTES]: text } },
    });
    assert.equal((await check(second(notesOf(policyOf(READ), policyOf(READ))))).passed, true);
    assert.equal((await check(second(notesOf(policyOf(READ), policyOf(WRITE))))).passed, false);
    assert.match(await refusal(second(notesOf(policyOf(READ)))), /this one cannot be told/);
    client.open(TEMPLATE, templateOf({ New: policyOf(WRITE), Old: policyOf(READ) }));
    const old = templateOf({ Old: policyOf(READ) });
    const named: Params = {
      uri: TEMPLATE,
      policy: 1,
      check: "no-new-access",
      against: { texts: { [TEMPLATE]: old } },
    };
    assert.equal((await check(named)).passed, true);
    assert.match(await refusal({ ...named, policy: 0 }), /this one cannot be told/);
  });

  it("says which actions and resources are given", async () => {
    client.open(POLICY, policyOf(READ, WRITE));
    const given = await check({ uri: POLICY, check: "access-not-granted", actions: ["s3:Put*"] });
    assert.deepEqual(lines(given), [["Write", 4]]);
    assert.match(given.document, /offline: s3:Put\\\* not allowed\./, "no asterisk is lost in Markdown");
    const logs = ["arn:aws:s3:::logs/a"];
    assert.deepEqual(
      lines(await check({ uri: POLICY, check: "access-not-granted", resources: logs })).map(([sid]) => sid),
      ["Read", "Write"],
    );
    const both = { actions: ["s3:DeleteObject"], resources: logs };
    assert.equal((await check({ uri: POLICY, check: "access-not-granted", ...both })).passed, true);
  });

  it("tells whom the policy of a resource lets in", async () => {
    client.open(POLICY, policyOf(PUBLIC));
    const open = await check({ uri: POLICY, check: "no-public-access" });
    assert.deepEqual(
      [open.passed, open.headline, lines(open)],
      [false, "✖ Fail: not public", [[undefined, 3]]],
    );
    assert.match(
      await refusal({ uri: POLICY, check: "no-public-access", type: "AWS::SQS::Que" }),
      /AWS::SQS::Queue/,
    );
  });

  it("refuses what makes no sense", async () => {
    client.open(POLICY, policyOf(READ));
    const granted = (more: object): Params => ({ uri: POLICY, check: "access-not-granted", ...more });
    assert.match(await refusal(granted({})), /Say which actions/);
    assert.match(await refusal(granted({ actions: ["s3:GetObjekt"] })), /`s3:GetObject`/);
    assert.match(await refusal(granted({ resources: ["logs"] })), /not an ARN/);
    assert.match(await refusal({ uri: POLICY, check: "no-public-access" }), /no `Principal`/);
    assert.match(
      await refusal({ uri: POLICY, check: "no-new-access", against: { text: "{}" } }),
      /to compare with: This is not a policy/,
    );
    const gone = { texts: { [POLICY]: null } };
    assert.match(await refusal({ uri: POLICY, check: "no-new-access", against: gone }), /no such file/);
    client.open(
      POLICY,
      policyOf(READ.replace('"arn:aws:s3:::logs/*"', '{ "Fn::GetAtt": ["Bucket", "Arn"] }')),
    );
    assert.match(await refusal(granted({ actions: ["s3:*"] })), /template fills in/);
    client.open(POLICY, policyOf(READ).slice(0, 60));
    assert.match(await refusal(granted({ actions: ["s3:*"] })), /AWS would not take/);
  });

  it("lists the policies of a document, and which one the cursor is in", async () => {
    client.open(NOTES, notesOf(policyOf(READ), policyOf(PUBLIC)), "markdown");
    const within = async (line?: number) =>
      await ask("iamPolicy/policies", {
        uri: NOTES,
        ...(line !== undefined && { position: { line, character: 2 } }),
      });
    const { policies, at } = await within(14);
    assert.deepEqual(
      policies.map(({ name, onResource, checkedType }) => [name, onResource, checkedType]),
      [
        ["line 4", false, undefined],
        ["line 13", true, "AWS::SQS::Queue"],
      ],
    );
    assert.deepEqual([at, (await within(0)).at, (await within()).at], [1, undefined, undefined]);
    client.open(POLICY, policyOf(READ));
    assert.equal((await ask("iamPolicy/policies", { uri: POLICY })).at, 0);
  });
});
