/**
 * The checks of `iam-policy validate` that AWS charges for: told from the flags, agreed with whoever pays, and made one
 * after the other. What they are is `workspace/aws-check.ts`'s.
 */
import { resolve } from "node:path";
import { observedDocument } from "../account/account-nodes.js";
import type { Snapshot } from "../account/change/snapshot-shape.js";
import { CHECKED_TYPES } from "../account/check-no-public-access.js";
import type { CheckResult, SubmittedPolicy } from "../lint/online/policy-validator.js";
import { submit } from "../lint/online/submitted-policy.js";
import { counted } from "../policy/counted.js";
import type { Policy } from "../policy/policy.js";
import { languageOf } from "../syntax/document.js";
import type { Analysis } from "../workspace/analysis.js";
import {
  type AskHere,
  type AwsCheck,
  type AwsQuestion,
  askAws,
  OPERATIONS,
  prepareAwsCheck,
} from "../workspace/aws-check.js";
import type { AwsConnection } from "../workspace/aws-connection.js";
import { costOf, type PaidCallLog, type PaidCalls } from "../workspace/paid-calls.js";
import type { Workspace } from "../workspace/workspace.js";
import { type Arguments, listOf } from "./arguments.js";
import type { Source } from "./discover.js";
import { gitText } from "./git-text.js";
import { readTextFile } from "./read-text.js";
import { type Terminal, UsageError } from "./terminal.js";

export const PAID_USAGE = `Checks that AWS charges for, each once a policy; the number of calls and their price are shown first:
  --check-no-new-access OLD  nothing is allowed that OLD does not allow: a file, git:REVISION, or what is live,
                             such as aws:policy/NAME, aws:user/NAME/POLICY, aws:role/NAME/trust, aws:bucket/NAME
  --check-access-not-granted ACTION…   these actions are not allowed
  --on ARN…                  …on these resources; alone: nothing is allowed on them
  --check-no-public-access   a resource policy lets not everybody in
  --type TYPE                what the policy hangs on, such as AWS::SQS::Queue; told from the policy if left out
  --yes                      make the calls without asking
`;

export const PAID_FLAGS = {
  "check-no-new-access": { type: "string" },
  "check-access-not-granted": { type: "string", multiple: true },
  on: { type: "string", multiple: true },
  "check-no-public-access": { type: "boolean" },
  type: { type: "string" },
  yes: { type: "boolean" },
} as const;

/** One file, read and analysed. */
export interface Opened {
  readonly source: Source;
  readonly analysis: Analysis;
  readonly variables: Readonly<Record<string, string>>;
}

/** A call to make; what is live is known only after AWS has been asked for it. */
export interface WantedCheck {
  readonly file: Opened;
  readonly policy: Policy;
  readonly submitted: SubmittedPolicy;
  readonly question: (live: () => Promise<Snapshot>) => Promise<AwsQuestion>;
}

export interface PaidCheck extends AwsCheck {
  readonly file: Opened;
  /** Where its statements stand. */
  readonly policy: Policy;
}

export interface AnsweredCheck {
  readonly check: PaidCheck;
  readonly result: CheckResult;
}

/** @throws UsageError for a policy that AWS cannot be asked about */
export function wantedChecks(
  files: readonly Opened[],
  values: Arguments["values"],
  workspace: Workspace,
  terminal: Terminal,
): readonly WantedCheck[] {
  const old = values["check-no-new-access"];
  const actions = listOf(values["check-access-not-granted"]);
  const resources = listOf(values["on"]);
  const type = typeFrom(values);
  const kinds: ((file: Opened, index: number) => WantedCheck["question"])[] = [];
  if (typeof old === "string") kinds.push(referenceFor(old, files, workspace, terminal));
  if (actions.length + resources.length > 0)
    kinds.push(() => async () => ({ check: "access-not-granted", actions, resources }));
  if (values["check-no-public-access"] === true)
    kinds.push(() => async () => ({ check: "no-public-access", ...(type && { type }) }));
  if (kinds.length === 0) return [];
  return files.flatMap((file) =>
    submissions(file, file.source.shown).flatMap((submitted, index) => {
      const policy = file.analysis.policies[index]?.policy;
      if (policy === undefined) return [];
      return kinds.map((questionFor) => ({ file, policy, submitted, question: questionFor(file, index) }));
    }),
  );
}

/** @throws UsageError where nobody can be asked and nobody has agreed */
export function demandConsent(
  wanted: readonly WantedCheck[],
  values: Arguments["values"],
  { ask }: Terminal,
): void {
  if (wanted.length === 0 || values["yes"] === true || ask !== undefined) return;
  throw new UsageError(`This makes ${costOf(wanted.length)}. Add --yes to make them without being asked.`);
}

