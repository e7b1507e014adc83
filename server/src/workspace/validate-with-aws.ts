/** Analyses put side by side with what Access Analyzer says about the same policies. The validator is the only one asked. */
import { findingsOfAws } from "../lint/online/findings-of-aws.js";
import { mergeFindings, type SharedFinding } from "../lint/online/merge-findings.js";
import type {
  AskOptions,
  AwsFinding,
  PolicyValidator,
  SubmittedPolicy,
} from "../lint/online/policy-validator.js";
import { submit } from "../lint/online/submitted-policy.js";
import type { Finding } from "../lint/rule.js";
import { rules } from "../lint/rules/index.js";
import { contains } from "../syntax/span.js";
import type { AnalysedPolicy, Analysis } from "./analysis.js";

export interface ValidatedDocument {
  /** In text order; those of policies that AWS was not asked about are ours alone. */
  readonly findings: readonly SharedFinding[];
  readonly asked: readonly ValidatedPolicy[];
  /** Why AWS was not asked about the others, a sentence for each. */
  readonly notAsked: readonly NotAsked[];
}

export interface ValidatedPolicy {
  readonly policy: AnalysedPolicy;
  readonly submitted: SubmittedPolicy;
  readonly answer: readonly AwsFinding[];
  readonly findings: readonly SharedFinding[];
}

export interface NotAsked {
  readonly policy: AnalysedPolicy;
  readonly why: string;
}

/** Rejects with a `TargetError` where AWS cannot be asked. */
export async function validateWithAws(
  { policies, document, findings }: Analysis,
  variables: Readonly<Record<string, string>>,
  validator: PolicyValidator,
  options: AskOptions = {},
): Promise<ValidatedDocument> {
  const { tree } = document;
  const asked: ValidatedPolicy[] = [];
  const notAsked: NotAsked[] = [];
  const left = new Set(findings);
  for (const analysed of policies) {
    const { node } = analysed.policy;
    const submission = submit(analysed.policy, analysed, tree, variables);
    if (!submission.ok) {
      notAsked.push({ policy: analysed, why: submission.why });
      continue;
    }
    const answer = await validator.validate(submission.policy, options);
    const theirs = findingsOfAws(answer, node, submission.offset, tree.text, rules);
    const ours = [...left].filter((it) => contains(node, it));
    for (const finding of ours) left.delete(finding);
    asked.push({
      policy: analysed,
      submitted: submission.policy,
      answer,
      findings: mergeFindings(ours, theirs),
    });
  }
  const alone = [...left].map((finding: Finding): SharedFinding => ({ finding, said: "here" }));
  const all = [...asked.flatMap((it) => it.findings), ...alone];
  return {
    asked,
    notAsked,
    findings: all.sort((a, b) => a.finding.start - b.finding.start || a.finding.end - b.finding.end),
  };
}
