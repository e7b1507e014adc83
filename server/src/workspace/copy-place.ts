/** Where a master copy lies: a bucket, and where in it. Whether it is there is not asked. */
import { TargetError } from "../account/change/target.js";

export interface CopyPlace {
  readonly bucket: string;
  /** Empty, or with a slash at its end. */
  readonly prefix: string;
}

export const DEFAULT_PREFIX = "iam-policy/";

/** @throws TargetError */
export function copyPlace(bucket: string, prefix: string = DEFAULT_PREFIX): CopyPlace {
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket))
    throw new TargetError("invalid", `\`${bucket}\` is not the name of a bucket.`);
  if (prefix.startsWith("/") || /\/\//.test(prefix))
    throw new TargetError(
      "invalid",
      `The prefix \`${prefix}\` starts with a slash or has two in a row; write it like ${DEFAULT_PREFIX}.`,
    );
  return { bucket, prefix: prefix === "" || prefix.endsWith("/") ? prefix : `${prefix}/` };
}

export function shownPlace({ bucket, prefix }: CopyPlace): string {
  return `s3://${bucket}/${prefix}`;
}
