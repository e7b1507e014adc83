/** Access Analyzer's findings beside ours: each mistake once, and only as long as the text is the one that it saw. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { AwsFinding, SubmittedPolicy } from "../../server/src/lint/online/policy-validator.js";
import type { AwsConnection } from "../../server/src/workspace/aws-connection.js";
import { startClient, type TestClient } from "./client.js";

const uri = "file:///workspace/policy.json";
const POLICY = `{
  "Version": "2012-10-17",
  "Statement": [
    { "Effect": "Allow", "Action": ["s3:GetObjekt", "sqs:SendMessage"], "Resource": "arn:aws:s3:::logs/*" }
  ]
}
`;

describe("validate with AWS", () => {
  let client: TestClient;
  let submitted: SubmittedPolicy[] = [];
  let answer: readonly AwsFinding[] = [];
  let meanwhile = async (): Promise<unknown> => undefined;

  before(async () => {
    const connection = {
      name: "AWS",
      region: "us-east-1",
      profile: undefined,
      close: () => undefined,
      validator: {
        validate: async (policy: SubmittedPolicy) => {
          submitted.push(policy);
          await meanwhile();
          return answer;
        },
      },
    };
    client = await startClient({
      aws: {
        connectAws: async () => connection as Partial<AwsConnection> as AwsConnection,
        listProfiles: async () => [],
      },
    });
    await client.connection.sendRequest("iamPolicy/useAws", {});
  });
  after(() => {
    client.stop();
    assert.deepEqual(client.log, []);
  });

  const shown = async () =>
    (await client.diagnostics(uri)).diagnostics.map(({ source, code }) => `${source}: ${code}`);
  const validate = () =>
    client.connection.sendRequest<{ findings: number; disagreements: number }>("iamPolicy/validate", { uri });
  const report = () => client.connection.sendRequest<string>("iamPolicy/disagreements", { uri });

  it("shows a mistake that both report once, and what AWS alone reports beside it", async () => {
    client.open(uri, POLICY);
    answer = [found("INVALID_ACTION", '"s3:GetObjekt"', 0), found("MISSING_VERSION", '"sqs:SendMessage"', 1)];
    submitted = [];
    const before = await shown();
    assert.ok(before.includes("IAM Policy: unknown-action"));
    const refreshed = client.nextDiagnostics(uri);
    assert.deepEqual(await validate(), { findings: 2, disagreements: 1, notAsked: [] });
    await refreshed;
    assert.deepEqual(
      submitted.map(({ type }) => type),
      ["IDENTITY_POLICY"],
    );
    assert.deepEqual((await shown()).sort(), [...before, "Access Analyzer: MISSING_VERSION"].sort());
    assert.match(await report(), /## `MISSING_VERSION`: AWS reports it, we do not/);
  });

  it("forgets what AWS said when the text changes", async () => {
    client.change(uri, POLICY.replace("logs", "longs"));
    assert.ok((await shown()).every((it) => it.startsWith("IAM Policy")));
    await assert.rejects(report(), /validate it first/);
  });

  it("drops an answer that comes too late", async () => {
    meanwhile = () => {
      client.change(uri, POLICY.replace("logs", "late"));
      return client.diagnostics(uri);
    };
    await assert.rejects(validate(), /has changed meanwhile/);
    meanwhile = async () => undefined;
    assert.ok((await shown()).every((it) => it.startsWith("IAM Policy")));
  });

  it("asks nothing about what is no policy", async () => {
    const other = "file:///workspace/package.json";
    client.open(other, '{ "name": "x" }');
    submitted = [];
    await assert.rejects(client.connection.sendRequest("iamPolicy/validate", { uri: other }), /No policy/);
    assert.deepEqual(submitted, []);
  });
});

function found(code: string, text: string, index: number): AwsFinding {
  const start = POLICY.indexOf(text);
  return {
    code,
    type: "ERROR",
    message: `AWS says ${code}.`,
    link: "https://docs.aws.amazon.com/",
    locations: [
      {
        path: [{ value: "Statement" }, { index: 0 }, { value: "Action" }, { index }],
        start,
        end: start + text.length,
      },
    ],
  };
}
