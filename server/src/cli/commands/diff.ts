/** `iam-policy diff OLD NEW`: which access a change of accounts or policies gives and takes, not which lines. */
import type { Account } from "../../account/account.js";
import { comparedCallers, diffAccounts } from "../../account/diff-accounts.js";
import { unchangedIn } from "../../account/diff-report.js";
import type { Catalogue } from "../../catalogue/catalogue.js";
import { type DocumentsDiff, diffDocuments } from "../../workspace/diff-documents.js";
import type { WorkspacePorts } from "../../workspace/workspace.js";
import { openAccount, openAccounts } from "../accounts.js";
import { oneOf, readArguments } from "../arguments.js";
import { readCommittedPolicies, readPolicies } from "../policy-file.js";
import { reportDiffJson, reportSectionsText } from "../reporters/diff.js";
import { EXIT, type ExitCode, type Terminal, UsageError } from "../terminal.js";

export const usage = `usage: iam-policy diff OLD NEW
OLD and NEW are two accounts (iam-account.json or snapshots), or two documents with policies, compared one by one.
OLD can be git:REVISION, such as git:HEAD: NEW as git has it there, and the policies of an account with it.
  --format text|json         how to print the differences (text)
  --no-new-access            only access that is gained counts
  --managed-policies FILE    documents of AWS's managed policies
Exit 0: no difference was found. 1: some were. 2: wrong usage, an account with mistakes, or a policy that cannot be compared.
`;

const FLAGS = {
  format: { type: "string" },
  "no-new-access": { type: "boolean" },
  "managed-policies": { type: "string" },
} as const;

const GIT = "git:";

export function diffCommand(args: readonly string[], terminal: Terminal, ports: WorkspacePorts): ExitCode {
  const { values, positionals } = readArguments(args, FLAGS);
  const format = oneOf("format", values["format"], ["text", "json"]) ?? "text";
  const [before, after, ...rest] = positionals;
  if (before === undefined || after === undefined || rest.length > 0) {
    throw new UsageError("Name two files: iam-policy diff OLD NEW.");
  }
  const managed = values["managed-policies"];
  const revision = before.startsWith(GIT) ? before.slice(GIT.length) : undefined;
  const accounts = openAccounts(terminal, ports, managed);
  const oldAccounts = revision === undefined ? accounts : openAccounts(terminal, ports, managed, revision);
  const catalogue = ports.catalogue();
  const old =
    revision === undefined
      ? readPolicies(before, terminal)
      : readCommittedPolicies(after, revision, terminal);
  const now = readPolicies(after, terminal);
  if ((old === undefined) !== (now === undefined)) {
    throw new UsageError(
      `${old === undefined ? after : before} holds policies, and the other file none: compare two such files, or two accounts.`,
    );
  }
  const { sections: found, notes } =
    old !== undefined && now !== undefined
      ? diffDocuments(old, now, catalogue)
      : ofAccounts(
          openAccount(oldAccounts, revision === undefined ? before : after, terminal),
          openAccount(accounts, after, terminal),
          catalogue,
        );
  const sections =
    values["no-new-access"] === true
      ? found.map((it) => ({
          ...it,
          differences: it.differences.filter(({ change }) => change === "gained"),
        }))
      : found;
  terminal.out(
    format === "json"
      ? reportDiffJson(
          sections,
          unchangedIn(found, ({ pointer }) => pointer),
        )
      : reportSectionsText(sections, unchangedIn(found), catalogue, terminal.colours),
  );
  for (const note of notes) terminal.err(`${after}: ${note}\n`);
  if (accounts.complained() || oldAccounts.complained() || notes.length > 0) return EXIT.usage;
  return sections.some(({ differences }) => differences.length > 0) ? EXIT.findings : EXIT.ok;
}

function ofAccounts(before: Account, after: Account, catalogue: Catalogue): DocumentsDiff {
  const differences = diffAccounts(before, after, catalogue);
  return {
    sections: [{ about: undefined, differences, callers: comparedCallers(before, after) }],
    notes: [],
  };
}
