/** Publishing a master copy: which files it has, and putting them into a bucket so that it is whole or not there. */
import { dirname, relative, sep } from "node:path";
import type { AccountTarget, CallOptions } from "../account/change/target.js";
import { TargetError } from "../account/change/target.js";
import {
  isInside,
  type Manifest,
  type ManifestFile,
  manifestKeys,
  manifestOf,
  manifestText,
  type ObjectStore,
  objectKey,
} from "../account/master-copy.js";
import { describeProblem } from "../account/problem.js";
import type { FileText } from "../account/write-account.js";
import { AccountFiles, type AccountPorts } from "./account-files.js";
import { sha256 } from "./sha256.js";

export interface CopyToPublish {
  /** The twelve digits. */
  readonly account: string;
  /** The account file first. */
  readonly files: readonly (FileText & ManifestFile)[];
}

/**
 * The account file and all files that reading it asks for.
 * @param shown how a path is called to the user
 * @throws TargetError where one is missing, or lies elsewhere
 */
export function copyToPublish(
  path: string,
  ports: AccountPorts,
  shown: (path: string) => string,
): CopyToPublish {
  const folder = dirname(path);
  const texts = new Map<string, string>();
  const missing: string[] = [];
  const readFile = (file: string) => {
    const text = ports.readFile(file);
    if (text === undefined) missing.push(shown(file));
    else texts.set(relative(folder, file).split(sep).join("/"), text);
    return text;
  };
  const { account, problems } = new AccountFiles({ ...ports, readFile }, shown).account(path);
  if (account === undefined) throw new TargetError("invalid", problems.map(describeProblem).join("\n"));
  if (missing.length > 0) throw new TargetError("absent", `There is no file ${missing.join(", ")}.`);
  const foreign = [...texts].find(([, text]) => text.includes(REPLACED))?.[0];
  if (foreign !== undefined)
    throw new TargetError("invalid", `${foreign} is not UTF-8: store it as UTF-8 first.`);
  const outside = [...texts.keys()].find((it) => !isInside(it));
  if (outside !== undefined)
    throw new TargetError(
      "invalid",
      `${outside} cannot be part of a master copy: it must be a JSON file beside the account file or below.`,
    );
  return {
    account: account.id,
    files: [...texts].map(([name, text]) => ({ path: name, text, sha256: sha256(text) })),
  };
}

/** Stands in a text that was read for bytes that are none. */
const REPLACED = "\uFFFD";

/**
 * A bucket of one account does not hold the copy of another.
 * @param shown what the account file is called
 */
export async function refuseOtherAccount(
  { account }: CopyToPublish,
  shown: string,
  target: AccountTarget,
  options?: CallOptions,
): Promise<void> {
  const asked = await target.accountId(options);
  if (asked !== account)
    throw new TargetError(
      "conflict",
      `${shown} is about account ${account}, and ${target.name} is account ${asked}.`,
    );
}

export interface PublishOptions extends CallOptions {
  readonly prefix: string;
  /** ISO 8601, and the ARN of whoever publishes. */
  readonly now: string;
  readonly by: string;
  readonly progress: (done: number) => void;
}

/** Rejects with a `TargetError`. The copy before stays whole until the last call. */
export async function publishCopy(
  { account, files }: CopyToPublish,
  store: ObjectStore,
  { prefix, now, by, progress, ...options }: PublishOptions,
): Promise<Manifest> {
  const manifest = manifestOf({ account, published: now, by }, files, sha256);
  for (const [index, { text, sha256: hash }] of files.entries()) {
    progress(index + 1);
    await store.put(objectKey(prefix, hash), text, hash, options);
  }
  const text = manifestText(manifest);
  for (const key of manifestKeys(prefix, manifest)) await store.put(key, text, sha256(text), options);
  return manifest;
}
