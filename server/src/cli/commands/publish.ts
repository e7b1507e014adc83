/** `iam-policy publish`: the account file and its policies as the master copy in a bucket. */
import { resolve } from "node:path";
import { ACCOUNT_FILE } from "../../account/desired-account.js";
import { shownPlace } from "../../workspace/copy-place.js";
import { copyToPublish, publishCopy, refuseOtherAccount } from "../../workspace/publish-copy.js";
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
  const { cwd } = terminal;
  const copy = copyToPublish(resolve(cwd, given), ports, (it) => shownPath(it, cwd));
  const { account, files } = copy;
  return withAws(values, terminal, ports, async ({ target, objects }) => {
    await refuseOtherAccount(copy, given, target);
    const progress = (done: number) => terminal.progress?.(`${done} of ${files.length} files …`);
    const by = (await target.caller()) ?? "";
    await publishCopy(copy, objects({ bucket, kmsKey }), { prefix, by, now: ports.change.now(), progress });
    terminal.progress?.("");
    terminal.out(`${files.length} files of account ${account} are in ${shownPlace({ bucket, prefix })}.\n`);
    return EXIT.ok;
  });
}
