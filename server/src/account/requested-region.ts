/**
 * The Region that a request goes to, which AWS puts into every request: that of a global service, that of the resource,
 * or else the account's own. See `aws:RequestedRegion` in
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
import { HOME_REGIONS } from "../catalogue/global-services.js";
import { parseArn } from "../policy/arn.js";
import type { Account } from "./account.js";

export const REQUESTED_REGION = "aws:RequestedRegion";

/** @param service the action's prefix, in lower case */
export function requestedRegion(
  { partition, region }: Account,
  service: string,
  resource: string,
): string | undefined {
  const home = partition === "aws" ? HOME_REGIONS.get(service) : undefined;
  if (home !== undefined) return home;
  const inArn = parseArn(resource)?.region ?? "";
  return inArn === "" || /[*?]/.test(inArn) ? region : inArn;
}
