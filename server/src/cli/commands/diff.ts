/** `iam-policy diff OLD NEW`: which access a change of accounts or policies gives and takes, not which lines. */
import { diffAccounts } from "../../account/diff-accounts.js";
import { diffPolicies } from "../../account/diff-policies.js";
import type { Difference } from "../../account/semantic-diff.js";
import type { WorkspacePorts } from "../../workspace/workspace.js";
import { openAccount, openAccounts } from "../accounts.js";
import { oneOf, readArguments } from "../arguments.js";
import { readPolicyFile } from "../policy-file.js";
import { reportDiffJson, reportDiffText } from "../reporters/diff.js";
import { EXIT, type ExitCode, type Terminal, UsageError } from "../terminal.js";

export const usage = `usage: iam-policy diff OLD NEW
OLD and NEW are two accounts (iam-account.json or snapshots), or two policies.
  --format text|json         how to print the differences (text)
  --no-new-access            only access that is gained counts
  --managed-policies FILE    documents of AWS's managed policies
Exit 0: no difference was found. 1: some were. 2: wrong usage, or an account with mistakes.
`;

const FLAGS = {
  format: { type: "string" },
  "no-new-access": { type: "boolean" },
  "managed-policies": { type: "string" },
} as const;

export function diffCommand(args: readonly string[], terminal: Terminal, ports: WorkspacePorts): ExitCode {
  const { values, positionals } = readArguments(args, FLAGS);
  const format = oneOf("format", values["format"], ["text", "json"]) ?? "text";
  const [before, after, ...rest] = positionals;
  if (before === undefined || after === undefined || rest.length > 0) {
    throw new UsageError("Name two files: iam-policy diff OLD NEW.");
  }
  const accounts = openAccounts(terminal, ports, values["managed-policies"]);
  const old = readPolicyFile(before, terminal);
  const now = readPolicyFile(after, terminal);
  if ((old === undefined) !== (now === undefined)) {
    throw new UsageError(
      `${old === undefined ? after : before} is a policy, and the other file is none: compare two policies or two accounts.`,
    );
  }
  const found =
    old !== undefined && now !== undefined
      ? diffPolicies(old, now, ports.catalogue())
      : diffAccounts(
          openAccount(accounts, before, terminal),
          openAccount(accounts, after, terminal),
          ports.catalogue(),
        );
  const differences =
    values["no-new-access"] === true ? found.filter(({ change }) => change === "gained") : found;
  terminal.out(format === "json" ? reportDiffJson(differences) : reportText(differences, terminal, ports));
  if (accounts.complained()) return EXIT.usage;
  return differences.length > 0 ? EXIT.findings : EXIT.ok;
}

function reportText(
  differences: readonly Difference[],
  { colours }: Terminal,
  ports: WorkspacePorts,
): string {
  return reportDiffText(differences, ports.catalogue(), colours);
}
