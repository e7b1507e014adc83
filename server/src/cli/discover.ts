/** Which files a command line of files and folders means. Whether a file holds a policy is told later, from its content. */
import { statSync } from "node:fs";
import { isAbsolute, relative, resolve, sep } from "node:path";
import { reasonOf } from "./read-text.js";
import { UsageError } from "./terminal.js";

export interface Source {
  readonly path: string;
  /** As shown to the user: relative inside the working folder, with forward slashes. */
  readonly shown: string;
  /** Was the file named, rather than found in a folder? */
  readonly named: boolean;
}

/** @throws UsageError for a path that is not there */
export function discover(
  paths: readonly string[],
  cwd: string,
  listFiles: (folder: string) => Iterable<string>,
): readonly Source[] {
  const found = new Map<string, Source>();
  const add = (path: string, named: boolean) => {
    const known = found.get(path);
    if (known === undefined || (named && !known.named))
      found.set(path, { path, shown: shownPath(path, cwd), named });
  };
  for (const given of paths) {
    const path = resolve(cwd, given);
    let isFolder: boolean;
    try {
      isFolder = statSync(path).isDirectory();
    } catch (error) {
      throw new UsageError(`${given}: ${reasonOf(error)}`);
    }
    if (isFolder) for (const file of listFiles(path)) add(file, false);
    else add(path, true);
  }
  return [...found.values()];
}

export function shownPath(path: string, cwd: string): string {
  const inside = relative(cwd, path);
  return (inside.startsWith("..") || isAbsolute(inside) ? path : inside).split(sep).join("/");
}
