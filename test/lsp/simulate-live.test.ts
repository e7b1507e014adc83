/** AWS's policy simulator asked from an editor: its answers in the shape of ours, and where the two disagree. */
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { TargetError } from "../../server/src/account/change/target.js";
import type { LiveAnswer, LiveQuestion } from "../../server/src/account/live/live-simulator.js";
import { simulate } from "../../server/src/evaluate/simulate.js";
import type { LiveComparison, MatrixAnswer, Simulation } from "../../server/src/lsp/protocol.js";
import { fakeConnection } from "../aws/fake-connection.js";
import { realCatalogue } from "../catalogue/real.js";
import { startClient, type TestClient } from "./client.js";

const account = "file:///workspace/iam-account.json";
const policy = "file:///workspace/read.json";
const ANA = "arn:aws:iam::111122223333:user/ana";
const OBJECT = "arn:aws:s3:::logs/a";
const ACCOUNT = `{
  "account": "111122223333",
  "policies": { "read": "read.json" },
  "users": { "ana": { "policies": ["read"] } },
  "roles": { "app": { "trust": "trust.json", "policies": ["read"] } },
  "buckets": { "logs": { "policy": "bucket.json" } }
}
`;
const READ = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Read",
      "Effect": "Allow",
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::logs/*"
    },
    {
      "Sid": "List",
      "Effect": "Allow",
      "Action": "s3:ListBucket",
      "Resource": "arn:aws:s3:::logs"
    }
  ]
}
`;
const TRUST = `{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": { "AWS": "${ANA}" }, "Action": "sts:AssumeRole" } }`;
const BUCKET = `{ "Version": "2012-10-17", "Statement": [{ "Sid": "Tls", "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": ["arn:aws:s3:::logs", "arn:aws:s3:::logs/*"], "Condition": { "Bool": { "aws:SecureTransport": "false" } } }] }`;

type Say = (question: LiveQuestion, action: string) => Partial<LiveAnswer>;

describe("AWS's simulator in the editor", () => {
  const files = new Map([
    ["/workspace/iam-account.json", ACCOUNT],
    ["/workspace/read.json", READ],
    ["/workspace/trust.json", TRUST],
    ["/workspace/bucket.json", BUCKET],
  ]);
  let client: TestClient;
  let asked: LiveQuestion[] = [];
  let say: Say;
  let meanwhile = async (): Promise<unknown> => undefined;
  const ask = <T>(method: string, params: object = {}): Promise<T> =>
    client.connection.sendRequest(method, params);
  const simulateLive = (params: object) => ask<Simulation>("iamPolicy/simulateLive", params);
  const compare = (params: object) => ask<LiveComparison>("iamPolicy/compareLive", params);

  before(async () => {
    const simulator = {
      simulate: async (question: LiveQuestion): Promise<readonly LiveAnswer[]> => {
        asked.push(question);
        await meanwhile();
        return question.actions.map((action) => ({
          action,
          resource: question.resource,
          decision: "implicitDeny",
          matched: [],
          missingContext: [],
          ...say(question, action),
        }));
      },
    };
    client = await startClient({
      files,
      aws: { connectAws: async () => fakeConnection({ simulator }), listProfiles: async () => [] },
    });
    await ask("iamPolicy/useAws", {});
  });
  beforeEach(() => {
    asked = [];
    say = () => ({});
  });
  after(() => {
    client.stop();
    assert.deepEqual(client.log, []);
  });

  const QUESTION = { account, as: "user/ana", action: "s3:GetObject", resource: OBJECT } as const;
  const marked = ({ reasons }: Simulation) =>
    reasons.map(({ sid, policy: name, deciding, place }) =>
      [name, sid, deciding, place && `${place.uri}:${place.range.start.line + 1}`].join(" "),
    );

  it("asks about somebody of the account, and marks the statement that AWS names by its place in the file", async () => {
    say = () => ({
      decision: "allowed",
      matched: [{ policy: "read", start: { line: 3, column: 17 }, end: { line: 9, column: 6 } }],
    });
    const answer = await simulateLive(QUESTION);
    assert.deepEqual(
      asked.map(({ who }) => who),
      [{ arn: ANA }],
    );
    assert.equal(asked[0]?.resourcePolicy?.caller, ANA);
    assert.equal(answer.headline, "✔ user/ana may s3:GetObject on arn:aws:s3:::logs/a: allowed, says AWS");
    assert.deepEqual(marked(answer), ["read Read true file:///workspace/read.json:4"]);
    assert.deepEqual(answer.live, { here: "allowed", report: "" });
    assert.match(
      answer.explanation,
      /^# ✔ Allowed, says AWS\n\nAWS's policy simulator was asked about `user\/ana`/,
    );
    assert.match(answer.explanation, /Offline we decide the same\./);
  });

  it("finds the statement in the text without blanks too, and names the policy where neither fits", async () => {
    const second = JSON.stringify(JSON.parse(READ)).indexOf('{"Sid":"List"');
    const end = JSON.stringify(JSON.parse(READ)).length - 1;
    const at = (start: number, stop: number) => ({
      decision: "allowed" as const,
      matched: [{ policy: "read", start: { line: 1, column: start }, end: { line: 1, column: stop } }],
    });
    say = () => at(second + 1, end);
    const list = { ...QUESTION, action: "s3:ListBucket", resource: "arn:aws:s3:::logs" };
    assert.deepEqual(marked(await simulateLive(list)), ["read List true file:///workspace/read.json:10"]);
    for (const [start, stop] of [
      [second + 20, end],
      [second + 1, end - 7],
    ] as const) {
      say = () => at(start, stop);
      assert.deepEqual(marked(await simulateLive(list)), ["read  true "]);
    }
    const answer = await simulateLive(list);
    assert.match(answer.explanation, /AWS names a statement of `read`, at line 1 of the text that it has/);
  });

  it("sends an unsaved document as it is written, whatever is on the disk", async () => {
    client.open("untitled:Untitled-1", READ.replace("s3:GetObject", "s3:PutObject"), "iam-policy");
    say = () => ({
      decision: "allowed",
      matched: [
        { policy: "PolicyInputList.1", start: { line: 1, column: 39 }, end: { line: 1, column: 128 } },
      ],
    });
    const { question, reasons, live } = await simulateLive({
      uri: "untitled:Untitled-1",
      action: "s3:PutObject",
      resource: OBJECT,
    });
    assert.equal(question.as, "policy/Untitled-1");
    const [{ who } = { who: { arn: "" } }] = asked;
    assert.ok("identity" in who && who.identity[0]?.includes("s3:PutObject"));
    assert.equal(reasons[0]?.place?.uri, "untitled:Untitled-1");
    assert.equal(reasons[0]?.place?.range.start.line, 3);
    assert.equal(live?.here, "allowed");
  });

  it("says what AWS decides otherwise, with a case that reproduces and tells nobody's names", async () => {
    say = () => ({ decision: "explicitDeny", matched: [{ policy: "ResourcePolicy" }] });
    const answer = await simulateLive(QUESTION);
    assert.equal(answer.decision, "explicitDeny");
    assert.deepEqual(
      asked.map(({ who }) => "arn" in who),
      [true, false],
      "it is asked once more about the policies as they are written",
    );
    assert.deepEqual(marked(answer), ["logs Tls true file:///workspace/bucket.json:1"]);
    assert.match(
      answer.explanation,
      /\*\*Offline we decide otherwise: allowed\.\*\* One of the two is wrong/,
    );
    const report = answer.live?.report ?? "";
    assert.doesNotMatch(report, /ana|logs|111122223333/);
    const [, request = ""] = /```json\n([\s\S]*?)\n```/.exec(report) ?? [];
    const again = simulate(JSON.parse(request), realCatalogue());
    assert.ok(again.ok);
    assert.equal(again.answer.decision, "allowed");
    assert.doesNotMatch(report, /what they were matters/);
  });

  it("tells an account that is not as the files say from a disagreement", async () => {
    say = ({ who }) => ({ decision: "arn" in who ? "implicitDeny" : "allowed" });
    const { decision, live, explanation } = await simulateLive(QUESTION);
    assert.deepEqual([decision, live], ["implicitDeny", { here: "allowed", report: "" }]);
    assert.match(explanation, /the account is not as the files say/);
  });

  it("says what AWS's simulator does not look at, and when the organisation is in the way", async () => {
    say = () => ({ decision: "implicitDeny", organization: false });
    const { explanation } = await simulateLive({ ...QUESTION, as: "role/app" });
    assert.match(explanation, /does not look at the resource's policy/);
    assert.match(explanation, /service control policies do not allow it/);
    const trust = {
      account,
      as: "user/ana",
      action: "sts:AssumeRole",
      resource: "arn:aws:iam::111122223333:role/app",
    };
    assert.match((await simulateLive(trust)).explanation, /does not look at trust policies/);
    assert.equal(asked.at(-1)?.resourcePolicy, undefined);
  });

  it("lists every disagreement of a principal, and nothing where there is none", async () => {
    say = ({ resource }, action) => {
      // The policies tell the bucket and its objects from any other.
      if (!resource.includes("logs")) return {};
      return action === "s3:ListBucket"
        ? { decision: "explicitDeny", matched: [{ policy: "deny-all" }] }
        : { decision: "allowed", matched: [{ policy: "read" }] };
    };
    const found = await compare({ account, as: ["user/ana"], context: { "aws:SecureTransport": "true" } });
    assert.deepEqual([found.asked, found.disagreements], [4, 1]);
    assert.match(found.document, /4 requests by `user\/ana`\. AWS's simulator decides 1 of them otherwise/);
    assert.match(
      found.document,
      /### `user\/ana` `s3:ListBucket` on `arn:aws:s3:::logs`\n\n- \*\*Here\*\* ✔ allowed\n {2}- `List` of `read` · \[read\.json:10\]\(file:\/\/\/workspace\/read\.json#L10\): .+\n- \*\*AWS\*\* ✖ denied\n {2}- AWS names a statement of `deny-all`/,
    );
    assert.match(found.report, /explicitDeny for AWS, allowed for us/);
    say = (_, action) => ({ decision: action === "s3:DeleteObject" ? "implicitDeny" : "allowed" });
    const none = await compare({
      uri: policy,
      actions: ["s3:GetObject", "s3:DeleteObject"],
      resources: [OBJECT],
    });
    assert.deepEqual([none.asked, none.disagreements, none.report], [2, 0, ""]);
  });

  it("compares whom it can, and says about what AWS was not asked", async () => {
    say = ({ who }) => {
      if ("arn" in who && who.arn.endsWith("role/app"))
        throw new TargetError("absent", "There is no role app.");
      return { decision: "allowed" };
    };
    const found = await compare({
      account,
      as: ["user/ana", "role/app"],
      actions: ["s3:GetObject"],
      resources: [OBJECT],
    });
    assert.deepEqual([found.asked, found.disagreements], [1, 0]);
    assert.match(
      found.document,
      /## Not compared\n\n- `role\/app` `s3:GetObject` on `arn:aws:s3:::logs\/a`: There is no role app\./,
    );
  });

  it("puts AWS's cells beside ours in the matrix, and ours where AWS does not answer", async () => {
    say = ({ who, resource }, action) => {
      if ("arn" in who && who.arn.endsWith("role/app"))
        throw new TargetError("absent", "There is no role app.");
      return {
        decision: resource.includes("logs") && action !== "s3:ListBucket" ? "allowed" : "implicitDeny",
      };
    };
    const columns = ["s3:GetObject", "s3:ListBucket"];
    const { head, rows } = await ask<MatrixAnswer>("iamPolicy/matrixLive", {
      account,
      as: ["user/ana", "role/app"],
      columns,
      resources: [],
    });
    assert.deepEqual([head.compared, head.comparedWith], [true, "AWS"]);
    assert.deepEqual(rows, [
      { principal: "user/ana", cells: "◐◐", before: "◐·" },
      { principal: "role/app", cells: "◐◐", before: "◐◐" },
    ]);
    assert.deepEqual(head.problems, ["4 requests not compared: There is no role app."]);
    const one = { account, as: ["user/ana"], columns, resources: [OBJECT] };
    const single = await ask<MatrixAnswer>("iamPolicy/matrixLive", one);
    assert.deepEqual(single.rows, [{ principal: "user/ana", resource: OBJECT, cells: "✔·", before: "✔·" }]);
  });

  it("refuses in words: who cannot be asked, what AWS denies, an action that there is none", async () => {
    await assert.rejects(
      simulateLive({ ...QUESTION, as: "anonymous" }),
      /answers for users, groups and roles/,
    );
    await assert.rejects(simulateLive({ ...QUESTION, as: "root" }), /answers for users, groups and roles/);
    await assert.rejects(simulateLive({ ...QUESTION, action: "s3:GetObjekt" }), /no action `s3:GetObjekt`/);
    await assert.rejects(
      simulateLive({ uri: "file:///workspace/trust.json", action: "sts:AssumeRole" }),
      /does not look at trust policies/,
    );
    say = () => {
      throw new TargetError("denied", "You may not call iam:SimulatePrincipalPolicy.");
    };
    await assert.rejects(simulateLive(QUESTION), /You may not call iam:SimulatePrincipalPolicy/);
    await assert.rejects(compare({ account, as: ["user/ana"] }), /You may not call/);
  });

  it("drops an answer about a text that has changed meanwhile", async () => {
    client.open(policy, READ);
    meanwhile = () => {
      client.change(policy, READ.replace("Allow", "Deny"));
      return ask("iamPolicy/kinds");
    };
    await assert.rejects(
      simulateLive({ uri: policy, action: "s3:GetObject", resource: OBJECT }),
      /has changed meanwhile/,
    );
  });
});
