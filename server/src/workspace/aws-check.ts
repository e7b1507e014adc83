/**
 * A custom check of Access Analyzer: a policy as AWS gets it with what is asked about it, looked over before it is paid
 * for, and asked, here or there. What calls cost and how many were made is `paid-calls.ts`'s.
 */
import { type NamedStatement, promiseOf } from "../account/access-check-report.js";
import { checkedTypeOf } from "../account/check-no-public-access.js";
import { type AccessCheckAnswer, type AccessCheckName, runAccessCheck } from "../account/run-access-check.js";
import type { Catalogue } from "../catalogue/catalogue.js";
import type {
  AskOptions,
  CheckReason,
  CheckResult,
  PolicyValidator,
  SubmittedPolicy,
} from "../lint/online/policy-validator.js";
import type { Policy } from "../policy/policy.js";
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
  readonly here: AccessCheckAnswer & { readonly ok: true };
}

export const OPERATIONS: Readonly<Record<AccessCheckName, string>> = {
  "no-new-access": "CheckNoNewAccess",
  "access-not-granted": "CheckAccessNotGranted",
  "no-public-access": "CheckNoPublicAccess",
};

/** AWS takes no more of each in one call. */
const MOST_PATTERNS = 100;

/** Several times what AWS stores anywhere, in UTF-16 units. */
const LONGEST = 100_000;

/** @returns why AWS need not be asked, where it would refuse or the question makes no sense */
export function prepareAwsCheck(
  submitted: SubmittedPolicy,
  asked: AwsQuestion,
  catalogue: Catalogue,
): { readonly ok: true; readonly check: AwsCheck } | { readonly ok: false; readonly why: string } {
  const policy = policyIn(submitted.text);
  const reference = asked.check === "no-new-access" ? policyIn(asked.reference) : policy;
  if (policy === undefined) return { ok: false, why: "This is not a policy." };
  if (reference === undefined) return { ok: false, why: "What it is to be compared with is not a policy." };
  const question = withType(asked, policy, submitted);
  const why = refusedByAws(submitted, question);
  if (why !== undefined) return { ok: false, why };
  const own =
    question.check === "no-new-access" ? ({ check: "no-new-access", reference } as const) : question;
  const here = runAccessCheck(policy, own, catalogue);
  if (!here.ok) return { ok: false, why: here.message };
  const promise = promiseOf(
    question.check === "no-new-access" ? { check: question.check, reference: question.title } : question,
  );
  return { ok: true, check: { submitted, question, promise, here } };
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
  return passed !== (here.failures.length === 0);
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

function withType(question: AwsQuestion, policy: Policy, { resourceType }: SubmittedPolicy): AwsQuestion {
  if (question.check !== "no-public-access") return question;
  const told = resourceType === undefined ? undefined : checkedTypeOf(policy, resourceType);
  return { ...question, type: question.type ?? told };
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

function policyIn(text: string): Policy | undefined {
  return documentPolicies(text, "json").policies[0];
}
