/** Which files are read for their findings, by a cheap look. What is in them is told by the analysis. */
import { ACCOUNT_FILE } from "../account/desired-account.js";
import type { Analysis } from "./analysis.js";

/** @param path or URI */
export function isAccountFile(path: string): boolean {
  return path.endsWith(ACCOUNT_FILE) && /^$|[\\/]$/.test(path.slice(0, -ACCOUNT_FILE.length));
}

/** Spares most files of a folder the full reading; a snapshot has copies of what is there, which nobody repairs. */
export function isWorthReading(path: string, text: string): boolean {
  return (/statement/i.test(text) && !SNAPSHOT.test(text)) || isAccountFile(path);
}

const SNAPSHOT = /"(?:User|Group|Role)DetailList"\s*:/;

/** An account may have findings and no policy of its own. */
export function isWorthShowing({ policies, findings }: Analysis): boolean {
  return policies.length > 0 || findings.length > 0;
}
