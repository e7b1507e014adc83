/** Who changes an account now: others wait, and whoever is gone holds nothing. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { after, beforeEach, describe, it } from "node:test";
import type { ApplyLock } from "../../server/src/account/change/apply-plan.js";
import { TargetError } from "../../server/src/account/change/target.js";
import { awsIdentity } from "../../server/src/account/change/target-identity.js";
import { applyLocks } from "../../server/src/node/apply-locks.js";

const folder = mkdtempSync(join(tmpdir(), "iam-policy-locks-"));
const lock = applyLocks(folder);
const FILE = join(folder, "account.json.applying");
const SNAPSHOT = "snapshot:account.json";
const AWS = "aws:aws:111122223333@http://127.0.0.1:5000";
const MINUTES_AGO = new Date(Date.now() - 10 * 60_000);

after(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => {
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
  const home = join(folder, "home");
  mkdirSync(home);
  Object.assign(process.env, { HOME: home, USERPROFILE: home });
});

describe("the lock of an account", () => {
  it("is held by one, who is named with the time, and given back", async () => {
    const first = taken(await lock(SNAPSHOT));
    const held = refused(await applyLocks(join(folder, "home", ".."))(SNAPSHOT));
    assert.match(held, /since \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/);
    assert.ok(
      held.includes(`process ${process.pid}, `) && held.includes(hostname()) && held.includes(FILE),
      held,
    );
    await first.release();
    assert.equal(existsSync(FILE), false);
    await taken(await lock(SNAPSHOT)).release();
  });

  it("goes to one of many who ask at once", async () => {
    const locks = await Promise.all(Array.from({ length: 8 }, () => lock(SNAPSHOT)));
    assert.equal(locks.filter((it) => "release" in it).length, 1);
  });

  it("of one account keeps nobody from another", async () => {
    taken(await lock(AWS));
    taken(await lock(AWS.replace("1111", "4444")));
    taken(await lock("aws:aws:111122223333"));
    refused(await applyLocks(join(folder, "elsewhere"))(AWS));
    assert.deepEqual(readdirSync(folder), ["home"]);
  });

  it("of AWS has no name and no password of an address", () => {
    const identity = awsIdentity("aws", "111122223333", "https://me:secret@proxy.example:8443/");
    assert.equal(identity, "aws:aws:111122223333@https://proxy.example:8443");
  });

  it("lies beside the journals where the user has no home", async () => {
    const file = join(folder, "file");
    writeFileSync(file, "");
    Object.assign(process.env, { HOME: file, USERPROFILE: file });
    taken(await lock(AWS));
    refused(await lock(AWS));
    assert.equal(readdirSync(join(folder, ".iam-policy", "locks")).length, 1);
  });

  it("is taken over from a process that was killed", async () => {
    const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    write({ process: child.pid });
    refused(await lock(SNAPSHOT));
    child.kill("SIGKILL");
    await once(child, "exit");
    const next = taken(await lock(SNAPSHOT));
    assert.match(readFileSync(FILE, "utf8"), new RegExp(`"process":${process.pid}`));
    await next.release();
  });

  it("is taken over from before the computer started, whatever has the number now", async () => {
    write({ process: process.pid });
    utimesSync(FILE, new Date(0), new Date(0));
    taken(await lock(SNAPSHOT));
  });

  it("of a process that waits is not taken over, however long", async () => {
    write({ process: process.pid });
    utimesSync(FILE, MINUTES_AGO, MINUTES_AGO);
    refused(await lock(SNAPSHOT));
  });

  it("of another computer holds while it gives signs of life", async () => {
    write({ process: 1, host: "elsewhere" });
    assert.match(refused(await lock(SNAPSHOT)), /process 1, ben on elsewhere/);
    utimesSync(FILE, MINUTES_AGO, MINUTES_AGO);
    taken(await lock(SNAPSHOT));
  });

  it("whose text broke off is nobody's", async () => {
    for (const text of ["", '{"id":', "null", '{"id":"a"}']) {
      writeFileSync(FILE, text);
      await taken(await lock(SNAPSHOT)).release();
    }
  });

  it("that was lost to somebody is not taken from them", async () => {
    const first = taken(await lock(SNAPSHOT));
    write({ process: process.pid });
    await first.release();
    refused(await lock(SNAPSHOT));
  });

  it("cannot be had where nothing can be written", async () => {
    writeFileSync(join(folder, "file"), "");
    await assert.rejects(
      lock("snapshot:file/account.json"),
      (error) =>
        error instanceof TargetError &&
        /account\.json\.applying cannot be locked: a part/.test(error.message),
    );
  });
});

function write(holder: object): void {
  const whole = { id: "other", host: hostname(), user: "ben", since: "2026-11-22T12:00:00.000Z", ...holder };
  writeFileSync(FILE, JSON.stringify(whole));
}

function taken(it: ApplyLock): Extract<ApplyLock, { readonly release: unknown }> {
  assert.ok("release" in it, "held" in it ? it.held : "");
  return it;
}

function refused(it: ApplyLock): string {
  assert.ok("held" in it, "nobody held it");
  return it.held;
}
