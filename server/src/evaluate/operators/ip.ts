/** `IpAddress`: an address of version 4 or 6 in a range written as CIDR, or equal to a single address. */
import { containsRange, readIpRange } from "../../policy/condition-values.js";
import { anyOf } from "./value.js";

/** A range in the request never lies in another range: a request has one address. */
export const ipAddress = anyOf(
  readIpRange,
  (requested, wanted) =>
    requested.prefix === requested.groups.length * 16 && containsRange(wanted, requested),
);
