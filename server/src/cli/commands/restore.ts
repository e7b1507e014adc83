/** `iam-policy restore`: the files of the master copy, checked against their hashes. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { lineDiff } from "../../account/change/line-diff.js";
import {
  MANIFEST,
  type Manifest,
  type ObjectStore,
  objectKey,
  readManifest,
} from "../../account/master-copy.js";
import type { FileText } from "../../account/write-account.js";
import { WriteError, type WritePorts } from "../../workspace/write-files.js";
import { readArguments } from "../arguments.js";
import { AWS_FLAGS, AWS_USAGE, type AwsPorts, withAws } from "../aws-flags.js";
import { BUCKET_FLAGS, BUCKET_USAGE, bucketFrom } from "../bucket-flags.js";
import { readTextFile, reasonOf } from "../read-text.js";
import { EXIT, type ExitCode, type Terminal, UsageError } from "../terminal.js";
import { hash } from "./publish.js";

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
    const place = `s3://${bucket}/${prefix}`;
    const { manifest, files } = await fetchCopy(objects({ bucket }), prefix, place, terminal);
    const changed = files.filter(({ path, text }) => {
      const full = join(folder, path);
      return !existsSync(full) || readTextFile(full, path) !== text;
    });
    const over = changed.filter(({ path }) => existsSync(join(folder, path)));
    for (const { path, text } of over)
      showDifference(path, readTextFile(join(folder, path), path), text, terminal);
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

/** @throws UsageError where the copy is not whole */
async function fetchCopy(
  store: ObjectStore,
  prefix: string,
  place: string,
  terminal: Terminal,
): Promise<{ readonly manifest: Manifest; readonly files: readonly FileText[] }> {
  const text = await store.get(`${prefix}${MANIFEST}`);
  if (text === undefined) throw new UsageError(`There is no master copy in ${place}.`);
  const manifest = readManifest(text);
  if (typeof manifest === "string")
    throw new UsageError(`The manifest in ${place} cannot be used: ${manifest}.`);
  const files: FileText[] = [];
  for (const { path, sha256 } of manifest.files) {
    terminal.progress?.(`${files.length + 1} of ${manifest.files.length} files …`);
    const content = await store.get(objectKey(prefix, sha256));
    if (content === undefined) throw new UsageError(`${path} is missing in ${place}. Nothing was written.`);
    if (hash(content) !== sha256)
      throw new UsageError(
        `${path} in ${place} is not what was published: its hash is another. Nothing was written.`,
      );
    files.push({ path, text: content });
  }
  terminal.progress?.("");
  return { manifest, files };
}

function showDifference(path: string, before: string, now: string, { err }: Terminal): void {
  err(`${path} would change:\n`);
  for (const { sign, text } of lineDiff(before, now)) err(`  ${sign} ${text}\n`);
}

async function agreed(count: number, { ask, err }: Terminal): Promise<boolean> {
  const files = `${count} file${count === 1 ? "" : "s"}`;
  if (ask === undefined) {
    err(`Nothing was written: ${files} would be overwritten. Add --yes to do that.\n`);
    return false;
  }
  if (/^y(?:es)?$/i.test(await ask(`Overwrite ${files}? [y/N] `))) return true;
  err("Nothing was written.\n");
  return false;
}
