/**
 * A process that is killed in the middle of an apply, at every moment in turn: resumed, the account is what it was to
 * become; taken back, it is what it was. Nothing is written twice, and nothing is lost.
 */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { build } from "esbuild";
import { sameFact } from "../../server/src/account/change/facts.js";
import { factsOfSnapshot } from "../../server/src/account/change/facts-of-snapshot.js";
import { performOn } from "../../server/src/account/change/perform-on.js";
import { planChanges } from "../../server/src/account/change/plan-changes.js";
import { readSnapshotText, writeSnapshotText } from "../../server/src/account/change/snapshot-text.js";
import { type AccountFile, accountOf, HOME, observedAs } from "../account/change/accounts.js";
import { carryOut, type Task } from "./killed-apply.js";

const root = mkdtempSync(join(tmpdir(), "iam-policy-killed-"));
const program = join(process.cwd(), "out", "test", "killed-apply.mjs");
const start = join(root, "start");
const AT_ONCE = 4;
/** A process for every moment takes minutes: `npm test` takes them all, a quick run some of every sort. */
const STRIDE = process.env["EVERY_MOMENT"] === "1" ? 1 : 17;

const allow = (action: string) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: action, Resource: "*" }],
});
const trust = (service: string) => ({
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: service } },
});
/** Nobody else may be there before itself: it is let in by a step of its own. */
const TRUSTS_ITSELF = {
  Version: "2012-10-17",
  Statement: {
    Effect: "Allow",
    Action: "sts:AssumeRole",
    Principal: { AWS: `arn:aws:iam::${HOME.accountId}:role/loop` },
  },
};
const BUCKET = "arn:aws:s3:::logs/*";
const bucketPolicy = (effect: string) => ({
  Version: "2012-10-17",
  Statement: { Effect: effect, Action: "s3:GetObject", Principal: "*", Resource: BUCKET },
});

const BEFORE: AccountFile = {
  policies: {
    read: allow("s3:GetObject"),
    write: allow("s3:PutObject"),
    full: allow("s3:v1"),
    fence: allow("*"),
  },
  groups: {
    readers: { policies: ["read"] },
    writers: { policies: ["write"], inline: { more: allow("s3:x") } },
  },
  users: {
    ana: { groups: ["readers"], tags: { team: "blue", old: "1" }, inline: { own: allow("sqs:A") } },
    ben: { groups: ["readers", "writers"], boundary: "fence" },
  },
  roles: { app: { trust: trust("ec2.amazonaws.com"), policies: ["read"], description: "old" } },
  instanceProfiles: { machine: "app" },
  buckets: { logs: bucketPolicy("Allow"), drop: bucketPolicy("Deny") },
};
const AFTER: AccountFile = {
  policies: {
    read: allow("s3:Get*"),
    write: { document: allow("s3:Put*"), tags: { team: "blue" } },
    full: allow("s3:v6"),
    fence: allow("*"),
    new: allow("sns:*"),
    newer: allow("sqs:*"),
  },
  groups: {
    readers: { policies: ["read", "new"] },
    writers: { policies: ["newer"], inline: { most: allow("s3:y") } },
    guests: { policies: ["new"] },
  },
  users: {
    ana: { groups: ["writers"], tags: { team: "red" }, inline: { own: allow("sqs:B") }, boundary: "fence" },
    ben: { groups: ["readers"] },
    cem: { groups: ["guests"], boundary: "fence", tags: { team: "new" }, policies: ["read"] },
    dee: { groups: ["guests"], inline: { own: allow("sqs:C") } },
  },
  roles: {
    app: { trust: trust("lambda.amazonaws.com"), policies: ["new"], description: "new" },
    loop: { trust: TRUSTS_ITSELF, policies: ["newer"] },
    job: { trust: trust("glue.amazonaws.com"), policies: ["newer"], maxSessionDuration: 7200 },
  },
  instanceProfiles: { machine: "job", other: "app" },
  buckets: { logs: bucketPolicy("Deny"), drop: null },
};

/** Five versions, so that one has to go. */
function crowded() {
  const snapshot = observedAs(BEFORE, AFTER);
  const PolicyArn = `arn:aws:iam::${HOME.accountId}:policy/full`;
  return [2, 3, 4, 5].reduce(
    (state, version) =>
      performOn(
        state,
        {
          service: "iam",
          operation: "CreatePolicyVersion",
          input: { PolicyArn, PolicyDocument: JSON.stringify(allow(`s3:v${version}`)), SetAsDefault: true },
        },
        HOME,
      ),
    snapshot,
  );
}

