/** Plan, apply, roll back, as an editor asks for them, against a snapshot file. */
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import type { ApplyView, PlanView, RecordView } from "../../server/src/lsp/protocol.js";
import { applyLocks } from "../../server/src/node/apply-locks.js";
import { changePorts } from "../../server/src/node/change-ports.js";
import { startClient, type TestClient } from "./client.js";

const READ = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::logs/*" }],
};
const ACCOUNT = {
  account: "111122223333",
  policies: { read: "read.json" },
  groups: { engineer: { policies: ["read"] } },
  users: { ana: { groups: ["engineer"] } },
};

describe("plans", () => {
  const folder = mkdtempSync(join(tmpdir(), "iam-plans-"));
  const account = pathToFileURL(join(folder, "iam-account.json")).href;
  const snapshot = join(folder, "iam-account.snapshot.json");
  const target = "snapshot:iam-account.snapshot.json";
  const files = new Map<string, string>();
  let client: TestClient;
  const ask = <T>(method: string, params: object): Promise<T> =>
    client.connection.sendRequest(method, params);
  const write = (name: string, value: object) => files.set(join(folder, name), JSON.stringify(value));
  const plan = (more: object = {}) => ask<PlanView>("iamPolicy/plan", { account, target, ...more });
  const apply = (view: PlanView, deletions = true) =>
    ask<ApplyView>("iamPolicy/apply", { plan: view.id, deletions });

  before(async () => {
    write("iam-account.json", ACCOUNT);
    write("read.json", READ);
    client = await startClient({ files, folder, change: changePorts() });
  });
  after(() => {
    client.stop();
    rmSync(folder, { recursive: true, force: true });
    assert.deepEqual(client.log, []);
  });

  it("shows a plan in words, with calls, texts and who gains what, and writes nothing", async () => {
    const view = await plan();
    assert.deepEqual([view.changes, view.deletions, view.blocked], [5, 0, []]);
    assert.equal(view.target, "snapshot iam-account.snapshot.json");
    for (const part of [
      /^# Plan for account 111122223333$/m,
      /^### user\/ana$/m,
      /^- \*\*gains\*\* `s3:GetObject`/m,
      /^1\. Create the policy `read`$/m,
      /^\+ {3}"Statement": \[$/m,
      /^aws iam add-user-to-group --group-name engineer --user-name ana$/m,
    ])
      assert.match(view.text, part);
    assert.equal(existsSync(snapshot), false);
  });

  it("applies what was shown, once, and takes it back with a plan of its own", async () => {
    const view = await plan();
    const done = await apply(view);
    assert.deepEqual([done.state, done.message], ["done", "Done: 5 steps."]);
    const written = JSON.parse(readFileSync(snapshot, "utf8"));
    assert.deepEqual(written.UserDetailList[0].GroupList, ["engineer"]);
    await assert.rejects(apply(view), /not known any more/);
    assert.equal((await plan()).changes, 0);

    const [latest] = await ask<RecordView[]>("iamPolicy/records", { account });
    assert.deepEqual([latest?.id, latest?.state, latest?.title], [done.record, "done", "apply, 5 steps"]);
    const back = await ask<PlanView>("iamPolicy/planRollback", { account, record: done.record });
    assert.ok(back.deletions > 0);
    assert.equal((await apply(back)).state, "done");
    assert.deepEqual(JSON.parse(readFileSync(snapshot, "utf8")).UserDetailList, []);
    const states = (await ask<RecordView[]>("iamPolicy/records", { account })).map(({ state }) => state);
    assert.deepEqual(states, ["done", "rolled back"]);
  });

  it("plans one part alone", async () => {
    const view = await plan({ only: ["policy/read"] });
    assert.equal(view.changes, 1);
  });

  it("plans what the account makes of one file, and names a file that it does not use", async () => {
    const document = pathToFileURL(join(folder, "read.json")).href;
    assert.equal((await plan({ document })).changes, 1);
    const other = pathToFileURL(join(folder, "other.json")).href;
    await assert.rejects(plan({ document: other }), /iam-account\.json does not use other\.json/);
  });

  it("shows what keeps a plan from being applied", async () => {
    write("read.json", {
      ...READ,
      Statement: [{ ...READ.Statement[0], Resource: "arn:aws:s3:::<bucket>/*" }],
    });
    const view = await plan();
    assert.match(view.blocked.join("\n"), /<bucket>/);
    write("read.json", READ);
  });

  it("refuses an account file that cannot be read, with its place", async () => {
    write("iam-account.json", { account: "1111" });
    await assert.rejects(plan(), /iam-account\.json \/account: .*twelve digits/);
    write("iam-account.json", ACCOUNT);
  });

  it("does nothing while somebody else changes the account, and says who", async () => {
    const lock = await applyLocks(folder)(target);
    assert.ok("release" in lock);
    const held = await apply(await plan());
    assert.deepEqual([held.state, held.record], ["stopped", null]);
    assert.match(
      held.message,
      /^Nothing was done: another apply has been changing the same account since .* \(process /,
    );
    await lock.release();
    assert.equal((await apply(await plan())).state, "done");
    const [latest] = await ask<RecordView[]>("iamPolicy/records", { account });
    const back = await ask<PlanView>("iamPolicy/planRollback", { account, record: latest?.id });
    assert.equal((await apply(back)).state, "done");
  });

  it("does nothing where somebody has changed the account since", async () => {
    const [first, second] = [await plan(), await plan()];
    await apply(first);
    const late = await apply(second);
    assert.equal(late.state, "stopped");
    assert.match(late.message, /has changed since the plan was made/);
  });
});
