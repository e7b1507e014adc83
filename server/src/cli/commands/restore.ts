/** `iam-policy restore`: the files of the master copy, checked against their hashes. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { lineDiff } from "../../account/change/line-diff.js";
import { counted } from "../../policy/counted.js";
import { shownPlace } from "../../workspace/copy-place.js";
import { changedFiles, fetchCopy } from "../../workspace/restore-copy.js";
import { WriteError, type WritePorts } from "../../workspace/write-files.js";
import { readArguments } from "../arguments.js";
import { AWS_FLAGS, AWS_USAGE, type AwsPorts, withAws } from "../aws-flags.js";
import { BUCKET_FLAGS, BUCKET_USAGE, bucketFrom } from "../bucket-flags.js";
import { readTextFile, reasonOf } from "../read-text.js";
import { EXIT, type ExitCode, type Terminal, UsageError } from "../terminal.js";

export const usage = `usage: iam-policy restore --bucket NAME
Writes the files of the master copy. What is here already and says something else is shown, and asked about.
${BUCKET_USAGE}  --out DIR                  where to write (the working folder)
  --yes                      overwrite without asking
${AWS_USAGE}Exit 0: the files are as in the master copy. 1: they were to stay as they are. 2: AWS could not be asked, or a hash is wrong.
`;

const FLAGS = { out: { type: "string" }, yes: { type: "boolean" }, ...BUCKET_FLAGS, ...AWS_FLAGS } as const;

export async function restoreCommand(
  args: readonly string[],
  terminal: Terminal,
  ports: AwsPorts & WritePorts,
): Promise<ExitCode> {
  const { values, positionals } = readArguments(args, FLAGS);
  const [extra] = positionals;
  if (extra !== undefined) throw new UsageError(`\`${extra}\` means nothing here: name a folder with --out.`);
  const { bucket, prefix } = bucketFrom(values);
  const out = typeof values["out"] === "string" ? values["out"] : ".";
  const folder = resolve(terminal.cwd, out);
  return withAws(values, terminal, ports, async ({ objects }) => {
    const copy = await fetchCopy(objects({ bucket }), {
      prefix,
      place: shownPlace({ bucket, prefix }),
      progress: (done, all) => terminal.progress?.(`${done} of ${all} files …`),
    });
    terminal.progress?.("");
    const { manifest, files } = copy;
    const changed = changedFiles(copy, (path) => {
      const full = join(folder, path);
      return existsSync(full) ? readTextFile(full, path) : undefined;
    });
    const over = changed.filter(({ before }) => before !== undefined);
    for (const { path, before = "", text } of over) showDifference(path, before, text, terminal);
    if (over.length > 0 && values["yes"] !== true && !(await agreed(over.length, terminal)))
      return EXIT.findings;
    try {
      ports.writeAll(changed.map(({ path, text }) => ({ path: join(folder, path), text })));
    } catch (error) {
      if (!(error instanceof WriteError)) throw error;
      throw new UsageError(`${error.path} cannot be written: ${reasonOf(error.cause)}`);
    }
    terminal.out(
      `${changed.length} of ${files.length} files written: ${out} is as account ${manifest.account} was published on ${manifest.published}.\n`,
    );
    return EXIT.ok;
  });
}

function showDifference(path: string, before: string, now: string, { err }: Terminal): void {
  err(`${path} would change:\n`);
  for (const { sign, text } of lineDiff(before, now)) err(`  ${sign} ${text}\n`);
}

async function agreed(count: number, { ask, err }: Terminal): Promise<boolean> {
  const files = counted(count, "file");
  if (ask === undefined) {
    err(`Nothing was written: ${files} would be overwritten. Add --yes to do that.\n`);
    return false;
  }
  if (/^y(?:es)?$/i.test(await ask(`Overwrite ${files}? [y/N] `))) return true;
  err("Nothing was written.\n");
  return false;
}
