/** `iam-policy account-check`: what is wrong with an AWS account as a whole. It asks AWS and changes nothing. */
import { checkAccount } from "../../account/check/check-account.js";
import { renderAccountChecks } from "../../account/check/check-report.js";
import type { WorkspacePorts } from "../../workspace/workspace.js";
import { oneOf, readArguments } from "../arguments.js";
import { AWS_FLAGS, AWS_USAGE, type AwsPorts, withAws } from "../aws-flags.js";
import { EXIT, type ExitCode, type Terminal, UsageError } from "../terminal.js";

export const usage = `usage: iam-policy account-check
Looks at the root user, passwords, MFA, access keys, and at policies in odd places. Nothing is changed.
  --format text|json         how to print what is found (text)
${AWS_USAGE}Exit 0: all is good. 1: something is not, or may not be read. 2: AWS could not be asked.
`;

const FLAGS = { format: { type: "string" }, ...AWS_FLAGS } as const;

export async function accountCheckCommand(
  args: readonly string[],
  terminal: Terminal,
  ports: AwsPorts & Pick<WorkspacePorts, "today">,
): Promise<ExitCode> {
  const { values, positionals } = readArguments(args, FLAGS);
  const format = oneOf("format", values["format"], ["text", "json"]) ?? "text";
  const [extra] = positionals;
  if (extra !== undefined) throw new UsageError(`\`${extra}\` means nothing here.`);
  return withAws(values, terminal, ports, async ({ facts }) => {
    const found = await facts.read({ progress: (what) => terminal.progress?.(`Reading ${what} …`) });
    terminal.progress?.("");
    const checks = checkAccount(found, ports.today());
    const { account } = found;
    terminal.out(
      format === "json"
        ? `${JSON.stringify({ version: 1, account, checks }, null, 2)}\n`
        : renderAccountChecks(account, checks),
    );
    return checks.every(({ result }) => result === "good") ? EXIT.ok : EXIT.findings;
  });
}
