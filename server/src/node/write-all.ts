/** Writes several files, all or none: what cannot be finished is taken back, and the folders made for it too. */
import { isUtf8 } from "node:buffer";
import {
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { type FileToWrite, UnreadableBytes, WriteError } from "../workspace/write-files.js";

/** What writing does to the disk, so that a test can let each step fail. */
export interface Disk {
  readonly makeFolder: (path: string) => void;
  readonly write: (path: string, text: string) => void;
  readonly rename: (from: string, to: string) => void;
}

const DISK: Disk = {
  makeFolder: (path) => mkdirSync(path),
  write: (path, text) => writeFileSync(path, text, { flag: "wx" }),
  rename: renameSync,
};

/**
 * Everything is written beside its place first; only then the places change.
 * @throws WriteError after everything is as it was
 */
export function writeAll(files: readonly FileToWrite[], disk: Disk = DISK): void {
  const undo: (() => void)[] = [];
  let path = "";
  try {
    const ready = files.map((file) => {
      path = file.path;
      makeFolders(dirname(path), disk, undo);
      // A link to a file stays a link.
      const place = existsSync(path) ? realpathSync(path) : path;
      if (existsSync(place) && !isUtf8(readFileSync(place))) throw new UnreadableBytes();
      const draft = `${place}.${process.pid}.new`;
      undo.push(() => rmSync(draft, { force: true }));
      disk.write(draft, file.text);
      return { place, draft };
    });
    for (const { place, draft } of ready) {
      path = place;
      const before = existsSync(place) ? readFileSync(place) : undefined;
      disk.rename(draft, place);
      undo.push(
        before === undefined ? () => rmSync(place, { force: true }) : () => writeFileSync(place, before),
      );
    }
  } catch (error) {
    for (const step of undo.reverse()) quietly(step);
    throw new WriteError(path, error);
  }
}

function makeFolders(folder: string, disk: Disk, undo: (() => void)[]): void {
  if (existsSync(folder)) return;
  makeFolders(dirname(folder), disk, undo);
  disk.makeFolder(folder);
  undo.push(() => rmdirSync(folder));
}

/** Taking back goes as far as it can: what stays behind must not hide why it began. */
function quietly(step: () => void): void {
  try {
    step();
  } catch {}
}
