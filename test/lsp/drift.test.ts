/** Files beside the account as it was read: which differ, in which words, and what the tree's nodes have to do with it. */
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import type { DriftedDocument, DriftView, LiveAccountView } from "../../server/src/lsp/protocol.js";
import { emptySnapshot, HOME, observedAs } from "../account/change/accounts.js";
import { startClient, type TestClient } from "./client.js";

const allow = (Action: string) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action, Resource: "arn:aws:s3:::logs/*" }],
});
const TRUST = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } }],
};
/** As it is in the account, with everything in one file. */
const LIVE = {
  policies: { read: allow("s3:GetObject") },
  groups: { readers: { policies: ["read"] }, guests: {} },
  users: { ana: { groups: ["readers"], inline: { own: allow("s3:PutObject") }, tags: { team: "red" } } },
  roles: { app: { trust: TRUST, inline: { trust: allow("s3:GetObject") } } },
  buckets: { logs: null },
};
/** The same, with the policy in a file of its own. */
const FILE = { ...LIVE, policies: { read: "policies/read.json" } };
const ACCOUNT = "file:///work/iam-account.json";
const SNAPSHOT = "file:///work/live.snapshot.json";
const READ = "file:///work/policies/read.json";

describe("drift", () => {
  const files = new Map<string, string>();
  let client: TestClient;
  const ask = <T>(method: string, params: object = {}): Promise<T> =>
    client.connection.sendRequest(method, params);
  const write = (uri: string, value: unknown) => files.set(new URL(uri).pathname, JSON.stringify(value));
  const writeAccount = (file: object) => write(ACCOUNT, { account: HOME.accountId, ...file });
  const read = () => ask<LiveAccountView>("iamPolicy/liveAccount", { snapshot: SNAPSHOT });
  const drift = (accounts = [ACCOUNT]) => ask<DriftView>("iamPolicy/drift", { accounts });
  const drawn = async () =>
    (await drift()).differences.map(({ file, words }) => `${file.slice("file:///work/".length)}: ${words}`);

  before(async () => {
    client = await startClient({ files });
  });
  after(() => {
    client.stop();
    assert.deepEqual(client.log, []);
  });
  beforeEach(async () => {
    files.clear();
    write(SNAPSHOT, observedAs(LIVE));
    write(READ, allow("s3:GetObject"));
    writeAccount(FILE);
    await read();
  });

  it("reads a snapshot as the account, without asking AWS", async () => {
    const { from, account, nodes } = await read();
    assert.deepEqual([from, account], ["snapshot live.snapshot.json", HOME.accountId]);
    assert.deepEqual(
      nodes.map(({ label, detail }) => `${label} ${detail}`),
      ["Policies 1", "Groups 2", "Users 1", "Roles 1", "Buckets 1"],
    );
  });

  it("says nothing where all is the same, however it is written", async () => {
    const [statement] = allow("s3:getobject").Statement;
    write(READ, { Statement: statement, Version: "2012-10-17" });
    assert.deepEqual(await drift(), {
      differences: [],
      sources: [ACCOUNT, READ],
    });
  });

  it("names what differs, each in the file that says otherwise", async () => {
    write(READ, allow("s3:Get*"));
    writeAccount({
      ...FILE,
      groups: { readers: {}, writers: { policies: ["read"] } },
      users: {
        ana: {
          groups: [],
          inline: { own: allow("s3:DeleteObject"), more: allow("s3:x") },
          tags: { team: "blue" },
        },
      },
      roles: { app: { trust: TRUST } },
      buckets: { logs: allow("s3:GetObject") },
    });
    assert.deepEqual((await drawn()).sort(), [
      "iam-account.json: The attached policy `arn:aws:iam::111122223333:policy/read` of group `readers` is in the account, and not in the file.",
      "iam-account.json: The group `readers` of user `ana` is in the account, and not in the file.",
      "iam-account.json: The group `writers` is not in the account.",
      "iam-account.json: The inline policy `more` of user `ana` is not in the account.",
      "iam-account.json: The inline policy `own` of user `ana` says something else.",
      "iam-account.json: The inline policy `trust` of role `app` is in the account, and not in the file.",
      "iam-account.json: The policy document of bucket `logs` is not in the account.",
      "iam-account.json: The tag `team` of user `ana` is `red` in the account, and `blue` in the file.",
      "policies/read.json: The policy document of policy `read` says something else.",
    ]);
  });

  it("marks the nodes of the tree, up to their section, by ids that are there", async () => {
    writeAccount({
      ...FILE,
      users: { ana: { inline: { own: allow("s3:DeleteObject") }, tags: { team: "red" } } },
      roles: { app: { trust: allow("s3:x"), policies: ["read"] } },
    });
    const marked = (await drift()).differences.flatMap(({ nodes }) => nodes);
    const there = new Set<string>();
    const collect = ({ id, children }: LiveAccountView["nodes"][number]) => {
      assert.ok(!there.has(id), `${id} twice`);
      there.add(id);
      for (const it of children) collect(it);
    };
    for (const it of (await read()).nodes) collect(it);
    assert.deepEqual([...new Set(marked.filter((it) => there.has(it)))].sort(), [
      "group/readers>user/ana",
      "role/app",
      "role/app>role/app/inline/trust",
      "role/app>trust",
      "roles",
      "user/ana",
      "user/ana>group/readers",
      "user/ana>user/ana/own",
      "users",
    ]);
  });

  it("gives both texts of a document, and the file itself where it is nothing else", async () => {
    write(READ, allow("s3:Get*"));
    const both = (id: string) => ask<DriftedDocument>("iamPolicy/driftedDocument", { account: ACCOUNT, id });
    const policy = await both("policy/read");
    assert.deepEqual(JSON.parse(policy.live ?? ""), allow("s3:GetObject"));
    assert.deepEqual(policy.here, { uri: READ });
    const { live, here } = await both("user/ana/own");
    assert.deepEqual(here, { text: live });
    // An inline policy may be called like the trust policy.
    assert.deepEqual(JSON.parse((await both("role/app/inline/trust")).live ?? ""), allow("s3:GetObject"));
    assert.deepEqual(JSON.parse((await both("role/app/trust")).live ?? ""), TRUST);
    assert.deepEqual(await both("user/ben/own"), { live: null, here: null });
  });

  it("gives the text that a file with placeholders becomes", async () => {
    write(READ, allow("s3:<verb>*"));
    writeAccount({ ...FILE, variables: { verb: "Put" } });
    assert.deepEqual(await drawn(), [
      "policies/read.json: The policy document of policy `read` says something else.",
    ]);
    const { here } = await ask<DriftedDocument>("iamPolicy/driftedDocument", {
      account: ACCOUNT,
      id: "policy/read",
    });
    assert.ok(here !== null && "text" in here);
    assert.deepEqual(JSON.parse(here.text), allow("s3:Put*"));
  });

  it("says nothing about what is not finished, or about another account", async () => {
    write(READ, allow("s3:<verb>*"));
    assert.deepEqual(await drawn(), []);
    files.set("/work/policies/read.json", '{"Statement": [');
    assert.deepEqual(await drawn(), []);
    files.delete("/work/policies/read.json");
    assert.deepEqual(await drawn(), []);
    write(ACCOUNT, { account: "444455556666", users: { ben: {} } });
    assert.deepEqual(await drift(), { differences: [], sources: [ACCOUNT] });
    files.set("/work/iam-account.json", "{");
    assert.deepEqual(await drawn(), []);
    files.delete("/work/iam-account.json");
    assert.deepEqual(await drift(), { differences: [], sources: [ACCOUNT] });
  });

  it("of an empty account names everything once", async () => {
    write(SNAPSHOT, emptySnapshot(["logs"]));
    assert.equal((await read()).account, null);
    assert.equal((await drawn()).filter((it) => /user `ana`/.test(it)).length, 2);
  });

  it("is forgotten with the session that the account was read in", async () => {
    write(READ, allow("s3:Get*"));
    assert.equal((await drawn()).length, 1);
    await ask("iamPolicy/useAws", {});
    assert.deepEqual(await drift(), { differences: [], sources: [] });
    await assert.rejects(
      ask("iamPolicy/driftedDocument", { account: ACCOUNT, id: "policy/read" }),
      /Read the account first/,
    );
  });

  it("says what is no snapshot", async () => {
    for (const [text, words] of [
      ["{}", /not a snapshot/],
      ["[", /not JSON/],
    ] as const) {
      files.set("/work/live.snapshot.json", text);
      await assert.rejects(read(), words);
    }
    files.delete("/work/live.snapshot.json");
    await assert.rejects(read(), /There is no /);
  });
});
