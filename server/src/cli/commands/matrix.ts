/** `iam-policy matrix`: who may do what in an account, as a table. */
import { type MatrixRow, matrixRows, namedActions } from "../../account/matrix.js";
import { MATRIX_FORMATS, type Matrix } from "../../account/matrix-report.js";
import { principalsOf } from "../../account/principal.js";
import type { WorkspacePorts } from "../../workspace/workspace.js";
import {
  actionsFrom,
  contextFrom,
  openAccount,
  openAccounts,
  principalsFrom,
  resourcesFrom,
} from "../accounts.js";
import { listOf, oneOf, readArguments } from "../arguments.js";
import { reportMatrix } from "../reporters/matrix.js";
import { EXIT, type ExitCode, type Terminal, UsageError } from "../terminal.js";

export const usage = `usage: iam-policy matrix --account FILE
  --account FILE             an iam-account.json, or the output of aws iam get-account-authorization-details
  --as WHO…                  principals (all users and roles)
  --action ACTION…           actions or patterns (those that the account's policies name)
  --resource ARN…            (those that the account's policies tell apart, taken together)
  --context KEY=VALUE…       condition keys of every request
  --managed-policies FILE    documents of AWS's managed policies
  --format text|json|csv|markdown|svg   (text)
Exit 0: every cell was decided. 2: wrong usage, or an account with mistakes.
`;

const FLAGS = {
  account: { type: "string" },
  as: { type: "string", multiple: true },
  action: { type: "string", multiple: true },
  resource: { type: "string", multiple: true },
  context: { type: "string", multiple: true },
  "managed-policies": { type: "string" },
  format: { type: "string" },
} as const;

export function matrixCommand(args: readonly string[], terminal: Terminal, ports: WorkspacePorts): ExitCode {
  const { values, positionals } = readArguments(args, FLAGS);
  const format = oneOf("format", values["format"], ["text", "json", ...MATRIX_FORMATS]) ?? "text";
  const file = values["account"];
  if (typeof file !== "string" || positionals.length > 0)
    throw new UsageError("Name the account with --account FILE.");
  const catalogue = ports.catalogue();
  const accounts = openAccounts(terminal, ports, values["managed-policies"]);
  const account = openAccount(accounts, file, terminal);
  const asked = listOf(values["as"]);
  const principals = principalsFrom(asked.length > 0 ? asked : principalsOf(account), account);
  if (principals.length === 0)
    throw new UsageError(`${file} has no users and no roles; name somebody with --as.`);
  const given = actionsFrom(listOf(values["action"]), catalogue);
  const actions = given.length > 0 ? given : namedActions(account, catalogue);
  if (actions.length === 0) {
    throw new UsageError("The account's policies name no action without wildcards; name some with --action.");
  }
  const resources = resourcesFrom(listOf(values["resource"]));
  const context = contextFrom(listOf(values["context"]));
  const rows: MatrixRow[] = [...matrixRows(account, { principals, actions, resources, context }, catalogue)];
  const matrix: Matrix = { principals: principals.map(({ name }) => name), actions, resources, rows };
  terminal.out(reportMatrix(matrix, format, terminal.colours));
  return accounts.complained() ? EXIT.usage : EXIT.ok;
}
