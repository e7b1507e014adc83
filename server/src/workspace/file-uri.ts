/** `file:` URIs to paths and back, as the host writes paths. It reads nothing. */
import { fileURLToPath, pathToFileURL } from "node:url";

/** `undefined` for untitled texts and other schemes. */
export function pathOf(uri: string): string | undefined {
  if (!uri.startsWith("file:")) return undefined;
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
}

export function uriOf(path: string): string {
  return pathToFileURL(path).href;
}
