/** Whose account a live target is, and in which partition: its caller's ARN tells. */
import type { Home } from "../account/change/perform-on.js";
import type { AccountTarget } from "../account/change/target.js";
import { parseArn } from "../policy/arn.js";

/** @throws TargetError */
export async function liveHome(target: AccountTarget): Promise<Home> {
  const accountId = await target.accountId();
  const caller = await target.caller();
  return { accountId, partition: (caller && parseArn(caller)?.partition) ?? "aws" };
}
