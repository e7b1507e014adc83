/**
 * The calls that AWS charges for, a line each, in a file beside the journals. When, which account and which operation is
 * all that it knows; what was asked is not in it.
 */
import { appendFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { TargetError } from "../account/change/target.js";
import type { PaidCallLog } from "../workspace/paid-calls.js";
import { JOURNAL_FOLDER, makeRecordsFolder, reasonOf } from "./journal-files.js";

const NAME = "paid-calls.jsonl";

export function paidCallFile(accountFolder: string): PaidCallLog {
  const place = `${JOURNAL_FOLDER}/${NAME}`;
  return {
    place,
    async count(accountId) {
      // Nothing is recorded before the first call.
      const text = await readFile(join(accountFolder, JOURNAL_FOLDER, NAME), "utf8").catch(() => "");
      return text.split("\n").filter((line) => accountOf(line) === accountId).length;
    },
    async add(call) {
      try {
        const folder = await makeRecordsFolder(accountFolder);
        await appendFile(join(folder, NAME), `${JSON.stringify(call)}\n`, { mode: 0o600 });
      } catch (error) {
        throw new TargetError("denied", `It cannot be recorded in ${place}: ${reasonOf(error)}`);
      }
    },
  };
}

/** `undefined` for a line that was not written to its end. */
function accountOf(line: string): unknown {
  try {
    const call: unknown = JSON.parse(line);
    return typeof call === "object" && call !== null && "accountId" in call ? call.accountId : undefined;
  } catch {
    return undefined;
  }
}