const observed = crowded();
const planned = planChanges(accountOf(AFTER), observed, { deletions: true });
const atStart = factsIn(writeSnapshotText(observed));
const atEnd = factsIn(writeSnapshotText(planned.result));

before(async () => {
  mkdirSync(start);
  writeFileSync(join(start, "iam-account.json"), JSON.stringify({ account: HOME.accountId, ...AFTER }));
  writeFileSync(join(start, "snapshot.json"), writeSnapshotText(observed));
  await build({
    entryPoints: ["test/apply/killed-apply.ts"],
    outfile: program,
    bundle: true,
    packages: "external",
    platform: "node",
    target: "node20",
    format: "esm",
    logLevel: "warning",
  });
});
after(() => rmSync(root, { recursive: true, force: true }));

describe("an apply that is killed", () => {
  it("has thirty steps and more, of every kind", () => {
    const { plan } = planned;
    assert.ok(plan.steps.length >= 30, `${plan.steps.length} steps`);
    assert.ok(new Set(plan.steps.map(({ call }) => call.operation)).size >= 20);
    assert.deepEqual(plan.problems, []);
  });

  it("is resumed or taken back, wherever it was killed", async () => {
    const whole = copy("whole");
    const { output } = await run(whole, "apply", 0);
    const [state, moments] = output.split(" ");
    assert.equal(state, "done");
    same(factsOf(whole), atEnd, "the whole apply");
    // Around the making of the journal, four for each step, and the journal's last word.
    assert.equal(Number(moments), 4 * planned.plan.steps.length + 3);
    const all = Array.from({ length: Number(moments) }, (_, index) => index + 1);
    const chosen = all.filter((moment) => moment % STRIDE === 1 % STRIDE);
    await pool(chosen, async (moment) => {
      const folder = copy(`killed-${moment}`);
      const { signal } = await run(folder, "apply", moment);
      assert.equal(signal, "SIGKILL", `moment ${moment}`);
      const other = copy(`back-${moment}`, folder);
      if (moment === 1) {
        // Before the journal there is nothing to go on with, and nothing was done.
        assert.equal(await carryOut(folder, "resume", () => undefined), "nothing");
        return same(factsOf(folder), atStart, "killed before the journal");
      }
      // Resuming may be killed as well.
      if (moment % 4 === 2) await run(folder, "resume", (moment % 31) + 2);
      assert.equal(
        await carryOut(folder, "resume", () => undefined),
        "done",
        `resumed after moment ${moment}`,
      );
      same(factsOf(folder), atEnd, `resumed after moment ${moment}`);
      if (moment % 4 === 0) await run(other, "rollback", (moment % 31) + 2);
      assert.equal(
        await carryOut(other, "rollback", () => undefined),
        "done",
        `taken back after moment ${moment}`,
      );
      same(
        withoutLostVersion(factsOf(other)),
        withoutLostVersion(atStart),
        `taken back after moment ${moment}`,
      );
      for (const it of [folder, other]) rmSync(it, { recursive: true });
    });
  });
});

/** AWS gives no version number twice, so the version that made room does not come back. */
function withoutLostVersion(facts: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...facts].filter(([key]) => key !== "policy/full#version/v1"));
}

function same(actual: ReadonlyMap<string, string>, wanted: ReadonlyMap<string, string>, what: string): void {
  assert.deepEqual([...actual.keys()].sort(), [...wanted.keys()].sort(), what);
  for (const [key, value] of wanted)
    assert.ok(sameFact(key.slice(key.indexOf("#") + 1), actual.get(key), value), `${what}: ${key}`);
}

function factsOf(folder: string): ReadonlyMap<string, string> {
  return factsIn(readFileSync(join(folder, "snapshot.json"), "utf8"));
}

function factsIn(text: string): ReadonlyMap<string, string> {
  const facts = factsOfSnapshot(readSnapshotText(text, "snapshot.json"));
  return new Map(
    [...facts].flatMap(([subject, parts]) => [...parts].map(([part, it]) => [`${subject}#${part}`, it])),
  );
}

function copy(name: string, from = start): string {
  const folder = join(root, name);
  cpSync(from, folder, { recursive: true });
  // A lock is that of a process that is gone: it is taken over when it has grown stale, which the target's own test waits for.
  rmSync(join(folder, "snapshot.json.lock"), { recursive: true, force: true });
  return folder;
}

function run(folder: string, task: Task, moment: number): Promise<{ signal: string | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, folder, task, String(moment)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.on("error", reject);
    child.on("close", (_code, signal) => {
      rmSync(join(folder, "snapshot.json.lock"), { recursive: true, force: true });
      resolve({ signal, output });
    });
  });
}

async function pool<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  const worker = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