/** Everything that can be told without paying. @throws UsageError where AWS would refuse */
export async function prepareChecks(
  wanted: readonly WantedCheck[],
  live: () => Promise<Snapshot>,
  askHere: AskHere,
): Promise<readonly PaidCheck[]> {
  const prepared: PaidCheck[] = [];
  for (const { file, policy, submitted, question } of wanted) {
    const found = await prepareAwsCheck(submitted, await question(live), askHere);
    if (!found.ok) throw new UsageError(`${file.source.shown}: ${found.why}`);
    prepared.push({ ...found.check, file, policy });
  }
  return prepared;
}

/** Who pays for what. */
export interface Till {
  readonly accountId: string;
  readonly calls: PaidCalls;
  readonly log: PaidCallLog;
}

/** Says what the calls cost, and asks whether to make them. */
export async function agreed(
  checks: readonly PaidCheck[],
  { accountId, calls, log }: Till,
  values: Arguments["values"],
  { ask, err }: Terminal,
): Promise<boolean> {
  if (checks.length === 0) return true;
  const failing = checks.filter(({ here }) => !here.passed).length;
  const words = [
    `This makes ${costOf(checks.length)}.`,
    await calls.told(accountId, log),
    `Here, free of charge: ${counted(checks.length - failing, "check passes", "checks pass")}, ${counted(failing, "fails", "fail")}.`,
    "",
  ].join("\n");
  if (values["yes"] === true || ask === undefined) {
    err(words);
    return true;
  }
  if (/^y(?:es)?$/i.test(await ask(`${words}Go on? [y/N] `))) return true;
  err("Nothing was paid for.\n");
  return false;
}

/** @param answered told each answer as it comes: those before an error are paid for too */
export async function makeChecks(
  checks: readonly PaidCheck[],
  { validator }: AwsConnection,
  { accountId, calls, log }: Till,
  answered: (check: AnsweredCheck) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  const options = signal === undefined ? {} : { signal };
  for (const check of checks) {
    const call = { accountId, operation: OPERATIONS[check.question.check], log };
    const result = await calls.make(call, () => askAws(check, validator, options), signal);
    answered({ check, result });
  }
}

/** @throws UsageError */
function typeFrom({ type }: Arguments["values"]): string | undefined {
  if (type === undefined) return undefined;
  const known = [...CHECKED_TYPES.keys()].find((it) => it.toLowerCase() === String(type).toLowerCase());
  if (known !== undefined) return known;
  throw new UsageError(`--type: choose from ${[...CHECKED_TYPES.keys()].join(", ")}.`);
}

/** What is compared with, policy by policy. @throws UsageError */
function referenceFor(
  old: string,
  files: readonly Opened[],
  workspace: Workspace,
  terminal: Terminal,
): (file: Opened, index: number) => WantedCheck["question"] {
  if (old.startsWith("aws:")) {
    const id = old.slice("aws:".length);
    for (const { source, analysis } of files) {
      // One document is live under one id.
      if (analysis.policies.length === 1) continue;
      throw new UsageError(`${source.shown} has ${analysis.policies.length} policies, and ${old} is one.`);
    }
    return () => async (live) => {
      const found = observedDocument(await live(), id, undefined);
      if (found !== undefined)
        return { check: "no-new-access", reference: found.text, title: `${id} as it is live` };
      throw new UsageError(
        `The account has no ${id}. Write it like policy/NAME, user/NAME/POLICY, role/NAME/trust or bucket/NAME.`,
      );
    };
  }
  const before = new Map(
    files.map((file) => {
      const policies = submissions({ ...file, analysis: analysisOfOld(old, file, workspace, terminal) }, old);
      const { shown } = file.source;
      const number = file.analysis.policies.length;
      if (policies.length === number) return [file, policies];
      throw new UsageError(
        `${shown} has ${number} policies and ${old} has ${policies.length}: they cannot be compared one by one.`,
      );
    }),
  );
  return (file, index) => async () => ({
    check: "no-new-access",
    reference: before.get(file)?.[index]?.text ?? "",
    title: old,
  });
}

/** @throws UsageError */
function submissions({ analysis, variables }: Opened, shown: string): readonly SubmittedPolicy[] {
  return analysis.policies.map((analysed) => {
    const submission = submit(analysed.policy, analysed, analysis.document.tree, variables);
    if (!submission.ok) throw new UsageError(`${shown}: ${submission.why}`);
    return submission.policy;
  });
}

/** @throws UsageError */
function analysisOfOld(old: string, { source }: Opened, workspace: Workspace, { cwd }: Terminal): Analysis {
  const text = old.startsWith("git:")
    ? gitText(source.path, old.slice("git:".length), source.shown)
    : readTextFile(resolve(cwd, old), old);
  return workspace.analyseText(source.path, text, languageOf(source.path), true);
}
