/** Bytes to text, or a clear word on why not. */
import { readFileSync, statSync } from "node:fs";
import { MAX_ACCOUNT_LENGTH } from "../workspace/account-files.js";
import { MAX_LENGTH } from "../workspace/analysis.js";
import { UsageError } from "./terminal.js";

/** What a file is expected to hold: accounts, snapshots and lists of requests grow with an organisation. */
export type Expected = "policy" | "account" | "requests";

/** @throws UsageError for what is no readable text */
export function readTextFile(path: string, shown: string, expected: Expected = "policy"): string {
  refuseTooLong(sizeOf(path, shown), shown, expected);
  try {
    return decode(readFileSync(path), shown, expected);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${shown}: ${reasonOf(error)}`);
  }
}

/** @throws UsageError where the file is not there */
export function sizeOf(path: string, shown: string): number {
  try {
    return statSync(path).size;
  } catch (error) {
    throw new UsageError(`${shown}: ${reasonOf(error)}`);
  }
}

/** @throws UsageError */
export function decode(bytes: Uint8Array, shown: string, expected: Expected = "policy"): string {
  refuseTooLong(bytes.length, shown, expected);
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    throw new UsageError(`${shown}: this file is in UTF-16. Save it as UTF-8.`);
  }
  if (bytes.subarray(0, 8192).includes(0))
    throw new UsageError(`${shown}: this is a binary file, not a policy.`);
  // The decoder would drop a byte order mark, which AWS does not accept and a rule reports.
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}

export function reasonOf(error: unknown): string {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  switch (code) {
    case "ENOENT":
      return "there is no such file or folder.";
    case "EACCES":
    case "EPERM":
      return "you may not read this file.";
    case "EISDIR":
      return "this is a folder.";
    case "EROFS":
      return "this file system is read-only.";
    default:
      return `this file cannot be read (${String(code ?? "unknown reason")}).`;
  }
}

const NAMES: Readonly<Record<Expected, string>> = {
  policy: "a policy",
  account: "an account",
  requests: "a list of requests",
};

/** @throws UsageError */
export function refuseTooLong(size: number, shown: string, expected: Expected): void {
  const most = expected === "policy" ? MAX_LENGTH : MAX_ACCOUNT_LENGTH;
  if (size <= most) return;
  throw new UsageError(
    `${shown}: ${Math.round(size / 1e6)} MB is too long for ${NAMES[expected]}; files above ${most / 1e6} MB are not read.`,
  );
}
