/** A snapshot as an account that questions can be asked about, with what no snapshot has taken from an account file. */
import { parseDocument } from "../../syntax/document.js";
import type { Account } from "../account.js";
import type { ManagedPolicySource } from "../account-builder.js";
import { readSnapshot } from "../snapshot.js";
import type { Home } from "./perform-on.js";
import type { Snapshot } from "./snapshot-shape.js";

/** @param file the account file's: its organization, its Region, and the resources that are no buckets of the account */
export function accountOfSnapshot(
  snapshot: Snapshot,
  { accountId, partition }: Home,
  file: Account | undefined,
  managed: ManagedPolicySource,
): Account | undefined {
  const { tree } = parseDocument(JSON.stringify(snapshot), "json");
  const { account } = readSnapshot("snapshot", tree, managed);
  if (account === undefined) return undefined;
  const own = `arn:${partition}:s3:::`;
  const others = [...(file?.resources ?? [])].filter(
    ([arn, { account: owner }]) => owner !== undefined || !arn.startsWith(own),
  );
  return {
    ...account,
    id: accountId,
    partition,
    region: file?.region,
    organization: file?.organization,
    restrictsPublic: account.restrictsPublic ?? file?.restrictsPublic,
    resources: new Map([...others, ...account.resources]),
    documents: new Map([...(file?.documents ?? []), ...account.documents]),
  };
}
