/**
 * What every target of plans promises, asked of whichever server is behind it: our stand-in, moto, a snapshot file. The
 * calls and the account that they must lead to are in `contract.json`; where a server is known to differ from AWS, the
 * table says so and what it does instead.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import type { ApiCall } from "../../server/src/account/change/api-call.js";
import { documentMeaning } from "../../server/src/account/change/document-meaning.js";
import { isDocument } from "../../server/src/account/change/facts.js";
import { factsOfSnapshot } from "../../server/src/account/change/facts-of-snapshot.js";
import type { Snapshot } from "../../server/src/account/change/snapshot-shape.js";
import {
  type AccountTarget,
  TargetError,
  type TargetErrorKind,
} from "../../server/src/account/change/target.js";

/** A target and what a test may do to the account behind its back. */
export interface Bench {
  readonly target: AccountTarget;
  /** Empties the account, but for these buckets. */
  readonly reset: (buckets: readonly string[]) => Promise<void>;
  readonly close: () => Promise<void>;
}

export type ServerName = "stand-in" | "moto" | "snapshot";

interface Scenario {
  readonly name: string;
  readonly buckets?: readonly string[];
  readonly calls: readonly ScenarioCall[];
  /** Facts by subject; documents as objects. */
  readonly account?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Ids by policy, the default with a star. */
  readonly versions?: Readonly<Record<string, readonly string[]>>;
  /** Why a server is not as AWS documents it. Then only the calls count, with `rejectsIn`. */
  readonly unlike?: Readonly<Partial<Record<ServerName, string>>>;
}

/** One operation with its input, and what it must be answered with. */
interface ScenarioCall {
  readonly rejects?: TargetErrorKind;
  /** Where a server is unlike AWS; `null` where it refuses nothing. */
  readonly rejectsIn?: Readonly<Partial<Record<ServerName, TargetErrorKind | null>>>;
  readonly [operation: string]: unknown;
}

const SCENARIOS: readonly Scenario[] = JSON.parse(readFileSync("test/aws/contract.json", "utf8"));

export function targetContract(server: ServerName, open: () => Promise<Bench>): void {
  describe(`the contract of targets: ${server}`, () => {
    let bench: Bench;
    before(async () => {
      bench = await open();
    });
    after(async () => {
      await bench.close();
    });

    for (const scenario of SCENARIOS) {
      it(scenario.name, async () => {
        await bench.reset(scenario.buckets ?? []);
        const account = await bench.target.accountId();
        for (const [index, given] of scenario.calls.entries()) {
          const call = callOf(given, account);
          const differs = given.rejectsIn?.[server];
          const wanted = differs === undefined ? given.rejects : (differs ?? undefined);
          assert.equal(
            await outcome(bench.target, call),
            wanted,
            `call ${index + 1}, ${call.operation}, of "${scenario.name}"`,
          );
        }
        if (scenario.unlike?.[server] !== undefined) return;
        const snapshot = await bench.target.read();
        if (scenario.account !== undefined)
          assert.deepEqual(observed(snapshot), expected(scenario.account, account));
        for (const [name, ids] of Object.entries(scenario.versions ?? {}))
          assert.deepEqual(versionsOf(snapshot, name), ids);
      });
    }

    it("tells the account, and who asks", async () => {
      assert.match(await bench.target.accountId(), /^\d{12}$/);
      const caller = await bench.target.caller();
      if (caller !== undefined) assert.match(caller, /^arn:aws:(?:iam|sts)::\d{12}:/);
      assert.notEqual(bench.target.name, "");
    });

    it("is told once that nobody waits any more", async () => {
      const signal = AbortSignal.abort();
      for (const asked of [
        bench.target.read({ signal }),
        bench.target.perform(
          { service: "iam", operation: "CreateUser", input: { UserName: "late" } },
          { signal },
        ),
      ]) {
        await assert.rejects(asked, (error) => error instanceof TargetError && error.kind === "cancelled");
      }
    });
  });
}

/** Every call of the contract, whatever comes of it. */
export async function performContractCalls(
  target: AccountTarget,
  reset: (buckets: readonly string[]) => void,
): Promise<void> {
  const account = await target.accountId();
  for (const { buckets = [], calls } of SCENARIOS) {
    reset(buckets);
    for (const given of calls) await outcome(target, callOf(given, account));
  }
}

async function outcome(target: AccountTarget, call: ApiCall): Promise<string | undefined> {
  try {
    await target.perform(call);
    return undefined;
  } catch (error) {
    assert.ok(error instanceof TargetError, String(error));
    assert.match(error.message, /\w.*\.$/s, "a message is a sentence");
    return error.kind;
  }
}

function callOf(given: ScenarioCall, account: string): ApiCall {
  const { rejects, rejectsIn, ...named } = given;
  const [[operation, input] = []] = Object.entries(named);
  assert.ok(operation !== undefined);
  const fields = Object.entries(input as object).map(([key, value]) => [
    key,
    /(?:Document|^Policy)$/.test(key) ? JSON.stringify(value) : filled(value, account),
  ]);
  const service = /Bucket/.test(operation) ? "s3" : "iam";
  return { service, operation, input: Object.fromEntries(fields) } as ApiCall;
}

function filled(value: unknown, account: string): unknown {
  return typeof value === "string" ? value.replaceAll("<account>", account) : value;
}

type Facts = Record<string, Record<string, string>>;

/** Versions are asked for by themselves, and an empty description is none. */
function observed(snapshot: Snapshot): Facts {
  const facts: Facts = {};
  for (const [subject, parts] of factsOfSnapshot(snapshot)) {
    facts[subject] = Object.fromEntries(
      [...parts]
        .filter(
          ([part, value]) =>
            !/^(?:version\/|default$)/.test(part) && !(part === "description" && value === ""),
        )
        .map(([part, value]) => [part, isDocument(part) ? documentMeaning(value) : value]),
    );
  }
  return facts;
}

function expected(account: NonNullable<Scenario["account"]>, id: string): Facts {
  const facts: Facts = {};
  for (const [subject, parts] of Object.entries(account)) {
    facts[subject] = Object.fromEntries(
      Object.entries(parts).map(([part, value]) => [
        part.replaceAll("<account>", id),
        typeof value === "string"
          ? value.replaceAll("<account>", id)
          : documentMeaning(JSON.stringify(value)),
      ]),
    );
  }
  return facts;
}

function versionsOf(snapshot: Snapshot, name: string): readonly string[] {
  const policy = snapshot.Policies.find(({ PolicyName }) => PolicyName === name);
  return (policy?.PolicyVersionList ?? [])
    .map(({ VersionId, IsDefaultVersion }) => (IsDefaultVersion ? `${VersionId}*` : VersionId))
    .sort();
}
