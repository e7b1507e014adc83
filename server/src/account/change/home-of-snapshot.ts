/** Whose account a snapshot shows: the first ARN with an account tells. */
import { parseArn } from "../../policy/arn.js";
import { ACCOUNT_ID } from "../value-reader.js";
import type { Home } from "./perform-on.js";
import type { Snapshot } from "./snapshot-shape.js";

/** @returns `undefined` where nothing in it has an ARN of its own, as in a new account */
export function homeOfSnapshot(snapshot: Snapshot): Home | undefined {
  const { UserDetailList, GroupDetailList, RoleDetailList, Policies } = snapshot;
  for (const { Arn } of [...UserDetailList, ...GroupDetailList, ...RoleDetailList, ...Policies]) {
    const arn = parseArn(Arn);
    if (arn !== undefined && ACCOUNT_ID.test(arn.account))
      return { accountId: arn.account, partition: arn.partition };
  }
  return undefined;
}
