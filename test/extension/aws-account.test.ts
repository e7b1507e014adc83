/** An AWS account read in the real editor: its versions, its snapshot, its check, and what is said where AWS refuses. */
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";
import type { Api } from "../../client/src/extension.js";
import type { AccountNode } from "../../server/src/lsp/protocol.js";
import { ACCOUNT } from "../aws/stand-in/account.js";
import type { StandIn } from "../aws/stand-in/server.js";
import { closeAll, crashServer, eventually, extension, open, told } from "./editor.js";
import { withStandIn } from "./stand-in.js";

const REPORT = vscode.Uri.from({ scheme: "iam-policy-text", path: "/AWS Account Check.md" });

describe("An AWS account in the real editor", () => {
  let api: Api;
  before(async () => {
    api = await extension();
  });
  afterEach(closeAll);

  const run = (command: string, ...args: unknown[]): Thenable<unknown> =>
    vscode.commands.executeCommand(`iamPolicy.${command}`, ...args);
  const withAccount = (use: (standIn: StandIn) => Promise<void>) => withStandIn(use, ACCOUNT);

  it("compares the version in force with an older one, where there is one", async () => {
    await withAccount(async () => {
      await run("refreshAccount");
      await run("compareLiveVersions", nodeOf(api, "policy/read"), "v1");
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      assert.ok(input instanceof vscode.TabInputTextDiff);
      assert.match(api.texts.text(input.original) ?? "", /"s3:\*"/);
      assert.match(api.texts.text(input.modified) ?? "", /"s3:GetObject"/);
      const bucket = nodeOf(api, "bucket/logs");
      assert.deepEqual(await told(() => run("compareLiveVersions", bucket)), ["logs has no other version."]);
    });
  });

  it("downloads a snapshot, and overwrites nothing else with it", async () => {
    const snapshot = pathOf("downloaded/snapshot.json");
    const other = (await open("downloaded/notes.json", '{ "notes": [] }\n')).uri;
    await withAccount(async (standIn) => {
      const download = (file: vscode.Uri) => told(() => run("downloadSnapshot", file));
      assert.match((await download(snapshot))[0] ?? "", /^Account 111122223333 is in .*snapshot\.json\.$/);
      const first = readFileSync(snapshot.fsPath, "utf8");
      assert.equal(JSON.parse(first).UserDetailList[0].UserName, "ana");
      await run("showSnapshot", snapshot);
      assert.equal(nodeOf(api, "policy/read").label, "read");

      assert.match((await download(other))[0] ?? "", /is there already and is no snapshot/);
      assert.equal(readFileSync(other.fsPath, "utf8"), '{ "notes": [] }\n');

      standIn.fail({ fault: "denied", operation: "GetAccountAuthorizationDetails" });
      assert.match((await download(snapshot))[0] ?? "", /may not do `iam:GetAccountAuthorizationDetails`/);
      assert.equal(readFileSync(snapshot.fsPath, "utf8"), first);

      standIn.fail({ fault: "denied", operation: "GetBucketPolicy" });
      assert.match((await download(snapshot))[0] ?? "", /without the policies of 1 bucket that may not be/);
    });
  });

  it("checks the account, and what may not be read is an open question", async () => {
    await withAccount(async (standIn) => {
      await run("checkAccount");
      assert.match(api.texts.text(REPORT) ?? "", /# Account 111122223333[\s\S]*7 of 9 checks are good/);
      standIn.fail({ fault: "denied", operation: "GetAccountPasswordPolicy" });
      await run("checkAccount");
      assert.match(
        api.texts.text(REPORT) ?? "",
        /\? Passwords[\s\S]*may not do `iam:GetAccountPasswordPolicy`/,
      );
    });
  });

  it("says what is in the way, and works once it is gone", async () => {
    await withAccount(async (standIn) => {
      const read = () => told(() => run("refreshAccount"));
      assert.deepEqual(await read(), []);
      const ways = [
        ["expired token", /^The credentials of AWS have expired. Sign in again/],
        ["clock skew", /^The clock of this computer is too far/],
        ["dropped before", /could not be reached/],
        ["html", /is not one of AWS/],
      ] as const;
      for (const [fault, words] of ways) {
        standIn.fail({ fault, operation: "GetCallerIdentity", times: 9 });
        assert.match((await read())[0] ?? "", words);
        assert.match(api.aws.sessions.status() ?? "", /not signed in/);
        standIn.faults.clear();
      }
      const settings = vscode.workspace.getConfiguration("iamPolicy.aws");
      try {
        // VS Code marks it in the settings; here it counts for nothing.
        await settings.update("region", 7, vscode.ConfigurationTarget.Global);
        assert.deepEqual(await read(), []);
        assert.match(api.aws.sessions.status() ?? "", /111122223333 · us-east-1/);
      } finally {
        await settings.update("region", undefined, vscode.ConfigurationTarget.Global);
      }
    });
  });

  it("takes the keys of a new sign-in without a restart", async () => {
    await withAccount(async (standIn) => {
      const file = pathOf("signed-in/credentials").fsPath;
      mkdirSync(join(file, ".."), { recursive: true });
      const before = { ...process.env };
      for (const key of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]) delete process.env[key];
      Object.assign(process.env, { AWS_SHARED_CREDENTIALS_FILE: file, AWS_EC2_METADATA_DISABLED: "true" });
      try {
        await run("restartServer");
        assert.match((await told(() => run("refreshAccount")))[0] ?? "", /^There are no AWS credentials/);
        const signIn = async (id: string) => {
          writeFileSync(file, `[default]\naws_access_key_id = ${id}\naws_secret_access_key = SECRET\n`);
          assert.deepEqual(await told(() => run("refreshAccount")), []);
          assert.equal(standIn.calls.at(-1)?.request.accessKeyId, id);
        };
        await signIn("ASIAYESTERDAY0000000");
        standIn.fail({ fault: "expired token", operation: "GetCallerIdentity" });
        await signIn("ASIATODAY00000000000");
      } finally {
        delete process.env["AWS_SHARED_CREDENTIALS_FILE"];
        delete process.env["AWS_EC2_METADATA_DISABLED"];
        Object.assign(process.env, before);
      }
    });
  });

  it("asks AWS again after the language server has crashed, and says what was cut off", async () => {
    await withAccount(async (standIn) => {
      assert.deepEqual(await told(() => run("refreshAccount")), []);
      standIn.fail({ fault: "timeout", operation: "GetAccountAuthorizationDetails" });
      const cutOff = await told(async () => {
        const reading = run("refreshAccount");
        await eventually(
          () => standIn.operations().filter((it) => it === "GetAccountAuthorizationDetails").length,
          (count) => count === 2,
        );
        await crashServer(api);
        await reading;
      });
      assert.match(cutOff[0] ?? "", /^The language server ended before it answered/);
      assert.deepEqual(await told(() => run("refreshAccount")), []);
    });
  });

  it("wants a policy where none is open", async () => {
    await withAccount(async (standIn) => {
      const wants = {
        validateWithAws: "Open a policy to ask AWS about it.",
        reportDisagreements: "Open a policy to ask AWS about it.",
        compareWithAccount: "Open a file to compare it with the account.",
      };
      for (const [command, words] of Object.entries(wants))
        assert.deepEqual(await told(() => run(command)), [words]);
      assert.deepEqual(standIn.operations(), []);
    });
  });
});

function nodeOf(api: Api, document: string): AccountNode {
  const nodesIn = (nodes: readonly AccountNode[]): readonly AccountNode[] =>
    nodes.flatMap((it) => [it, ...nodesIn(it.children)]);
  const found = nodesIn(api.aws.tree.nodes).find((it) => it.document === document);
  assert.ok(found !== undefined, document);
  return found;
}

function pathOf(name: string): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder !== undefined);
  return vscode.Uri.joinPath(folder.uri, name);
}
