/** `iam-policy check`: Access Analyzer's custom policy checks, offline; each failure with a request that shows it. */
import { type AccessCheck, type AccessCheckName, runAccessCheck } from "../../account/run-access-check.js";
import { nearest } from "../../policy/nearest.js";
import type { Policy } from "../../policy/policy.js";
import type { WorkspacePorts } from "../../workspace/workspace.js";
import { commaSeparated } from "../accounts.js";
import { type Arguments, listOf, oneOf, readArguments } from "../arguments.js";
import { readPolicyFile } from "../policy-file.js";
import { reportCheckJson, reportCheckText } from "../reporters/check.js";
import { EXIT, type ExitCode, type Terminal, UsageError } from "../terminal.js";

export const usage = `usage: iam-policy check no-new-access REFERENCE POLICY
       iam-policy check access-not-granted POLICY [--action ACTION…] [--resource ARN…]
       iam-policy check no-public-access POLICY [--type TYPE]
no-new-access: POLICY gives no access that REFERENCE does not.
access-not-granted: POLICY gives none of the actions on any of the resources.
no-public-access: POLICY, which hangs on a resource, lets in nobody but those whom it names or picks out.
  --action ACTION…           actions or patterns (*)
  --resource ARN…            ARNs or patterns (*)
  --type TYPE                what POLICY hangs on, such as AWS::S3::Bucket; told from the policy if left out
  --format text|json         how to print the result (text)
Exit 0: the policy passes. 1: it fails. 2: wrong usage, or a policy that AWS would not take.
`;

const FLAGS = {
  action: { type: "string", multiple: true },
  resource: { type: "string", multiple: true },
  type: { type: "string" },
  format: { type: "string" },
} as const;

interface Check {
  /** The files that it takes, as the usage calls them. */
  readonly files: readonly string[];
  readonly flags: readonly string[];
  /** @param reference the first file, where there are two */
  readonly asked: (values: Arguments["values"], reference: Policy) => AccessCheck;
}

const CHECKS: Readonly<Record<AccessCheckName, Check>> = {
  "no-new-access": {
    files: ["REFERENCE", "POLICY"],
    flags: [],
    asked: (_values, reference) => ({ check: "no-new-access", reference }),
  },
  "access-not-granted": {
    files: ["POLICY"],
    flags: ["action", "resource"],
    asked: (values) => ({ check: "access-not-granted", ...accessFrom(values) }),
  },
  "no-public-access": {
    files: ["POLICY"],
    flags: ["type"],
    asked: ({ type }) => ({ check: "no-public-access", ...(typeof type === "string" && { type }) }),
  },
};

const NAMES = Object.keys(CHECKS) as readonly AccessCheckName[];

export function checkCommand(args: readonly string[], terminal: Terminal, ports: WorkspacePorts): ExitCode {
  const { values, positionals } = readArguments(args, FLAGS);
  const format = oneOf("format", values["format"], ["text", "json"]) ?? "text";
  const [first, ...given] = positionals;
  const name = NAMES.find((it) => it === first);
  if (name === undefined) throw new UsageError(unknownCheck(first));
  const check = CHECKS[name];
  if (given.length !== check.files.length) {
    throw new UsageError(`Name what to check: iam-policy check ${name} ${check.files.join(" ")}.`);
  }
  for (const flag of ["action", "resource", "type"]) {
    const value = values[flag];
    const set = Array.isArray(value) ? value.length > 0 : value !== undefined;
    if (set && !check.flags.includes(flag)) throw new UsageError(`${name} takes no --${flag}.`);
  }
  const policies = given.map((file) => policyFrom(file, terminal));
  const [reference] = policies;
  const policy = policies.at(-1);
  if (reference === undefined || policy === undefined) return EXIT.usage;
  const answer = runAccessCheck(policy, check.asked(values, reference), ports.catalogue());
  if (!answer.ok)
    throw new UsageError(`${answer.part === undefined ? name : `--${answer.part}`}: ${answer.message}`);
  const { failures } = answer;
  const file = given.at(-1) ?? "";
  terminal.out(
    format === "json"
      ? reportCheckJson(name, failures)
      : reportCheckText(name, file, failures, ports.catalogue(), terminal.colours),
  );
  return failures.length > 0 ? EXIT.findings : EXIT.ok;
}

function unknownCheck(name: string | undefined): string {
  const choose = `Choose from ${NAMES.join(", ")}.`;
  if (name === undefined) return `Which check? ${choose}`;
  const near = nearest(name, NAMES);
  return `There is no check ${name}. ${near === undefined ? choose : `Did you mean ${near}?`}`;
}

/** @throws UsageError */
function policyFrom(file: string, terminal: Terminal): Policy {
  const policy = readPolicyFile(file, terminal);
  if (policy !== undefined) return policy;
  throw new UsageError(`${file}: this is not a policy. Accounts are compared with iam-policy diff.`);
}

/** @throws UsageError where nothing is asked for */
function accessFrom(values: Arguments["values"]) {
  const actions = listOf(values["action"]).flatMap(commaSeparated);
  const resources = listOf(values["resource"]);
  if (actions.length > 0 || resources.length > 0) return { actions, resources };
  throw new UsageError("What must not be granted? Add --action s3:DeleteBucket or --resource ARN, or both.");
}
