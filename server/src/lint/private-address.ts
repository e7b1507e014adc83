/**
 * Private addresses in `aws:SourceIp`, which holds public ones alone.
 * AWS does not say which ranges it means: these are the ones set aside for private networks, as in RFC 1918 and RFC 4193.
 */
import type { Condition, ConditionOperator } from "../policy/condition.js";
import { containsRange, readIpRange } from "../policy/condition-values.js";
import type { ValueNode } from "../syntax/tree.js";
import { fixedText } from "./fixed-text.js";

const PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"]
  .map(readIpRange)
  .filter((range) => range !== undefined);

export interface PrivateAddresses {
  readonly values: readonly ValueNode[];
  /** Is there a public address besides? */
  readonly mixed: boolean;
}

/** @param key in lower case */
export function isSourceIp({ family }: ConditionOperator, key: string): boolean {
  return family === "IpAddress" && key === "aws:sourceip";
}

/** Of a condition on `aws:SourceIp`; `undefined` where there are none, and where a value cannot be told. */
export function privateAddresses({ values }: Condition): PrivateAddresses | undefined {
  const found: ValueNode[] = [];
  for (const node of values) {
    const range = readIpRange(fixedText(node) ?? "");
    if (range === undefined) return undefined;
    if (PRIVATE.some((it) => containsRange(it, range))) found.push(node);
  }
  return found.length === 0 ? undefined : { values: found, mixed: found.length < values.length };
}
