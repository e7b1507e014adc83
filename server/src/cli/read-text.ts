/** Bytes to text, or a clear word on why not. */
import { readFileSync, statSync } from "node:fs";
import { MAX_LENGTH } from "../workspace/analysis.js";
import { UsageError } from "./terminal.js";

/** @throws UsageError for what is no readable text */
export function readTextFile(path: string, shown: string): string {
  let size: number;
  try {
    size = statSync(path).size;
  } catch (error) {
    throw new UsageError(`${shown}: ${reasonOf(error)}`);
  }
  if (size > MAX_LENGTH) throw new UsageError(tooLong(shown, size));
  try {
    return decode(readFileSync(path), shown);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${shown}: ${reasonOf(error)}`);
  }
}

/** @throws UsageError */
export function decode(bytes: Uint8Array, shown: string): string {
  if (bytes.length > MAX_LENGTH) throw new UsageError(tooLong(shown, bytes.length));
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

function tooLong(shown: string, size: number): string {
  return `${shown}: ${Math.round(size / 1e6)} MB is too long for a policy; files above ${MAX_LENGTH / 1e6} MB are not read.`;
}
