/**
 * How long ago AWS dropped a name. Its reference is ahead of its checks: Access Analyzer takes a name for months after
 * the reference went without it, and calls it invalid only then.
 */
import type { Catalogue, Retired } from "../catalogue/catalogue.js";

/** What AWS dropped in November 2025 it called invalid in March 2026, with one exception. */
const MONTHS = 6;

/** Services that Access Analyzer calls invalid since AWS dropped them; of others, such as `zocalo`, it takes actions still. */
export const REJECTED_SERVICES: ReadonlySet<string> = new Set(["elastic-inference"]);

/** Counted from the release of the reference, which is as much of today as a rule knows. */
export function isLongGone({ since, listed }: Retired, { version }: Catalogue): boolean {
  const [, year, month] = /(\d{4})(\d\d)\d{2,3}$/.exec(version) ?? [];
  if (listed || year === undefined || month === undefined) return false;
  return (
    12 * Number(year) + Number(month) - 12 * Number(since.slice(0, 4)) - Number(since.slice(5, 7)) > MONTHS
  );
}
