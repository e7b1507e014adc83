/**
 * A master copy: an account file and its policies in a bucket, by what they say, with a manifest that names them. What is
 * written and what a manifest may say is decided here; the bucket is behind a port.
 */
import type { CallOptions } from "./change/target.js";
import { ACCOUNT_ID } from "./value-reader.js";
import type { FileText } from "./write-account.js";

/** A bucket. Rejects with a `TargetError`. */
export interface ObjectStore {
  /** @param sha256 in hexadecimal; the bucket refuses a text that is another */
  put(key: string, text: string, sha256: string, options?: CallOptions): Promise<void>;
  /** `undefined` where there is no such object. */
  get(key: string, options?: CallOptions): Promise<string | undefined>;
}

export interface Manifest {
  readonly version: 1;
  /** The twelve digits. */
  readonly account: string;
  /** ISO 8601. */
  readonly published: string;
  /** The ARN of whoever did it. */
  readonly by: string;
  /** The account file first. */
  readonly files: readonly ManifestFile[];
}

export interface ManifestFile {
  /** Relative to the folder of the account file, with forward slashes. */
  readonly path: string;
  /** In hexadecimal. */
  readonly sha256: string;
}

/** SHA-256 of a text in UTF-8, in hexadecimal. */
export type Hash = (text: string) => string;

export const MANIFEST = "manifest.json";

/** Under its own hash, so that nothing that was published is ever overwritten. */
export function objectKey(prefix: string, sha256: string): string {
  return `${prefix}objects/${sha256}.json`;
}

export function manifestKeys(prefix: string, { published }: Manifest): readonly string[] {
  // The one that counts comes last: until then the copy before is whole.
  return [`${prefix}history/${published.replace(/[:.]/g, "-")}.json`, `${prefix}${MANIFEST}`];
}

export function manifestOf(
  head: Pick<Manifest, "account" | "published" | "by">,
  files: readonly FileText[],
  hash: Hash,
): Manifest {
  return { version: 1, ...head, files: files.map(({ path, text }) => ({ path, sha256: hash(text) })) };
}

export function manifestText(manifest: Manifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** @returns the manifest, or why the text is none that we would follow */
export function readManifest(text: string): Manifest | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return "it is not JSON";
  }
  if (!isObject(value) || value["version"] !== 1) return "it is not of a version that is known here";
  const { account, published, by, files } = value;
  if (typeof account !== "string" || !ACCOUNT_ID.test(account)) return "it names no account";
  if (!Array.isArray(files) || files.length === 0) return "it names no files";
  const read: ManifestFile[] = [];
  const seen = new Set<string>();
  for (const file of files) {
    const { path, sha256 } = isObject(file) ? file : {};
    if (typeof path !== "string" || !isInside(path)) return "it names a file outside of its folder";
    if (typeof sha256 !== "string" || !/^[\da-f]{64}$/.test(sha256)) return `it has no hash of ${path}`;
    // Some file systems tell no upper from lower case.
    if (seen.has(path.toLowerCase())) return `it names ${path} twice`;
    seen.add(path.toLowerCase());
    read.push({ path, sha256 });
  }
  return { version: 1, account, published: String(published), by: String(by), files: read };
}

/** Whoever can write to the bucket must not write elsewhere on a disk: neither up, nor to a drive, nor to a hidden place. */
export function isInside(path: string): boolean {
  const parts = path.split("/");
  return (
    path.length <= 400 &&
    parts.every((part) => /^[\p{L}\p{N}_+=,@-][\p{L}\p{N}_+=,.@ -]*$/u.test(part) && !/[. ]$/.test(part)) &&
    /\.jsonc?$/i.test(path)
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
