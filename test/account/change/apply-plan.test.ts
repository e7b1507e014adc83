/** Carrying a plan out on an account that misbehaves: each case is what the calls answer, and what becomes of the plan. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  type ApplyEvent,
  type ApplyOutcome,
  applyPlan,
} from "../../../server/src/account/change/apply-plan.js";
import type { JournalEntry } from "../../../server/src/account/change/journal.js";
import { performOn } from "../../../server/src/account/change/perform-on.js";
import { planChanges } from "../../../server/src/account/change/plan-changes.js";
import type { Snapshot } from "../../../server/src/account/change/snapshot-shape.js";
import {
  type AccountTarget,
  TargetError,
  type TargetErrorKind,
} from "../../../server/src/account/change/target.js";
import { type AccountFile, accountOf, HOME, observedAs } from "./accounts.js";

const allow = (action: string) => ({
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Action: action, Resource: "*" },
});

/** What happens to the first calls, in order: nothing, or an error before or after the call is carried out. */
type Fault =
  | "ok"
  | { readonly before: TargetErrorKind; readonly code?: string }
  | { readonly after: TargetErrorKind };

interface Setting {
  readonly before?: AccountFile;
  readonly after: AccountFile;
  readonly prune?: boolean;
  readonly faults?: readonly Fault[];
  /** After how many calls the user stops it. */
  readonly stopAfter?: number;
  /** What somebody else does between the plan and the apply. */
  readonly meanwhile?: AccountFile;
  /** How often reading answers with the account as it was before the last call. */
  readonly staleReads?: number;
  readonly journalFailsAt?: number;
  /** Who changes the account already. */
  readonly held?: string;
}

interface Result {
  readonly outcome: ApplyOutcome;
  readonly account: Snapshot;
  readonly calls: readonly string[];
  readonly waits: readonly number[];
  readonly journal: readonly string[];
  readonly events: readonly ApplyEvent["type"][];
  readonly locks: readonly string[];
}

async function apply(setting: Setting): Promise<Result> {
  const { before = {}, after, faults = [], meanwhile } = setting;
  const observed = observedAs(before, after);
  const { plan } = planChanges(accountOf(after), observed, {
    deletions: true,
    prune: setting.prune === true,
  });
  let account = meanwhile === undefined ? observed : observedAs(meanwhile, after);
  let previous = account;
  let stale = setting.staleReads ?? 0;
  const calls: string[] = [];
  const waits: number[] = [];
  const journal: string[] = [];
  const events: ApplyEvent["type"][] = [];
  const locks: string[] = [];
  const controller = new AbortController();
  const target: AccountTarget = {
    name: "test",
    identity: async () => "the account",
    accountId: async () => HOME.accountId,
    caller: async () => undefined,
    read: async () => (calls.length > 0 && stale-- > 0 ? previous : account),
    async perform(call, options) {
      assert.equal(options?.signal, undefined, "a call that is under way is not broken off");
      const fault = faults[calls.length] ?? "ok";
      calls.push(call.operation);
      if (calls.length === setting.stopAfter) controller.abort();
      if (fault !== "ok" && "before" in fault) throw new TargetError(fault.before, "before", fault.code);
      previous = account;
      account = performOn(account, call, HOME);
      if (fault !== "ok") throw new TargetError(fault.after, "after");
    },
  };
  const record = (entry: JournalEntry) => {
    journal.push(
      entry.type === "begin" || entry.type === "done" ? `${entry.type} ${entry.step}` : entry.type,
    );
    if (journal.length === setting.journalFailsAt) throw new Error("the disk is full");
  };
  const outcome = await applyPlan(
    plan,
    target,
    {
      lock: async (identity) => {
        if (setting.held !== undefined) return { held: setting.held };
        locks.push(`take ${identity}`);
        return { release: async () => void locks.push("give back") };
      },
      createJournal: async (header) => {
        record(header);
        return { id: "journal", append: async (entry) => record(entry) };
      },
      now: () => "2026-01-01T00:00:00Z",
      random: () => 0.5,
      wait: async (milliseconds) => void waits.push(milliseconds),
      progress: ({ type }) => events.push(type),
      signal: controller.signal,
    },
    { kind: "apply" },
  );
  return { outcome, account, calls, waits, journal, events, locks };
}

