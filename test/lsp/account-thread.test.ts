/** Questions about accounts in a thread of their own, bundled as it ships: parts, cancellation, and what fails there. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { accountThread } from "../../server/src/node/account-thread.js";
import type { AccountWork, Cancellation, MatrixPart } from "../../server/src/workspace/account-questions.js";
import { packCatalogue } from "../../tools/catalogue/pack.mjs";

const WANTED: Cancellation = { isCancellationRequested: false };

describe("the thread for accounts", () => {
  const folder = mkdtempSync(join(tmpdir(), "iam-policy-thread-"));
  const account = pathToFileURL(join(folder, "iam-account.json")).href;
  const setting = { folders: [folder], open: [] };
  let work: AccountWork;
  before(async () => {
    const module = join(folder, "worker.cjs");
    await build({
      entryPoints: ["server/src/main-worker.ts"],
      outfile: module,
      bundle: true,
      platform: "node",
      target: "node20",
      format: "cjs",
    });
    packCatalogue(join(folder, "catalogue.json"));
    const users = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [`u${index}`, { policies: ["all"] }]),
    );
    const all = { Statement: [{ Effect: "Allow", Action: "s3:Get*", Resource: "arn:aws:s3:::logs/*" }] };
    writeFileSync(
      join(folder, "iam-account.json"),
      JSON.stringify({ account: "111122223333", policies: { all }, users }),
    );
    work = accountThread(module);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const matrix = (
    columns: readonly string[],
    part: ((part: unknown) => void) | undefined,
    cancellation = WANTED,
  ) => work.ask("iamPolicy/matrix", { account, columns }, setting, part, cancellation);

  it("compares no further once nobody wants the answer", async () => {
    const before = { [account]: JSON.stringify({ account: "111122223333" }) };
    const compare = (cancellation: Cancellation) =>
      work.ask(
        "iamPolicy/diff",
        { uri: account, against: { texts: before } },
        setting,
        undefined,
        cancellation,
      );
    const whole = await compare(WANTED);
    assert.ok(whole.ok && whole.gained === 40, JSON.stringify(whole));
    const atOnce = {
      isCancellationRequested: true,
      onCancellationRequested(listener: () => void) {
        setImmediate(listener);
        return { dispose: () => undefined };
      },
    };
    assert.deepEqual(await compare(atOnce), { ok: false, message: "Cancelled." });
  });

  it("answers, in parts for those who take parts, several questions at once", async () => {
    const parts: MatrixPart[] = [];
    const [whole, streamed, simulated] = await Promise.all([
      matrix(["s3:GetObject", "s3:PutObject"], undefined),
      matrix(["s3:GetObject"], (it) => void parts.push(it as MatrixPart)),
      work.ask(
        "iamPolicy/simulate",
        { account, as: "user/u1", action: "s3:GetObject", resource: "arn:aws:s3:::logs/a" },
        setting,
        undefined,
        WANTED,
      ),
    ]);
    assert.ok("head" in whole && whole.rows.length === 40 && whole.rows.every(({ cells }) => cells === "◐·"));
    assert.ok("head" in streamed && streamed.rows.length === 0);
    assert.equal(parts.flatMap((it) => ("rows" in it ? it.rows : [])).length, 40);
    assert.ok(simulated.ok && simulated.decision === "allowed");
  });

  it("stops early when nobody wants the answer any more, and goes on with the next question", async () => {
    const listeners: (() => void)[] = [];
    const cancellation = {
      isCancellationRequested: false,
      onCancellationRequested(listener: () => void) {
        listeners.push(listener);
        return { dispose() {} };
      },
    };
    let rows = 0;
    const asked = matrix(
      ["*:*"],
      (part) => {
        if ("rows" in (part as MatrixPart)) rows++;
        cancellation.isCancellationRequested = true;
        for (const tell of listeners.splice(0)) tell();
      },
      cancellation,
    );
    const answer = await asked;
    assert.ok("ok" in answer && !answer.ok, "a refusal, not forty rows of every action");
    assert.ok(rows < 40);
    const next = await matrix(["s3:GetObject"], undefined);
    assert.ok("head" in next);
  });

  it("fails with the place and without the text where the thread fails, and answers again", async () => {
    const broken = { ...setting, open: [{ uri: 1 as unknown as string, text: "" }] };
    await assert.rejects(
      work.ask("iamPolicy/accessTests", {}, broken, undefined, WANTED),
      (error: Error) => /^\w*Error$/.test(error.name) && /\n\s+at /.test(error.stack ?? ""),
    );
    assert.ok("head" in (await matrix(["s3:GetObject"], undefined)));
  });

  it("rejects who waits when the thread cannot even start", async () => {
    const lost = accountThread(join(folder, "not-there.cjs"));
    await assert.rejects(lost.ask("iamPolicy/accessTests", {}, setting, undefined, WANTED));
  });
});
