/** What a file system refuses, as a reason for the user. Which file it is and what was to be done, the caller knows. */
import { TargetError } from "../account/change/target.js";

/** @param shown the file, as the user knows it */
export function fileError(error: unknown, shown: string, what: "read" | "written" | "locked"): TargetError {
  if (error instanceof TargetError) return error;
  const code = codeOf(error);
  const reason = REASONS[code ?? ""];
  return reason === undefined
    ? new TargetError("unavailable", `${shown} cannot be ${what} (${code ?? "unknown error"}).`)
    : new TargetError(reason[0], `${shown} cannot be ${what}: ${reason[1]}`);
}

const REASONS: Readonly<Record<string, readonly [TargetError["kind"], string]>> = {
  EACCES: ["denied", "you may not. Change its permissions, or those of its folder."],
  EPERM: ["denied", "you may not. Change its permissions, or those of its folder."],
  EROFS: ["denied", "the disk is read-only."],
  ENOSPC: ["limit", "the disk is full."],
  EDQUOT: ["limit", "the disk quota is used up."],
  EISDIR: ["invalid", "it is a folder."],
  ENOTDIR: ["invalid", "a part of its path is a file."],
  EEXIST: ["invalid", "a part of its path is a file."],
};

export function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : undefined;
}
