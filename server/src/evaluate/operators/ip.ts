/** `IpAddress`: an address of version 4 or 6 in a range written as CIDR, or equal to a single address. */
import { anyOf } from "./value.js";

interface Range {
  readonly version: 4 | 6;
  /** 16-bit groups, most significant first: two for version 4, eight for version 6. */
  readonly groups: readonly number[];
  readonly prefix: number;
}

/** A range in the request never lies in another range: a request has one address. */
export const ipAddress = anyOf(readRange, (requested, wanted) => {
  const width = requested.groups.length * 16;
  return (
    requested.version === wanted.version &&
    requested.prefix === width &&
    requested.groups.every((group, index) =>
      sameBits(group, wanted.groups[index] ?? 0, wanted.prefix - index * 16),
    )
  );
});

function sameBits(a: number, b: number, bits: number): boolean {
  if (bits <= 0) return true;
  const shift = Math.max(16 - bits, 0);
  return a >> shift === b >> shift;
}

export function readRange(text: string): Range | undefined {
  const [address = "", mask, ...rest] = text.trim().split("/");
  if (rest.length > 0) return undefined;
  const groups = address.includes(":") ? readV6(address) : readV4(address);
  if (groups === undefined) return undefined;
  const width = groups.length * 16;
  const prefix = mask === undefined ? width : /^\d{1,3}$/.test(mask) ? Number(mask) : Number.NaN;
  if (!(prefix <= width)) return undefined;
  return { version: width === 32 ? 4 : 6, groups, prefix };
}

function readV4(text: string): readonly number[] | undefined {
  const bytes = text.split(".").map((part) => (/^\d{1,3}$/.test(part) ? Number(part) : 256));
  if (bytes.length !== 4 || bytes.some((byte) => byte > 255)) return undefined;
  const [a = 0, b = 0, c = 0, d = 0] = bytes;
  return [(a << 8) | b, (c << 8) | d];
}

function readV6(text: string): readonly number[] | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map(readGroups);
  if (head === undefined) return undefined;
  if (halves.length === 1) return head.length === 8 ? head : undefined;
  if (tail === undefined || head.length + tail.length > 7) return undefined;
  return [...head, ...Array<number>(8 - head.length - tail.length).fill(0), ...tail];
}

function readGroups(text: string): readonly number[] | undefined {
  if (text === "") return [];
  const groups: number[] = [];
  const parts = text.split(":");
  for (const [index, part] of parts.entries()) {
    const embedded = index === parts.length - 1 && part.includes(".") ? readV4(part) : undefined;
    if (embedded !== undefined) groups.push(...embedded);
    else if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(Number.parseInt(part, 16));
    else return undefined;
  }
  return groups;
}
