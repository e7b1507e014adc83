/**
 * What condition values written as text mean: numbers, dates, Boolean values, Base64, IP ranges.
 * How a request's value compares with them is `evaluate`'s; which of them a key takes is `condition-types.ts`'s.
 * See https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */

const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;

/** An integer or a decimal. */
export function readNumber(text: string): number | undefined {
  const trimmed = text.trim();
  return NUMBER.test(trimmed) ? Number(trimmed) : undefined;
}

/** `true` and `false` in any case. */
export function readBoolean(text: string): boolean | undefined {
  const folded = text.trim().toLowerCase();
  return folded === "true" ? true : folded === "false" ? false : undefined;
}

const ISO =
  /^(\d{4})(?:-?(\d{2})(?:-?(\d{2})(?:[Tt](\d{2}):?(\d{2})(?::?(\d{2})(?:[.,](\d+))?)?([Zz]|[+-]\d{2}(?::?\d{2})?)?)?)?)?$/;
const EPOCH = /^-?\d+(\.\d+)?$/;

/** Milliseconds since 1970 of the W3C's profile of ISO 8601, its form without separators, or seconds since 1970. */
export function readDate(text: string): number | undefined {
  const trimmed = text.trim();
  if (isEpochTime(trimmed)) return Number(trimmed) * 1000;
  const match = ISO.exec(trimmed);
  if (match === null) return undefined;
  const [, year, month = "01", day = "01", hour = "00", minute = "00", second = "00", fraction = "", zone] =
    match;
  if (Number(hour) > 24 || Number(minute) > 59 || Number(second) > 60) return undefined;
  const date = Date.UTC(Number(year), Number(month) - 1, Number(day));
  const check = new Date(date);
  if (check.getUTCMonth() !== Number(month) - 1 || check.getUTCDate() !== Number(day)) return undefined;
  const time = (Number(hour) * 60 + Number(minute)) * 60 + Number(second) + Number(`0.${fraction || "0"}`);
  return date + Math.round(time * 1000) - zoneOffset(zone);
}

/** Does a date count seconds since 1970? Four digits are a year. */
export function isEpochTime(text: string): boolean {
  const trimmed = text.trim();
  return EPOCH.test(trimmed) && !/^\d{4}$/.test(trimmed);
}

/** Milliseconds ahead of UTC; a time without a zone is in UTC. */
function zoneOffset(zone: string | undefined): number {
  if (zone === undefined || /z/i.test(zone)) return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3).replace(":", "") || "0");
  return (zone.startsWith("-") ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** Base64 without line breaks and padding, which some writers leave out; `undefined` if it is none. */
export function readBase64(text: string): string | undefined {
  const compact = text.replace(/\s+/g, "");
  const digits = compact.replace(/=+$/, "");
  return BASE64.test(compact) && digits.length % 4 !== 1 ? digits : undefined;
}

export interface IpRange {
  readonly version: 4 | 6;
  /** 16-bit groups, most significant first: two for version 4, eight for version 6. */
  readonly groups: readonly number[];
  readonly prefix: number;
}

/** An address of version 4 or 6, or a range of them written as CIDR. */
export function readIpRange(text: string): IpRange | undefined {
  const [address = "", mask, ...rest] = text.trim().split("/");
  if (rest.length > 0) return undefined;
  const groups = address.includes(":") ? readV6(address) : readV4(address);
  if (groups === undefined) return undefined;
  const width = groups.length * 16;
  const prefix = mask === undefined ? width : /^\d{1,3}$/.test(mask) ? Number(mask) : Number.NaN;
  if (!(prefix <= width)) return undefined;
  return { version: width === 32 ? 4 : 6, groups, prefix };
}

/** The last address of a range. */
export function lastAddress({ version, groups, prefix }: IpRange): string {
  const last = groups.map((group, index) => {
    const bits = Math.min(Math.max(prefix - index * 16, 0), 16);
    return group | (0xffff >> bits);
  });
  return version === 4
    ? last.flatMap((group) => [group >> 8, group & 255]).join(".")
    : last.map((group) => group.toString(16)).join(":");
}

/** Is all of `inner` in `outer`? */
export function containsRange(outer: IpRange, inner: IpRange): boolean {
  return (
    inner.version === outer.version &&
    inner.prefix >= outer.prefix &&
    inner.groups.every((group, index) => sameBits(group, outer.groups[index] ?? 0, outer.prefix - index * 16))
  );
}

function sameBits(a: number, b: number, bits: number): boolean {
  if (bits <= 0) return true;
  const shift = Math.max(16 - bits, 0);
  return a >> shift === b >> shift;
}

/**
 * The range as CIDR with the bits behind its prefix cleared: `203.0.113.7/24` gives `203.0.113.0/24`.
 * `undefined` where they are clear.
 */
export function clearedRange({ version, groups, prefix }: IpRange): string | undefined {
  const cleared = groups.map((group, index) => {
    const bits = Math.min(Math.max(prefix - index * 16, 0), 16);
    return group & (0xffff << (16 - bits)) & 0xffff;
  });
  if (cleared.every((group, index) => group === groups[index])) return undefined;
  const address =
    version === 4 ? cleared.flatMap((group) => [group >> 8, group & 255]).join(".") : shortenV6(cleared);
  return `${address}/${prefix}`;
}

/** The longest run of zero groups becomes `::`, the first of equally long ones. */
function shortenV6(groups: readonly number[]): string {
  let start = 0;
  let length = 0;
  for (let from = 0; from < groups.length; from++) {
    let run = 0;
    while (groups[from + run] === 0) run++;
    if (run > length) [start, length] = [from, run];
  }
  const text = (part: readonly number[]) => part.map((group) => group.toString(16)).join(":");
  if (length < 2) return text(groups);
  return `${text(groups.slice(0, start))}::${text(groups.slice(start + length))}`;
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
