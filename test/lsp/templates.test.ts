/** Templates and small changes of account files, as an editor asks for them. */
import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "node:test";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { Requests } from "../../server/src/lsp/protocol.js";
import { startClient, type TestClient } from "./client.js";

const FOLDER = "file:///workspace/aws";
const ACCOUNT = `${FOLDER}/iam-account.json`;
const TEXT = `{
  // Ours.
  "account": "111122223333",
  "variables": { "name": "one" },
  "policies": { "engineer_access": "policies/engineer_access.json" },
  "groups": { "engineer": { "policies": ["engineer_access"] } },
  "users": { "engineer-<name>": { "groups": ["engineer"] } } // all of us
}
`;

describe("templates in an editor", () => {
  let client: TestClient;
  beforeEach(async () => {
    client = await startClient({ files: new Map([["/workspace/aws/iam-account.json", TEXT]]) });
  });
  afterEach(() => client.stop());

  const ask = <M extends keyof Requests>(method: M, params: Requests[M]["params"]) =>
    client.connection.sendRequest<Requests[M]["result"]>(method, params);
  const change = async (wanted: Requests["iamPolicy/editAccount"]["params"]["change"]) => {
    const result = await ask("iamPolicy/editAccount", { account: ACCOUNT, change: wanted });
    if ("problem" in result) return result.problem;
    return TextDocument.applyEdits(TextDocument.create(ACCOUNT, "jsonc", 1, TEXT), [result.edit]);
  };

  it("lists those that there are, with what they ask", async () => {
    const { templates, problems } = await ask("iamPolicy/templates", {});
    assert.deepEqual(problems, []);
    const bucket = templates.find(({ name }) => name === "bucket-tls-only");
    assert.deepEqual(
      bucket?.variables.map(({ name, title, example }) => [name, title, example]),
      [
        ["aws-account-id", "Account id", "111122223333"],
        ["bucket", "Bucket", "one-tls-only"],
      ],
    );
  });

  it("proposes what the account remembers, and says what is missing and wrong", async () => {
    const params = { template: "engineer-group", folder: FOLDER, values: { name: "a/b" } };
    const found = await ask("iamPolicy/expandTemplate", params);
    assert.deepEqual(found?.proposed, { "aws-account-id": "111122223333", name: "one" });
    assert.deepEqual(found?.missing, ["region"]);
    assert.deepEqual(
      found?.problems.map(({ variable }) => variable),
      ["name"],
    );
    assert.deepEqual([found?.files, found?.sound], [[], false]);
  });

  it("says what it would write, with the edit of the account as it stands in the editor", async () => {
    const open = TEXT.replace("// Ours.", "// Ours, not saved yet.");
    client.open(ACCOUNT, open, "jsonc");
    const params = { template: "admin-group", folder: FOLDER, values: { region: "eu-west-1" } };
    const found = await ask("iamPolicy/expandTemplate", params);
    assert.equal(found?.sound, true);
    assert.deepEqual(
      found?.files.map(({ path, state }) => [path, state]),
      [
        ["iam-account.json", "changed"],
        ["policies/admin_access.json", "new"],
        ["tests/admin-group.access-test.json", "new"],
        ["iam-policy.config.json", "new"],
      ],
    );
    const [account, policy] = found?.files ?? [];
    assert.equal(policy?.uri, `${FOLDER}/policies/admin_access.json`);
    const edited = TextDocument.applyEdits(TextDocument.create(ACCOUNT, "jsonc", 1, open), [account!.edit!]);
    assert.equal(edited, account?.text);
    assert.match(edited, /\/\/ Ours, not saved yet\.[\s\S]*"admin-one"/);
  });

  it("shows what is there already and says something else", async () => {
    client.files.set("/workspace/aws/policies/admin_access.json", "{}\n");
    const params = { template: "admin-group", folder: FOLDER, values: { region: "eu-west-1" } };
    const found = await ask("iamPolicy/expandTemplate", params);
    assert.equal(found?.sound, false);
    const file = found?.files.find(({ state }) => state === "different");
    assert.match(file?.difference ?? "", /^- \{\}\n\+ \{\n/);
  });

  it("knows no template of another name, and no folder that is none", async () => {
    assert.equal(await ask("iamPolicy/expandTemplate", { template: "x", folder: FOLDER, values: {} }), null);
    const untitled = { template: "admin-group", folder: "untitled:x", values: {} };
    assert.equal(await ask("iamPolicy/expandTemplate", untitled), null);
  });

  it("names who is in an account, placeholders filled", async () => {
    assert.deepEqual(await ask("iamPolicy/accountNames", { account: ACCOUNT }), {
      users: ["engineer-one"],
      groups: ["engineer"],
      policies: ["engineer_access"],
    });
    assert.equal(await ask("iamPolicy/accountNames", { account: "file:///none.json" }), null);
  });

  it("adds users to groups", async () => {
    const text = await change({ type: "addUserToGroup", user: "ana", group: "engineer" });
    assert.match(text, /\/\/ Ours\./);
    assert.match(text, /"engineer-<name>": \{ "groups": \["engineer"\] \}, "ana": \{/);
    assert.equal(
      await change({ type: "addUserToGroup", user: "engineer-one", group: "engineer" }),
      "`engineer-one` is in `engineer` already.",
    );
    assert.equal(
      await change({ type: "addUserToGroup", user: "ana", group: "enginer" }),
      "There is no group `enginer` in the account. Did you mean `engineer`?",
    );
    assert.match(await change({ type: "addUserToGroup", user: "a b", group: "engineer" }), /has ` ` in it/);
  });

  it("adds groups", async () => {
    const group = {
      type: "newGroup",
      group: "analyst",
      policies: ["engineer_access"],
      users: ["ana"],
    } as const;
    const text = await change(group);
    assert.match(text, /"analyst": \{ "policies": \["engineer_access"\] \}/);
    assert.match(text, /"ana": \{ "groups": \["analyst"\] \}/);
    assert.equal(await change({ ...group, group: "engineer" }), "There is a group `engineer` already.");
    assert.match(await change({ ...group, group: "a/b" }), /has a slash/);
    assert.match(
      await change({ ...group, policies: ["enginer_access"] }),
      /Did you mean `engineer_access`\?/,
    );
    assert.match(await change({ ...group, users: ["a b"] }), /has ` ` in it/);
    assert.match(
      await change({ ...group, policies: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] }),
      /ReadOnlyAccess/,
    );
  });

  it("refuses to edit what is no account", async () => {
    client.open(ACCOUNT, "[", "jsonc");
    assert.equal(
      await change({ type: "addUserToGroup", user: "ana", group: "x" }),
      "This is no account file.",
    );
  });
});
