/** The flags that name a master copy: a bucket, and where in it. */
import type { Arguments } from "./arguments.js";
import { UsageError } from "./terminal.js";

export const BUCKET_FLAGS = { bucket: { type: "string" }, prefix: { type: "string" } } as const;

export const BUCKET_USAGE = `  --bucket NAME              the bucket of the master copy, in the account that asks
  --prefix PREFIX            where in it (iam-policy/)
`;

const DEFAULT_PREFIX = "iam-policy/";

/** @throws UsageError */
export function bucketFrom({ bucket, prefix = DEFAULT_PREFIX }: Arguments["values"]): {
  readonly bucket: string;
  readonly prefix: string;
} {
  if (typeof bucket !== "string" || !/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket))
    throw new UsageError("Name the bucket of the master copy with --bucket NAME.");
  const text = String(prefix);
  if (text.startsWith("/") || /\/\//.test(text))
    throw new UsageError(
      `--prefix: \`${text}\` starts with a slash or has two in a row; write it like ${DEFAULT_PREFIX}.`,
    );
  return { bucket, prefix: text === "" || text.endsWith("/") ? text : `${text}/` };
}
