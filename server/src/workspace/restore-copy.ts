/** Restoring a master copy: fetching it, checked against its hashes, and telling what it would change. It writes nothing. */
import { type CallOptions, TargetError } from "../account/change/target.js";
import {
  MANIFEST,
  type Manifest,
  type ObjectStore,
  objectKey,
  readManifest,
} from "../account/master-copy.js";
import type { FileText } from "../account/write-account.js";
import { sha256 } from "./sha256.js";

export interface FetchedCopy {
  readonly manifest: Manifest;
  readonly files: readonly FileText[];
}

export interface FetchOptions extends CallOptions {
  readonly prefix: string;
  /** What the place is called to the user. */
  readonly place: string;
  readonly progress: (done: number, all: number) => void;
}

/** Rejects with a `TargetError`, also where the copy is not whole. */
export async function fetchCopy(
  store: ObjectStore,
  { prefix, place, progress, ...options }: FetchOptions,
): Promise<FetchedCopy> {
  const text = await store.get(`${prefix}${MANIFEST}`, options);
  if (text === undefined) throw new TargetError("absent", `There is no master copy in ${place}.`);
  const manifest = readManifest(text);
  if (typeof manifest === "string")
    throw new TargetError("invalid", `The manifest in ${place} cannot be used: ${manifest}.`);
  const files: FileText[] = [];
  for (const { path, sha256: hash } of manifest.files) {
    progress(files.length + 1, manifest.files.length);
    const content = await store.get(objectKey(prefix, hash), options);
    if (content === undefined)
      throw new TargetError("absent", `${path} is missing in ${place}. Nothing was written.`);
    if (sha256(content) !== hash)
      throw new TargetError(
        "conflict",
        `${path} in ${place} is not what was published: its hash is another. Nothing was written.`,
      );
    files.push({ path, text: content });
  }
  return { manifest, files };
}

/** A file that the copy would change. */
export interface ChangedFile extends FileText {
  /** `undefined` where there is none yet. */
  readonly before: string | undefined;
}

/** @param read the file of that path in the copy as it is here; `undefined` where there is none */
export function changedFiles(
  { files }: FetchedCopy,
  read: (path: string) => string | undefined,
): readonly ChangedFile[] {
  return files.map((it) => ({ ...it, before: read(it.path) })).filter(({ before, text }) => before !== text);
}
