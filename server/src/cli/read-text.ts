/** Bytes to text, or a clear word on why not. */
import { isUtf8 } from "node:buffer";
import { readFileSync, statSync } from "node:fs";
import { MAX_ACCOUNT_LENGTH } from "../workspace/account-files.js";
import { MAX_LENGTH } from "../workspace/analysis.js";
import { UsageError } from "./terminal.js";

/** What a file is expected to hold: accounts, snapshots and lists of requests grow with an organisation. */
export type Expected = "policy" | "account" | "requests";

/** @throws UsageError for what is no readable text */
export function readTextFile(path: string, shown: string, expected: Expected = "policy"): string {
  return whole(readLoosely(path, shown, expected));
}

export interface LooseText {
  readonly text: string;
  /** Some bytes are no UTF-8: what they said is not in the text, and would be lost if that were written. */
  readonly damage: UsageError | undefined;
}

/** @throws UsageError for what is no text */
export function readLoosely(path: string, shown: string, expected: Expected = "policy"): LooseText {
  refuseTooLong(sizeOf(path, shown), shown, expected);
  try {
    return decodeLoosely(readFileSync(path), shown, expected);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${shown}: ${reasonOf(error)}`);
  }
}

function whole({ text, damage }: LooseText): string {
  if (damage !== undefined) throw damage;
  return text;
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
  return whole(decodeLoosely(bytes, shown, expected));
}

function decodeLoosely(bytes: Uint8Array, shown: string, expected: Expected): LooseText {
  refuseTooLong(bytes.length, shown, expected);
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    throw new UsageError(`${shown}: this file is in UTF-16. Save it as UTF-8.`);
  }
  // The decoder would drop a byte order mark, which AWS does not accept and a rule reports.
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  const damaged = text.includes(REPLACEMENT) && !isUtf8(bytes);
  if (bytes.subarray(0, 8192).includes(0) || (damaged && CONTROL.test(text)))
    throw new UsageError(`${shown}: this is a binary file, not a policy.`);
  return { text, damage: damaged ? notUtf8(text, bytes, shown) : undefined };
}

/** What the decoder puts where it cannot read. */
const REPLACEMENT = "\ufffd";
/** No text in any encoding of a byte a character has these. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\0-\x08\x0e-\x1a\x1c-\x1f]/;

function notUtf8(text: string, bytes: Uint8Array, shown: string): UsageError {
  let at = text.indexOf(REPLACEMENT);
  // Somebody may have written the character itself.
  for (; isWritten(text, at, bytes); at = text.indexOf(REPLACEMENT, at + 1));
  const lines = text.slice(0, at).split(/\r\n|\r|\n/);
  const place = `${lines.length}:${(lines.at(-1) ?? "").length + 1}`;
  return new UsageError(`${shown}:${place}: this is not UTF-8 from here on. Save the file as UTF-8.`);
}

function isWritten(text: string, at: number, bytes: Uint8Array): boolean {
  const start = Buffer.byteLength(text.slice(0, at));
  return bytes[start] === 0xef && bytes[start + 1] === 0xbf && bytes[start + 2] === 0xbd;
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
