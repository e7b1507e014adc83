/**
 * A custom check of Access Analyzer: a policy as AWS gets it with what is asked about it, looked over before it is paid
 * for, and asked, here or there. What calls cost and how many were made is `paid-calls.ts`'s.
 */
import {
  describeGain,
  describeShown,
  type NamedStatement,
  promiseOf,
} from "../account/access-check-report.js";
import { checkedName } from "../account/check-no-public-access.js";
import { type AccessCheck, type AccessCheckName, runAccessCheck } from "../account/run-access-check.js";
import type { Catalogue } from "../catalogue/catalogue.js";
import type {
  AskOptions,
  CheckReason,
  CheckResult,
  PolicyValidator,
  SubmittedPolicy,
} from "../lint/online/policy-validator.js";
import { documentPolicies } from "./document-policies.js";

export type AwsQuestion =
  | {
      readonly check: "no-new-access";
      /** The policy to compare with, as AWS gets it. */
      readonly reference: string;
      /** As shown to the user. */
      readonly title: string;
    }
  | {
      readonly check: "access-not-granted";
      readonly actions: readonly string[];
      readonly resources: readonly string[];
    }
  | { readonly check: "no-public-access"; readonly type?: string | undefined };

export interface AwsCheck {
  readonly submitted: SubmittedPolicy;
  readonly question: AwsQuestion;
  /** What holds where it passes. */
  readonly promise: string;
  /** The answer that costs nothing. */
  readonly here: OfflineAnswer;
}

/** The same question about the same texts, answered without AWS. */
export interface OfflineQuestion {
  readonly text: string;
  readonly question: AwsQuestion;
}

export interface OfflineAnswer {
  readonly passed: boolean;
  /** Who gets what, and the request that shows it. */
  readonly found: readonly { readonly gain: string; readonly shown: string }[];
}

/** Whoever answers it: the same thread, or another one. */
export type AskHere = (asked: OfflineQuestion) => Promise<OfflineResult>;
export type OfflineResult =
  | ({ readonly ok: true } & OfflineAnswer)
  | { readonly ok: false; readonly message: string };

export const OPERATIONS: Readonly<Record<AccessCheckName, string>> = {
  "no-new-access": "CheckNoNewAccess",
  "access-not-granted": "CheckAccessNotGranted",
  "no-public-access": "CheckNoPublicAccess",
};

/** AWS takes no more of each in one call. */
const MOST_PATTERNS = 100;

/** Several times as long as the longest of AWS's own policies, in UTF-16 units. */
const LONGEST = 500_000;

/** @returns why AWS need not be asked, where it would refuse or the question makes no sense */
export async function prepareAwsCheck(
  submitted: SubmittedPolicy,
  asked: AwsQuestion,
  askHere: AskHere,
): Promise<{ readonly ok: true; readonly check: AwsCheck } | { readonly ok: false; readonly why: string }> {
  const question = withType(asked, submitted);
  const why = refusedByAws(submitted, question);
  if (why !== undefined) return { ok: false, why };
  const here = await askHere({ text: submitted.text, question });
  if (!here.ok) return { ok: false, why: here.message };
  const promise = promiseOf(
    question.check === "no-new-access" ? { check: question.check, reference: question.title } : question,
  );
  return { ok: true, check: { submitted, question, promise, here } };
}

export function checkOffline({ text, question }: OfflineQuestion, catalogue: Catalogue): OfflineResult {
  const [policy] = documentPolicies(text, "json").policies;
  if (policy === undefined) return { ok: false, message: "This is not a policy." };
  const asked = question.check === "no-new-access" ? againstReference(question.reference) : question;
  if (asked === undefined) return { ok: false, message: "What it is to be compared with is not a policy." };
  const answer = runAccessCheck(policy, asked, catalogue);
  if (!answer.ok) return answer;
  const found = answer.failures.map((it) => ({
    gain: describeGain(it, catalogue),
    shown: describeShown(it),
  }));
  return { ok: true, passed: found.length === 0, found };
}

function againstReference(text: string): AccessCheck | undefined {
  const [reference] = documentPolicies(text, "json").policies;
  return reference && { check: "no-new-access", reference };
}

/** Makes one call that is paid for. Rejects with a `TargetError`. */
export async function askAws(
  { submitted, question }: AwsCheck,
  validator: PolicyValidator,
  options: AskOptions = {},
): Promise<CheckResult> {
  switch (question.check) {
    case "no-new-access":
      return await validator.checkNoNewAccess(question.reference, submitted, options);
    case "access-not-granted":
      return await validator.checkAccessNotGranted(submitted, question, options);
    case "no-public-access":
      return await validator.checkNoPublicAccess(submitted.text, question.type ?? "", options);
  }
}

/** Do the answers differ? */
export function differs({ here }: AwsCheck, { passed }: CheckResult): boolean {
  return passed !== here.passed;
}

/** The statement that a reason is about: by its index, unless its name says otherwise. */
export function statementOf<S extends NamedStatement>(
  statements: readonly S[],
  { statementIndex, statementId }: CheckReason,
): S | undefined {
  const byIndex = statementIndex === undefined ? undefined : statements[statementIndex];
  if (statementId === undefined || byIndex?.sid?.value === statementId) return byIndex;
  const named = statements.filter(({ sid }) => sid?.value === statementId);
  return named.length === 1 ? named[0] : byIndex;
}

function withType(question: AwsQuestion, { resourceType }: SubmittedPolicy): AwsQuestion {
  if (question.check !== "no-public-access" || resourceType === undefined) return question;
  return { ...question, type: question.type ?? checkedName(resourceType) };
}

function refusedByAws({ type, text }: SubmittedPolicy, question: AwsQuestion): string | undefined {
  if (text.length > LONGEST) return "AWS takes no policy as long as this one.";
  if (type !== "IDENTITY_POLICY" && type !== "RESOURCE_POLICY")
    return "AWS checks the access of identity and resource policies only, not of policies of an organization.";
  if (question.check === "no-public-access") {
    if (type === "IDENTITY_POLICY") return "AWS checks public access for policies of resources only.";
    if (question.type === undefined)
      return "AWS checks public access for resources of some types, and which one this policy hangs on cannot be told, or is none of them: name it.";
  }
  if (question.check !== "access-not-granted") return undefined;
  const { actions, resources } = question;
  if (actions.length + resources.length === 0) return "Say which actions or resources must not be granted.";
  if (Math.max(actions.length, resources.length) <= MOST_PATTERNS) return undefined;
  return `AWS takes ${MOST_PATTERNS} actions and ${MOST_PATTERNS} resources in one call: use patterns.`;
}
