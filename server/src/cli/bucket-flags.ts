/** The flags that name a master copy: a bucket, and where in it. */
import { type CopyPlace, copyPlace, DEFAULT_PREFIX } from "../workspace/copy-place.js";
import type { Arguments } from "./arguments.js";
import { UsageError } from "./terminal.js";

export const BUCKET_FLAGS = { bucket: { type: "string" }, prefix: { type: "string" } } as const;

export const BUCKET_USAGE = `  --bucket NAME              the bucket of the master copy, in the account that asks
  --prefix PREFIX            where in it (iam-policy/)
`;

/** @throws UsageError, or a TargetError that says what is wrong with a name */
export function bucketFrom({ bucket, prefix = DEFAULT_PREFIX }: Arguments["values"]): CopyPlace {
  if (typeof bucket !== "string")
    throw new UsageError("Name the bucket of the master copy with --bucket NAME.");
  return copyPlace(bucket, String(prefix));
}
