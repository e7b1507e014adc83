// Files below a folder whose path matches, sorted, with forward slashes on every system.
import { existsSync, readdirSync } from "node:fs";

export function globSync(folder, pattern) {
  // Git keeps no empty folders, so one that nothing is in may be missing.
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath ?? entry.path}/${entry.name}`.replaceAll("\\", "/"))
    .filter((path) => pattern.test(path))
    .sort();
}
