/**
 * Journals as files: one for each apply, in `.iam-policy/journal` beside the account file, every line on the disk before
 * anybody goes on. What the lines mean is `account/change/journal.ts`'s.
 */
import { constants } from "node:fs";
import { type FileHandle, mkdir, open, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Journal, type JournalStore, journalLine, readJournal } from "../account/change/journal.js";
import { TargetError } from "../account/change/target.js";

export const JOURNAL_FOLDER = ".iam-policy";

/** @param shown what the folder is called */
export function journalFiles(accountFolder: string, shown: string): JournalStore {
  const folder = join(accountFolder, JOURNAL_FOLDER, "journal");
  return {
    place: shown,
    async create(header) {
      try {
        await makeRecordsFolder(accountFolder);
        await mkdir(folder, { recursive: true, mode: 0o700 });
        const { id, file } = await openNew(folder, idFor(header.time, header.accountId));
        const journal = fileJournal(id, file);
        await journal.append(header);
        await syncFolder(folder);
        return journal;
      } catch (error) {
        throw new TargetError(
          "denied",
          `No journal can be written in ${shown}: ${reasonOf(error)} Nothing was done.`,
        );
      }
    },
    async list() {
      let names: readonly string[];
      try {
        names = await readdir(folder);
      } catch (error) {
        if (codeOf(error) === "ENOENT") return { records: [], unreadable: [] };
        throw new TargetError("denied", `The journals in ${shown} cannot be read: ${reasonOf(error)}`);
      }
      const ids = names.flatMap((name) => (name.endsWith(SUFFIX) ? [name.slice(0, -SUFFIX.length)] : []));
      const read = await Promise.all(
        ids.sort().map(async (id) => {
          const text = await readFile(join(folder, id + SUFFIX), "utf8").catch(() => "");
          return readJournal(id, text) ?? id + SUFFIX;
        }),
      );
      return {
        records: read.filter((it) => typeof it !== "string"),
        unreadable: read.filter((it) => typeof it === "string"),
      };
    },
  };
}

/** Where journals and other records lie. Policies are in them: they are not for everybody who reads the repository. */
export async function makeRecordsFolder(accountFolder: string): Promise<string> {
  const folder = join(accountFolder, JOURNAL_FOLDER);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeNew(join(folder, ".gitignore"), "*\n");
  return folder;
}

const SUFFIX = ".jsonl";

/** Sorted by name is sorted by time; no character that a file system minds. */
function idFor(time: string, accountId: string): string {
  return `${time.replace(/\.\d+/, "").replace(/[-:]/g, "")}-${accountId}`;
}

async function openNew(folder: string, wanted: string): Promise<{ id: string; file: FileHandle }> {
  for (let count = 1; ; count++) {
    const id = count === 1 ? wanted : `${wanted}-${String(count).padStart(3, "0")}`;
    try {
      return {
        id,
        file: await open(
          join(folder, id + SUFFIX),
          constants.O_APPEND | constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY,
          0o600,
        ),
      };
    } catch (error) {
      if (codeOf(error) !== "EEXIST") throw error;
    }
  }
}

function fileJournal(id: string, file: FileHandle): Journal {
  return {
    id,
    async append(entry) {
      await file.appendFile(journalLine(entry));
      await file.sync();
      if (entry.type === "end") await file.close();
    },
  };
}

/** So that the file's name outlives a power cut too; Windows does this by itself, and refuses. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, "r");
    await handle.sync();
    await handle.close();
  } catch {
    // The file itself is on the disk.
  }
}

async function writeNew(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { flag: "wx" });
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
  }
}

/** Why nothing could be written or read there. */
export function reasonOf(error: unknown): string {
  const code = codeOf(error);
  if (code === "EACCES" || code === "EPERM") return "you may not. Change the permissions of the folder.";
  if (code === "EROFS") return "the disk is read-only.";
  if (code === "ENOSPC") return "the disk is full.";
  if (code === "ENOTDIR" || code === "EEXIST") return "a part of the path is a file.";
  return `${code ?? "unknown error"}.`;
}

function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : undefined;
}
