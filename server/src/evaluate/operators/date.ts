/**
 * The `Date…` operators: the W3C's profile of ISO 8601, its form without separators, and seconds since 1970.
 * There is no clock here: the time of a request is one of its keys.
 */
import { anyOf } from "./value.js";

const ISO =
  /^(\d{4})(?:-?(\d{2})(?:-?(\d{2})(?:[Tt](\d{2}):?(\d{2})(?::?(\d{2})(?:[.,](\d+))?)?([Zz]|[+-]\d{2}(?::?\d{2})?)?)?)?)?$/;
const EPOCH = /^-?\d+(\.\d+)?$/;

export const dateEquals = anyOf(readDate, (a, b) => a === b);
export const dateLessThan = anyOf(readDate, (a, b) => a < b);
export const dateLessThanEquals = anyOf(readDate, (a, b) => a <= b);
export const dateGreaterThan = anyOf(readDate, (a, b) => a > b);
export const dateGreaterThanEquals = anyOf(readDate, (a, b) => a >= b);

/** Milliseconds since 1970. */
export function readDate(text: string): number | undefined {
  const trimmed = text.trim();
  // Four digits are a year; any other number counts seconds.
  if (EPOCH.test(trimmed) && !/^\d{4}$/.test(trimmed)) return Number(trimmed) * 1000;
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

/** Milliseconds ahead of UTC; a time without a zone is in UTC. */
function zoneOffset(zone: string | undefined): number {
  if (zone === undefined || /z/i.test(zone)) return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3).replace(":", "") || "0");
  return (zone.startsWith("-") ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}
