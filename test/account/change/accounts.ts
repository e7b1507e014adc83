/** Accounts for tests of changes: an account file read from plain data, and an observed account made from one. */
import assert from "node:assert/strict";
import type { Account } from "../../../server/src/account/account.js";
import { planChanges } from "../../../server/src/account/change/plan-changes.js";
import type { Snapshot } from "../../../server/src/account/change/snapshot-shape.js";
import { readAccount } from "../../../server/src/account/read-account.js";

export const HOME = { accountId: "111122223333", partition: "aws" };

/** An `iam-account.json` without its account id; documents are written out. */
export type AccountFile = Readonly<Record<string, unknown>>;

export function accountOf(file: AccountFile): Account {
  const text = JSON.stringify({ account: HOME.accountId, ...file });
  const { account } = readAccount(
    { file: "iam-account.json", text },
    () => undefined,
    () => undefined,
  );
  assert.ok(account !== undefined);
  return account;
}

export function emptySnapshot(buckets: Iterable<string> = []): Snapshot {
  return {
    UserDetailList: [],
    GroupDetailList: [],
    RoleDetailList: [],
    Policies: [],
    BucketPolicies: Object.fromEntries([...buckets].map((it) => [it, null])),
  };
}

/** The account as it is when such a file has been applied, with the buckets of others too. */
export function observedAs(file: AccountFile, ...others: readonly AccountFile[]): Snapshot {
  const buckets = [file, ...others].flatMap((it) => Object.keys(it["buckets"] ?? {}));
  const { plan, result } = planChanges(accountOf(file), emptySnapshot(buckets), { deletions: true });
  assert.deepEqual(
    plan.problems.filter(({ severity }) => severity === "error"),
    [],
  );
  return result;
}
