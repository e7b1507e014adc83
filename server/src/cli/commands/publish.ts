/** `iam-policy publish`: the account file and its policies as the master copy in a bucket. */
import { createHash } from "node:crypto";
import { dirname, relative, resolve, sep } from "node:path";
import { ACCOUNT_FILE } from "../../account/desired-account.js";
import { isInside, manifestKeys, manifestOf, manifestText, objectKey } from "../../account/master-copy.js";
import { describeProblem } from "../../account/problem.js";
import type { FileText } from "../../account/write-account.js";
import { AccountFiles } from "../../workspace/account-files.js";
import type { WorkspacePorts } from "../../workspace/workspace.js";
import { readArguments } from "../arguments.js";
import { AWS_FLAGS, AWS_USAGE, type AwsPorts, withAws } from "../aws-flags.js";
import { BUCKET_FLAGS, BUCKET_USAGE, bucketFrom } from "../bucket-flags.js";
import type { ChangeCommandPorts } from "../change-target.js";
import { shownPath } from "../discover.js";
import { EXIT, type ExitCode, type Terminal, UsageError } from "../terminal.js";

export const usage = `usage: iam-policy publish --bucket NAME
Stores the account file and every policy that it names, encrypted, under their hashes, with a manifest.
Nothing that was published before is overwritten but the manifest, which is kept under history/ too.
  --account FILE             the account file (${ACCOUNT_FILE})
${BUCKET_USAGE}  --kms-key KEY              encrypt with this KMS key (S3's own keys)
${AWS_USAGE}Exit 0: published. 2: wrong usage, a file that is not there, or AWS could not be asked.
`;

const FLAGS = {
  account: { type: "string" },
  "kms-key": { type: "string" },
  ...BUCKET_FLAGS,
  ...AWS_FLAGS,
} as const;

export async function publishCommand(
  args: readonly string[],
  terminal: Terminal,
  ports: WorkspacePorts & AwsPorts & ChangeCommandPorts,
): Promise<ExitCode> {
  const { values, positionals } = readArguments(args, FLAGS);
  const [extra] = positionals;
  if (extra !== undefined)
    throw new UsageError(`\`${extra}\` means nothing here: name the account file with --account.`);
  const { bucket, prefix } = bucketFrom(values);
  const kmsKey = typeof values["kms-key"] === "string" ? values["kms-key"] : undefined;
  const given = typeof values["account"] === "string" ? values["account"] : ACCOUNT_FILE;
  const { account, files } = gather(resolve(terminal.cwd, given), terminal, ports);
  return withAws(values, terminal, ports, async ({ target, objects }) => {
    const asked = await target.accountId();
    if (asked !== account)
      throw new UsageError(`${given} is about account ${account}, and ${target.name} is account ${asked}.`);
    const store = objects({ bucket, kmsKey });
    const by = (await target.caller()) ?? "";
    const manifest = manifestOf({ account, published: ports.change.now(), by }, files, hash);
    for (const [index, { text }] of files.entries()) {
      const sha256 = manifest.files[index]?.sha256 ?? hash(text);
      terminal.progress?.(`${index + 1} of ${files.length} files …`);
      await store.put(objectKey(prefix, sha256), text, sha256);
    }
    terminal.progress?.("");
    const text = manifestText(manifest);
    for (const key of manifestKeys(prefix, manifest)) await store.put(key, text, hash(text));
    terminal.out(`${files.length} files of account ${account} are in s3://${bucket}/${prefix}.\n`);
    return EXIT.ok;
  });
}

export function hash(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}

/**
 * The account file and all files that reading it asks for.
 * @throws UsageError where one is missing, or lies elsewhere
 */
function gather(
  path: string,
  { cwd }: Terminal,
  ports: WorkspacePorts,
): { readonly account: string; readonly files: readonly FileText[] } {
  const folder = dirname(path);
  const texts = new Map<string, string>();
  const missing: string[] = [];
  const readFile = (file: string) => {
    const text = ports.readFile(file);
    if (text === undefined) missing.push(shownPath(file, cwd));
    else texts.set(relative(folder, file).split(sep).join("/"), text);
    return text;
  };
  const { account, problems } = new AccountFiles({ ...ports, readFile }, (it) => shownPath(it, cwd)).account(
    path,
  );
  if (account === undefined) throw new UsageError(problems.map(describeProblem).join("\n"));
  if (missing.length > 0) throw new UsageError(`There is no file ${missing.join(", ")}.`);
  const outside = [...texts.keys()].find((it) => !isInside(it));
  if (outside !== undefined)
    throw new UsageError(
      `${outside} cannot be part of a master copy: it must be a JSON file beside the account file or below.`,
    );
  return { account: account.id, files: [...texts].map(([name, text]) => ({ path: name, text })) };
}
