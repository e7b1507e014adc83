// Files below a folder whose path matches, sorted, with forward slashes on every system.
import { readdirSync } from "node:fs";

export function globSync(folder, pattern) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath ?? entry.path}/${entry.name}`.replaceAll("\\", "/"))
    .filter((path) => pattern.test(path))
    .sort();
}
