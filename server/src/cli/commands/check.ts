/** `iam-policy check`: Access Analyzer's custom policy checks, offline; each failure with a request that shows it. */
import type { CheckFailure } from "../../account/access-check.js";
import { checkAccessNotGranted } from "../../account/check-access-not-granted.js";
import { checkNoNewAccess } from "../../account/check-no-new-access.js";
import { CHECKED_TYPES, checkNoPublicAccess } from "../../account/check-no-public-access.js";
import type { Catalogue } from "../../catalogue/catalogue.js";
import { nearest } from "../../policy/nearest.js";
import type { Policy } from "../../policy/policy.js";
import type { WorkspacePorts } from "../../workspace/workspace.js";
import { actionsFrom, resourcesFrom } from "../accounts.js";
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
  readonly run: (
    policies: readonly [Policy, ...Policy[]],
    values: Arguments["values"],
    catalogue: Catalogue,
  ) => readonly CheckFailure[];
}

const CHECKS: Readonly<Record<string, Check>> = {
  "no-new-access": {
    files: ["REFERENCE", "POLICY"],
    flags: [],
    run: ([reference, policy], _values, catalogue) =>
      policy === undefined ? [] : checkNoNewAccess(reference, policy, catalogue),
  },
  "access-not-granted": {
    files: ["POLICY"],
    flags: ["action", "resource"],
    run: ([policy], values, catalogue) =>
      checkAccessNotGranted(policy, accessFrom(values, catalogue), catalogue),
  },
  "no-public-access": {
    files: ["POLICY"],
    flags: ["type"],
    run: ([policy], values, catalogue) =>
      checkNoPublicAccess(ofResource(policy), typeFrom(values), catalogue),
  },
};

export function checkCommand(args: readonly string[], terminal: Terminal, ports: WorkspacePorts): ExitCode {
  const { values, positionals } = readArguments(args, FLAGS);
  const format = oneOf("format", values["format"], ["text", "json"]) ?? "text";
  const [name, ...given] = positionals;
  const check = name !== undefined && Object.hasOwn(CHECKS, name) ? CHECKS[name] : undefined;
  if (name === undefined || check === undefined) throw new UsageError(`${unknownCheck(name)}`);
  if (given.length !== check.files.length) {
    throw new UsageError(`Name what to check: iam-policy check ${name} ${check.files.join(" ")}.`);
  }
  for (const flag of ["action", "resource", "type"]) {
    const value = values[flag];
    const set = Array.isArray(value) ? value.length > 0 : value !== undefined;
    if (set && !check.flags.includes(flag)) throw new UsageError(`${name} takes no --${flag}.`);
  }
  const [first, ...others] = given.map((file) => policyFrom(file, terminal));
  if (first === undefined) return EXIT.usage;
  const failures = check.run([first, ...others], values, ports.catalogue());
  const file = given.at(-1) ?? "";
  terminal.out(
    format === "json"
      ? reportCheckJson(name, failures)
      : reportCheckText(name, file, failures, ports.catalogue(), terminal.colours),
  );
  return failures.length > 0 ? EXIT.findings : EXIT.ok;
}

function unknownCheck(name: string | undefined): string {
  const names = Object.keys(CHECKS);
  const choose = `Choose from ${names.join(", ")}.`;
  if (name === undefined) return `Which check? ${choose}`;
  const near = nearest(name, names);
  return `There is no check ${name}. ${near === undefined ? choose : `Did you mean ${near}?`}`;
}

/** @throws UsageError */
function policyFrom(file: string, terminal: Terminal): Policy {
  const policy = readPolicyFile(file, terminal);
  if (policy !== undefined) return policy;
  throw new UsageError(`${file}: this is not a policy. Accounts are compared with iam-policy diff.`);
}

/** @throws UsageError for a policy that hangs on no resource: it would always pass */
function ofResource(policy: Policy): Policy {
  const names = policy.statements.some((it) => it.element("Principal") ?? it.element("NotPrincipal"));
  if (names || policy.statements.length === 0) return policy;
  throw new UsageError("no-public-access: this policy has no `Principal`, so it hangs on no resource.");
}

/** @throws UsageError for actions that AWS does not have, and what is no ARN */
function accessFrom(values: Arguments["values"], catalogue: Catalogue) {
  const actions = listOf(values["action"]);
  const resources = listOf(values["resource"]);
  if (actions.length === 0 && resources.length === 0) {
    throw new UsageError(
      "What must not be granted? Add --action s3:DeleteBucket or --resource ARN, or both.",
    );
  }
  return {
    actions: actions.length === 0 ? ["*"] : actionsFrom(actions, catalogue),
    resources: resources.length === 0 ? ["*"] : resourcesFrom(resources),
  };
}

/** @throws UsageError */
function typeFrom({ type }: Arguments["values"]): string | undefined {
  if (type === undefined) return undefined;
  const known = [...CHECKED_TYPES.keys()];
  const found = known.find((it) => it.toLowerCase() === String(type).toLowerCase());
  if (found !== undefined) return found;
  const near = nearest(String(type), known);
  throw new UsageError(
    `--type: ${String(type)} is not checked for public access. ${near === undefined ? `Choose from ${known.join(", ")}.` : `Did you mean ${near}?`}`,
  );
}