const TWO_USERS: AccountFile = { users: { ana: {}, ben: {} } };
const NEW_TEXT = { before: { policies: { p: allow("sqs:A") } }, after: { policies: { p: allow("sqs:B") } } };
const versionsOf = ({ Policies }: Snapshot) => Policies[0]?.PolicyVersionList.length;

describe("carrying a plan out", () => {
  it("records each step before and after it", async () => {
    const { outcome, journal, events } = await apply({ after: TWO_USERS });
    assert.equal(outcome.state, "done");
    assert.deepEqual(journal, [
      "plan",
      "begin CreateUser user/ana#exists",
      "done CreateUser user/ana#exists",
      "begin CreateUser user/ben#exists",
      "done CreateUser user/ben#exists",
      "end",
    ]);
    assert.deepEqual(events, ["begin", "done", "begin", "done"]);
  });

  it("keeps others away while it lasts, whatever becomes of it", async () => {
    for (const setting of [
      { after: TWO_USERS },
      { before: TWO_USERS, after: TWO_USERS },
      { after: TWO_USERS, faults: [{ before: "denied" }] },
      { after: TWO_USERS, stopAfter: 1 },
      { after: TWO_USERS, meanwhile: { users: { ana: {} } } },
    ] satisfies readonly Setting[])
      assert.deepEqual((await apply(setting)).locks, ["take the account", "give back"]);
  });

  it("does nothing while somebody else changes the account", async () => {
    const { outcome, calls, journal } = await apply({ after: TWO_USERS, held: "Ben does." });
    assert.deepEqual([outcome, calls, journal], [{ state: "held", message: "Ben does." }, [], []]);
  });

  it("records nothing where there is nothing to do", async () => {
    const { outcome, journal } = await apply({ before: TWO_USERS, after: TWO_USERS });
    assert.equal(outcome.state, "done");
    assert.deepEqual(journal, []);
  });

  it("tries again when there was too much to do, and waits longer each time", async () => {
    const faults: readonly Fault[] = [
      { before: "throttled" },
      { before: "unavailable" },
      { before: "throttled" },
    ];
    const { outcome, calls, waits, events } = await apply({ after: { users: { ana: {} } }, faults });
    assert.equal(outcome.state, "done");
    assert.equal(calls.length, 4);
    assert.deepEqual(waits, [250, 500, 1_000]);
    assert.deepEqual(events, ["begin", "retry", "retry", "retry", "done"]);
  });

  it("gives up in the end, and says what is done and what is not", async () => {
    const faults: readonly Fault[] = [
      "ok",
      ...Array.from({ length: 20 }, () => ({ before: "throttled" }) as const),
    ];
    const { outcome, calls, journal } = await apply({
      after: { users: { ana: {}, ben: {}, cem: {} } },
      faults,
    });
    assert.ok(outcome.state === "failed");
    assert.deepEqual(
      outcome.done.map((it) => it.words),
      ["Create the user `ana`"],
    );
    assert.equal(outcome.failed?.words, "Create the user `ben`");
    assert.deepEqual(
      outcome.left.map((it) => it.words),
      ["Create the user `cem`"],
    );
    assert.equal(calls.length, 9);
    assert.deepEqual(journal.slice(-2), ["failed", "end"]);
  });

  for (const kind of ["denied", "credentials", "limit", "invalid"] as const) {
    it(`does not insist where that does not help: ${kind}`, async () => {
      const { outcome, calls } = await apply({ after: TWO_USERS, faults: [{ before: kind }] });
      assert.equal(outcome.state, "failed");
      assert.equal(calls.length, 1);
    });
  }

  it("does not wait long for what keeps somebody from being deleted", async () => {
    const { outcome, calls } = await apply({
      before: { users: { ana: {} } },
      after: {},
      prune: true,
      faults: Array.from({ length: 20 }, () => ({ before: "conflict", code: "DeleteConflict" }) as const),
    });
    assert.equal(outcome.state, "failed");
    assert.equal(calls.length, 4);
  });

  it("looks when an answer was lost, and goes on where the call was carried out", async () => {
    const { outcome, calls, account } = await apply({ ...NEW_TEXT, faults: [{ after: "unknown" }] });
    assert.equal(outcome.state, "done");
    assert.equal(calls.length, 1);
    assert.equal(versionsOf(account), 2);
  });

  it("repeats a call that was lost on its way", async () => {
    const { outcome, calls, account } = await apply({ ...NEW_TEXT, faults: [{ before: "unknown" }] });
    assert.equal(outcome.state, "done");
    assert.equal(calls.length, 2);
    assert.equal(versionsOf(account), 2);
  });

  it("makes no second version of a policy because a look was stale", async () => {
    const { outcome, account } = await apply({ ...NEW_TEXT, faults: [{ after: "unknown" }], staleReads: 2 });
    assert.equal(outcome.state, "done");
    assert.equal(versionsOf(account), 2);
  });

  it("takes what it finds there for its own, after a lost answer that was looked at too early", async () => {
    const { outcome, calls } = await apply({
      after: { users: { ana: {} } },
      faults: [{ after: "unknown" }],
      staleReads: 1,
    });
    assert.equal(outcome.state, "done");
    assert.deepEqual(calls, ["CreateUser", "CreateUser"]);
  });

  it("waits until what it has just made is seen everywhere", async () => {
    const after = { policies: { p: allow("sqs:A") }, users: { ana: { policies: ["p"] } } };
    const faults: readonly Fault[] = ["ok", "ok", { before: "absent" }, { before: "absent" }];
    const { outcome, calls } = await apply({ after, faults });
    assert.equal(outcome.state, "done");
    assert.deepEqual(calls, [
      "CreatePolicy",
      "CreateUser",
      "AttachUserPolicy",
      "AttachUserPolicy",
      "AttachUserPolicy",
    ]);
  });

  it("waits for somebody new whom a trust policy names", async () => {
    const names = { AWS: `arn:aws:iam::${HOME.accountId}:user/ana` };
    const trust = {
      Version: "2012-10-17",
      Statement: { Effect: "Allow", Action: "sts:AssumeRole", Principal: names },
    };
    const after = { users: { ana: {} }, roles: { app: { trust } } };
    const { outcome, calls } = await apply({ after, faults: ["ok", { before: "invalid" }] });
    assert.equal(outcome.state, "done");
    assert.deepEqual(calls, ["CreateUser", "CreateRole", "CreateRole"]);
  });

  it("does not wait for what it has not made", async () => {
    const users = { ana: {} };
    const { outcome, calls } = await apply({
      before: { policies: { p: allow("sqs:A") }, users },
      after: { policies: { p: allow("sqs:A") }, users: { ana: { policies: ["p"] } } },
      faults: [{ before: "absent" }],
    });
    assert.equal(outcome.state, "failed");
    assert.equal(calls.length, 1);
  });

  it("stops between two steps when the user says so", async () => {
    const { outcome, calls, journal } = await apply({ after: TWO_USERS, stopAfter: 1 });
    assert.ok(outcome.state === "cancelled");
    assert.deepEqual(calls, ["CreateUser"]);
    assert.equal(outcome.done.length, 1);
    assert.equal(outcome.left.length, 1);
    assert.equal(journal.at(-1), "end");
  });

  it("does nothing where the account has moved since, and says what", async () => {
    const after = { policies: { p: allow("sqs:A") }, users: { ana: { policies: ["p"] }, ben: {} } };
    const { outcome, calls, journal } = await apply({
      before: { policies: { p: allow("sqs:A") }, users: { ana: {}, ben: {} } },
      meanwhile: { policies: { p: allow("sqs:B") }, users: { ana: { tags: { x: "1" } }, ben: {} } },
      after,
    });
    assert.ok(outcome.state === "moved");
    assert.deepEqual(outcome.moved.map(({ subject, part }) => `${subject}#${part}`).sort(), [
      "policy/p#document",
      "policy/p#version/v1",
      "user/ana#tag/x",
    ]);
    assert.deepEqual([calls, journal], [[], []]);
  });

  it("goes on where something else has moved", async () => {
    const { outcome } = await apply({
      before: { users: { ana: {}, ben: {} } },
      meanwhile: { users: { ana: {}, ben: { tags: { x: "1" } } } },
      after: { users: { ana: { tags: { x: "1" } } } },
    });
    assert.equal(outcome.state, "done");
  });

  it("does not begin a step that it cannot record", async () => {
    const { outcome, calls } = await apply({ after: TWO_USERS, journalFailsAt: 4 });
    assert.ok(outcome.state === "failed");
    assert.equal(calls.length, 1);
    assert.match(outcome.message, /was not begun.*the disk is full/);
  });

  it("stops after a step whose end it cannot record", async () => {
    const { outcome, calls } = await apply({ after: TWO_USERS, journalFailsAt: 3 });
    assert.equal(outcome.state, "failed");
    assert.equal(calls.length, 1);
  });
});
