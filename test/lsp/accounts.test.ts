/** Questions about accounts as an editor asks them: places, unsaved texts, parts, and what other editors can reach. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import type {
  AccountMethod,
  AccountRequests,
  MatrixPart,
  Simulation,
} from "../../server/src/workspace/account-questions.js";
import { startClient, type TestClient } from "./client.js";

const ROOT = "examples/workspace/corrected";
const files = new Map(
  [ROOT, `${ROOT}/policies`].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith(".json"))
      .map((name): [string, string] => [
        `/workspace${folder.slice(ROOT.length)}/${name}`,
        readFileSync(`${folder}/${name}`, "utf8"),
      ]),
  ),
);
const ACCOUNT = "file:///workspace/iam-account.json";
const ANALYST = "file:///workspace/policies/analyst_access.json";
const ROLE_TABLE = "file:///workspace/role-table.access-test.json";

describe("questions about accounts", () => {
  let client: TestClient;
  before(async () => {
    client = await startClient({
      files,
      initializationOptions: { checkWorkspace: false, policyCommands: ["iamPolicy.simulate"] },
    });
  });
  after(() => client.stop());

  const ask = <M extends AccountMethod>(
    method: M,
    params: AccountRequests[M]["params"] & { readonly partialResultToken?: string },
  ): Promise<AccountRequests[M]["result"]> => client.connection.sendRequest(method, params);

  const simulate = async (params: AccountRequests["iamPolicy/simulate"]["params"]): Promise<Simulation> => {
    const answer = await ask("iamPolicy/simulate", params);
    assert.ok(answer.ok, answer.ok ? "" : answer.message);
    return answer;
  };
  const textAt = (uri: string, range: Simulation["reasons"][number]["place"]) => {
    const text = files.get(uri.slice("file://".length)) ?? "";
    return text.split("\n")[range?.range.start.line ?? -1]?.slice(range?.range.start.character);
  };

  it("decides, and shows the statement that does and the element that is in the way", async () => {
    const allowed = await simulate({
      account: ACCOUNT,
      as: "user/analyst-one",
      action: "s3:GetObject",
      resource: "arn:aws:s3:::one-source/bronze_layer/a.csv",
    });
    assert.equal(allowed.decision, "allowed");
    const deciding = allowed.reasons.filter((it) => it.deciding);
    assert.ok(deciding.length > 0 && deciding.every(({ matched, effect }) => matched && effect === "Allow"));
    assert.ok(deciding.every(({ place }) => place?.uri.startsWith("file:///workspace/policies/")));
    assert.match(allowed.explanation, /^# ✔ Allowed/);
    assert.match(allowed.explanation, /\]\(file:\/\/\/workspace\/policies\/[a-z_]+\.json#L\d+\)/);

    const denied = await simulate({
      account: ACCOUNT,
      as: "user/analyst-one",
      action: "s3:GetObject",
      resource: "arn:aws:s3:::one-source/landing_zone/a.csv",
    });
    assert.equal(denied.decision, "implicitDeny");
    const near = denied.reasons.find(({ element }) => element !== undefined);
    assert.match(textAt(near?.element?.uri ?? "", near?.element) ?? "", /^"Resource"/);
  });

  it("asks about a resource of its own where none is named, and says how others turn out", async () => {
    const { question, explanation } = await simulate({
      account: ACCOUNT,
      as: "user/analyst-one",
      action: "s3:GetObject",
    });
    assert.match(question.resource, /^arn:aws:s3:::/);
    assert.match(explanation, /## On other resources\n\n- [✔·✖]/);
    assert.match(explanation, /^# .*\n\nOn other resources it is decided otherwise, see below\.\n/);
  });

  it("asks about a policy alone: anyone who has it, or whom it names", async () => {
    const identity = await simulate({
      uri: ANALYST,
      action: "s3:GetObject",
      resource: "arn:aws:s3:::one-source/bronze_layer/a.csv",
    });
    assert.match(identity.headline, /anyone with this policy/);
    const bucket = "file:///workspace/bucket.json";
    client.open(
      bucket,
      `{"Version":"2012-10-17","Statement":[
        {"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::444455556666:user/ana"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::logs/*"}]}`,
    );
    const of = (as?: string) => simulate({ uri: bucket, action: "s3:GetObject", ...(as && { as }) });
    assert.equal((await of()).question.as, "arn:aws:iam::444455556666:user/ana");
    assert.equal((await of()).decision, "allowed");
    assert.equal((await of("arn:aws:iam::444455556666:user/bob")).decision, "implicitDeny");
    assert.equal((await of("anonymous")).decision, "implicitDeny");
    const trust = "untitled:trust";
    client.open(
      trust,
      `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}`,
    );
    const assumed = await simulate({ uri: trust });
    assert.deepEqual([assumed.decision, assumed.question.as], ["allowed", "lambda.amazonaws.com"]);
    assert.equal(assumed.reasons[0]?.place?.uri, trust);
    const scp = "file:///workspace/scps/region.json";
    client.open(
      scp,
      `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"organizations:LeaveOrganization","Resource":"*"}]}`,
    );
    assert.equal(
      (await simulate({ uri: scp, action: "organizations:LeaveOrganization" })).decision,
      "explicitDeny",
    );
    assert.equal((await simulate({ uri: scp, action: "s3:ListAllMyBuckets" })).decision, "allowed");
  });

  it("asks about the policies of a document one by one, where they stand in it", async () => {
    const notes = "file:///workspace/notes.md";
    client.open(
      notes,
      [
        "# Notes",
        "```json",
        '{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*" }] }',
        "```",
        "and",
        "```json",
        '{ "Version": "2012-10-17",',
        '  "Statement": [{ "Effect": "Deny", "Action": "s3:GetObject", "Resource": "*" }] }',
        "```",
        "",
      ].join("\n"),
      "markdown",
    );
    const question = { uri: notes, action: "s3:GetObject", resource: "arn:aws:s3:::logs/a" };
    const [first, second] = [await simulate(question), await simulate({ ...question, policy: 1 })];
    assert.deepEqual([first.decision, second.decision], ["allowed", "explicitDeny"]);
    assert.deepEqual(
      [first, second].map(({ reasons }) => reasons[0]?.place?.range.start.line),
      [2, 7],
    );
    const refused = await ask("iamPolicy/simulate", { ...question, policy: 2 });
    assert.ok(!refused.ok && /holds no policy/.test(refused.message));
  });

  it("says in words what cannot be asked", async () => {
    const message = async (params: AccountRequests["iamPolicy/simulate"]["params"]) => {
      const answer = await ask("iamPolicy/simulate", params);
      assert.ok(!answer.ok);
      return answer.message;
    };
    assert.match(await message({ account: ACCOUNT, as: "user/analyst-on" }), /Did you mean `analyst-one`\?/);
    assert.match(
      await message({ account: ACCOUNT, as: "user/analyst-one", action: "s3:GetObjekt" }),
      /AWS has no action/,
    );
    assert.match(
      await message({ account: ACCOUNT, as: "user/analyst-one", action: "s3:GetObject", resource: "logs" }),
      /not an ARN/,
    );
    assert.match(await message({ account: "file:///workspace/gone.json" }), /no such file/);
    const broken = "file:///workspace/broken.json";
    client.open(broken, `{"Version":"2012-10-17" "Statement":[]}`);
    assert.match(await message({ uri: broken }), /AWS would not take broken\.json \(missing-comma\)/);
  });

  it("answers the rest of an account with holes, and says where each hole is", async () => {
    const account = "file:///workspace/holes/iam-account.json";
    const tests = "file:///workspace/holes/holes.access-test.json";
    const inline = (Effect: string) => ({
      p: { Version: "2012-10-17", Statement: [{ Effect, Action: "s3:GetObject", Resource: "*" }] },
    });
    const users = {
      fine: { inline: inline("Allow") },
      refused: { inline: inline("allow") },
      lost: { policies: ["gone"] },
      dangling: { groups: ["nobody"] },
      itself: { inline: { p: "iam-account.json" } },
    };
    const content = { account: "111122223333", policies: { gone: "gone.json" }, users };
    client.open(account, JSON.stringify(content), "jsonc");
    const asked = { can: ["s3:GetObject"], on: ["arn:aws:s3:::logs/a"] };
    client.open(
      tests,
      JSON.stringify({
        account: "iam-account.json",
        tests: [
          ...[...Object.keys(users), "stranger"].map((name) => ({ name, as: [`user/${name}`], ...asked })),
          { name: "no ARN", as: ["user/fine"], ...asked, on: ["logs/a"] },
          { name: "no action", as: ["user/fine"], ...asked, can: ["s3:GetObjekt"] },
        ],
      }),
      "jsonc",
    );
    const { results } = await ask("iamPolicy/runAccessTests", { files: [{ uri: tests }] });
    const outcomes = results.map(({ outcome, messages }) => [outcome, messages[0]?.message ?? ""] as const);
    for (const [index, said] of [
      /^$/,
      /iam-account\.json \/users\/refused\/inline\/p\/Statement\/0\/Effect: AWS would not take/,
      /iam-account\.json \/policies\/gone: There is no file `gone\.json`/,
      /iam-account\.json \/users\/dangling\/groups\/0: There is no group `nobody`/,
      /iam-account\.json \/users\/itself\/inline\/p: `iam-account\.json` is this account/,
      /There is no user `stranger`/,
      /`logs\/a` is not an ARN/,
      /AWS has no action `s3:GetObjekt`/,
    ].entries()) {
      assert.match(outcomes[index]?.[1] ?? "", said);
      assert.equal(outcomes[index]?.[0], index === 0 ? "passed" : "error");
    }
    const matrix = await ask("iamPolicy/matrix", { account, columns: ["s3:GetObject"] });
    assert.ok("rows" in matrix);
    assert.deepEqual(
      matrix.rows.map(({ principal, cells }) => `${principal} ${cells}`),
      ["user/fine ✔", "user/refused ?", "user/lost ?", "user/dangling ?", "user/itself ?"],
    );
    assert.equal(matrix.head.problems.length, 4);
    const elsewhere = "file:///workspace/holes/users.json";
    client.open(elsewhere, `{"Users":[{"UserName":"ana"}]}`);
    const diff = await ask("iamPolicy/diff", { uri: account, against: { uri: elsewhere } });
    assert.ok(!diff.ok && /users\.json: This is the output of `aws iam list-users`/.test(diff.message));
    for (const uri of [account, tests, elsewhere])
      await client.connection.sendNotification("textDocument/didClose", { textDocument: { uri } });
  });

  it("takes what editors hold before what is on disk, and forgets nothing it should not", async () => {
    const question = {
      account: ACCOUNT,
      as: "user/analyst-one",
      action: "s3:DeleteBucket",
      resource: "arn:aws:s3:::one-source",
    };
    assert.equal((await simulate(question)).decision, "implicitDeny");
    client.open(
      ANALYST,
      `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:DeleteBucket","Resource":"*"}]}`,
    );
    assert.equal((await simulate(question)).decision, "allowed");
    client.change(
      ANALYST,
      `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:DeleteBucket","Resource":"*"}]}`,
    );
    assert.equal((await simulate(question)).decision, "explicitDeny");
    const diff = await ask("iamPolicy/diff", { uri: ANALYST, against: "saved" });
    assert.ok(diff.ok && diff.gained === 0 && diff.lost > 0, JSON.stringify(diff));
    await client.connection.sendNotification("textDocument/didClose", { textDocument: { uri: ANALYST } });
    assert.equal((await simulate(question)).decision, "implicitDeny");
  });

  it("offers who, what, on what and under which circumstances", async () => {
    const choices = await ask("iamPolicy/simulateChoices", {
      uri: ANALYST,
      account: ACCOUNT,
      action: "iam:PassRole",
    });
    assert.deepEqual(
      choices.accounts.map(({ name, mentions }) => [name, mentions]),
      [["iam-account.json", true]],
    );
    assert.deepEqual(
      choices.principals.filter(({ suggested }) => suggested).map(({ as }) => as),
      ["user/analyst-one", "group/analyst", "policy/analyst_access"],
    );
    assert.ok(choices.principals.some(({ as }) => as === "anonymous"));
    assert.ok(choices.actions.some(({ action, named }) => action === "iam:PassRole" && named));
    assert.ok(choices.resources.every((it) => /^arn:aws:iam::111122223333:role\//.test(it)));
    const passed = choices.context.find(({ key }) => key === "iam:PassedToService");
    assert.ok(passed?.values.includes("lambda.amazonaws.com"), JSON.stringify(choices.context));
    assert.deepEqual(passed?.policies, ["analyst_access"]);
    const region = await ask("iamPolicy/simulateChoices", {
      uri: ANALYST,
      account: ACCOUNT,
      action: "ec2:RunInstances",
    });
    assert.ok(region.context.every(({ suggested }) => suggested !== undefined));
  });

  it("offers everybody where no policy can be read, and says which one is in the way", async () => {
    const account = "file:///workspace/iam-account.json";
    const broken =
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:GetObject" "s3:PutObject"],"Resource":"*"}]}';
    const uris = ["admin_access", "engineer_access", "analyst_access"].map(
      (it) => `file:///workspace/policies/${it}.json`,
    );
    for (const uri of uris) client.open(uri, broken);
    const choices = await ask("iamPolicy/simulateChoices", { account, as: "user/analyst-one" });
    for (const uri of uris)
      await client.connection.sendNotification("textDocument/didClose", { textDocument: { uri } });
    assert.ok(choices.principals.some(({ as }) => as === "user/analyst-one"));
    assert.deepEqual(choices.actions, []);
    assert.match(choices.problems[0] ?? "", /policies\/admin_access\.json .*missing-comma/);
  });

  it("offers a user's own name where a policy asks for it", async () => {
    client.open(
      ANALYST,
      `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ec2:StartInstances","Resource":"*",
        "Condition":{"StringEquals":{"aws:ResourceTag/owner":"\${aws:username}"}}}]}`,
    );
    const { context } = await ask("iamPolicy/simulateChoices", {
      uri: ANALYST,
      account: ACCOUNT,
      as: "user/analyst-one",
      action: "ec2:StartInstances",
    });
    await client.connection.sendNotification("textDocument/didClose", { textDocument: { uri: ANALYST } });
    const owner = context.find(({ key }) => key === "aws:ResourceTag/owner");
    assert.equal(owner?.suggested, "analyst-one");
    assert.ok(owner?.values.every((it) => !it.includes("$")));
  });

  it("sends a matrix in parts, beside the saved state, and writes it down", async () => {
    const parts: MatrixPart[] = [];
    const token = "matrix-1";
    client.connection.onNotification(
      "$/progress",
      ({ token: of, value }: { token: string; value: MatrixPart }) => {
        if (of === token) parts.push(value);
      },
    );
    const admin = "file:///workspace/policies/admin_access.json";
    client.open(
      admin,
      `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}`,
    );
    const columns = ["s3:GetObject", "iam:CreateUser"];
    const answer = await ask("iamPolicy/matrix", {
      account: ACCOUNT,
      columns,
      compare: "saved",
      partialResultToken: token,
    });
    assert.ok("head" in answer);
    assert.deepEqual(answer.rows, []);
    const rows = parts.flatMap((it) => ("rows" in it ? it.rows : []));
    assert.deepEqual(
      rows.map(({ principal }) => principal),
      ["user/admin-one", "user/engineer-one", "user/analyst-one", "role/pipeline"],
    );
    assert.deepEqual(answer.head.columns, columns);
    assert.equal(rows[0]?.cells, "✔·");
    assert.equal(rows[0]?.before?.[1], "✔");
    assert.equal(rows[3]?.cells, rows[3]?.before);
    const whole = await ask("iamPolicy/matrix", { account: ACCOUNT, by: "service" });
    assert.ok("head" in whole && whole.head.columns.includes("s3") && whole.rows.length === 4);
    const { principals, resources } = answer.head;
    const report = (format: "csv" | "markdown" | "svg") =>
      ask("iamPolicy/matrixReport", { format, principals, columns, resources, rows });
    assert.match(await report("csv"), /^action,resource,user\/admin-one/);
    assert.match(await report("markdown"), /\| `iam:CreateUser` \| · not allowed \|/);
    assert.match(
      await report("svg"),
      /^<svg [^>]*role="img"[\s\S]*<title>user\/admin-one iam:CreateUser: not allowed<\/title>/,
    );
    await client.connection.sendNotification("textDocument/didClose", { textDocument: { uri: admin } });
  });

  it("finds access tests, runs them, and names the statement behind a failure", async () => {
    const found = await ask("iamPolicy/accessTests", {});
    assert.deepEqual(found.map(({ name }) => name).sort(), [
      "admin.access-test.json",
      "role-table.access-test.json",
    ]);
    const table = found.find(({ uri }) => uri === ROLE_TABLE);
    const [first] = table?.tests ?? [];
    assert.equal(
      textAt(ROLE_TABLE, first && { uri: ROLE_TABLE, range: first.range })?.slice(0, 20),
      '{ "name": "01 View I',
    );
    const all = await ask("iamPolicy/runAccessTests", {
      files: found.map(({ uri }) => ({ uri })),
      coverage: true,
    });
    assert.ok(all.results.length > 30 && all.results.every(({ outcome }) => outcome === "passed"));
    assert.ok(all.sources.includes(ANALYST));
    const statements = all.coverage?.flatMap((it) => it.statements) ?? [];
    assert.ok(statements.some(({ covered }) => covered) && statements.length > 20);

    client.open(
      ANALYST,
      `{"Version":"2012-10-17","Statement":[{"Sid":"No","Effect":"Deny","Action":"*","Resource":"*"}]}`,
    );
    const pointers = table?.tests.filter(({ name }) => name.startsWith("01") && name.endsWith("analyst"));
    const { results } = await ask("iamPolicy/runAccessTests", {
      files: [{ uri: ROLE_TABLE, pointers: pointers?.map(({ pointer }) => pointer) ?? [] }],
    });
    assert.equal(results.length, 1);
    const [message] = results[0]?.messages ?? [];
    assert.equal(results[0]?.outcome, "failed");
    assert.deepEqual([message?.expected, message?.actual], ["allowed", "explicitDeny"]);
    assert.equal(message?.place?.uri, ANALYST);
    assert.match(message?.message ?? "", /Statement `No` of `analyst_access`/);
    await client.connection.sendNotification("textDocument/didClose", { textDocument: { uri: ANALYST } });
  });

  it("compares every policy of a document that holds several", async () => {
    const uri = `${ANALYST.slice(0, ANALYST.lastIndexOf("/"))}/several.md`;
    const policyOf = (action: string) =>
      `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"${action}","Resource":"*"}]}`;
    const fence = (action: string) => `\`\`\`json\n${policyOf(action)}\n\`\`\`\n`;
    const document = (...actions: readonly string[]) => actions.map(fence).join("\nand\n\n");
    client.open(uri, document("s3:GetObject", "sqs:SendMessage"), "markdown");
    const against = { texts: { [uri]: document("s3:GetObject", "sqs:ReceiveMessage") } };
    const diff = await ask("iamPolicy/diff", { uri, against });
    assert.ok(diff.ok && diff.gained === 1 && diff.lost === 1, JSON.stringify(diff));
    assert.match(
      diff.document,
      /^## `line 8`\n\n### anyone with this policy\n\n- \*\*gains\*\* `sqs:SendMessage`/m,
    );
    assert.match(diff.document, /^Unchanged: `line 2`\.$/m);
    assert.doesNotMatch(diff.document, /s3:GetObject/);
    const broken = { texts: { [uri]: document("s3:GetObject", 'sqs:"Receive') } };
    const refused = await ask("iamPolicy/diff", { uri, against: broken });
    assert.ok(!refused.ok && /AWS would not take/.test(refused.message), JSON.stringify(refused));
    await client.connection.sendNotification("textDocument/didClose", { textDocument: { uri } });
  });

  it("compares with texts that are given, and says of which files an account is made", async () => {
    const made = await ask("iamPolicy/sources", { uri: ACCOUNT });
    assert.ok(made.includes(ACCOUNT) && made.includes(ANALYST));
    const texts = {
      [ANALYST]: `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}`,
    };
    const diff = await ask("iamPolicy/diff", { uri: ACCOUNT, against: { texts }, title: "HEAD" });
    assert.ok(diff.ok && diff.lost > 0, JSON.stringify(diff));
    assert.match(diff.document, /^# Access: iam-account\.json\n\nFrom HEAD to `iam-account\.json` as it is/);
    assert.match(diff.document, /## user\/analyst-one\n\n- \*\*loses\*\*/);
    assert.match(diff.document, /^Unchanged: .*`user\/engineer-one`/m);
    assert.doesNotMatch(diff.document, /## user\/engineer-one/);
    const gone = await ask("iamPolicy/diff", { uri: ANALYST, against: { texts: { [ANALYST]: null } } });
    assert.ok(!gone.ok && /^In the version to compare with/.test(gone.message), JSON.stringify(gone));
  });

  it("knows AWS's managed policies from a file, also after that has changed", async () => {
    const arn = "arn:aws:iam::aws:policy/ReadOnlyAccess";
    const own = new Map([
      [
        "/workspace/iam-account.json",
        JSON.stringify({ account: "111122223333", users: { ana: { policies: [arn] } } }),
      ],
    ]);
    const other = await startClient({
      files: own,
      initializationOptions: { checkWorkspace: false, managedPolicies: "/aws/policies.json" },
    });
    const decision = async (): Promise<string> => {
      const question = { account: ACCOUNT, as: "user/ana", action: "s3:ListAllMyBuckets", resource: "*" };
      const answer: AccountRequests["iamPolicy/simulate"]["result"] = await other.connection.sendRequest(
        "iamPolicy/simulate",
        question,
      );
      return answer.ok ? answer.decision : answer.message;
    };
    const document = (action: string) => ({
      Statement: [{ Effect: "Allow", Action: action, Resource: "*" }],
    });
    assert.match(await decision(), /`iamPolicy\.managedPolicies`/);
    assert.match(
      other.shown[0] ?? "",
      /^The setting iamPolicy\.managedPolicies: .*policies\.json: There is no/,
    );
    own.set("/aws/policies.json", JSON.stringify({ [arn]: document("s3:List*") }));
    assert.equal(await decision(), "allowed");
    own.set("/aws/policies.json", JSON.stringify({ [arn]: document("ec2:*") }));
    assert.equal(await decision(), "implicitDeny");
    other.stop();
  });

  it("is there for other editors too, as commands", async () => {
    const answer: Simulation = await client.connection.sendRequest("workspace/executeCommand", {
      command: "iamPolicy/simulate",
      arguments: [{ account: ACCOUNT, as: "user/analyst-one", action: "iam:CreateUser", resource: "*" }],
    });
    assert.equal(answer.decision, "implicitDeny");
  });

  it("puts Simulate above a policy, for a client that has it", async () => {
    const uri = "file:///workspace/policies/engineer_access.json";
    client.open(uri, files.get("/workspace/policies/engineer_access.json") ?? "");
    const lenses: { command: { command: string; arguments?: unknown } }[] =
      await client.connection.sendRequest("textDocument/codeLens", { textDocument: { uri } });
    const own = lenses.filter(({ command }) => command.command === "iamPolicy.simulate");
    assert.deepEqual(
      own.map(({ command }) => command.arguments),
      [[{ uri, policy: 0 }]],
    );
  });

  it("stops when the answer is no longer wanted", async () => {
    const controller = await import("vscode-languageserver-protocol/node");
    const source = new controller.CancellationTokenSource();
    const asked = client.connection.sendRequest(
      "iamPolicy/matrix",
      { account: ACCOUNT, by: "service" },
      source.token,
    );
    source.cancel();
    await assert.rejects(asked, /cancelled/i);
  });
});
