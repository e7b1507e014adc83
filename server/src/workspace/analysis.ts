/** One text, understood: parsed, its policies found, their kinds told, its findings made. What every front door shows. */
import type { Catalogue } from "../catalogue/catalogue.js";
import { type Configuration, kindFor } from "../lint/configuration.js";
import { type LintMemory, lint } from "../lint/lint.js";
import type { Finding } from "../lint/rule.js";
import { applySuppressions } from "../lint/suppression.js";
import { findPolicies } from "../policy/find-policies.js";
import { type DetectedKind, detectKind } from "../policy/kind.js";
import type { Policy } from "../policy/policy.js";
import type { PolicyKind } from "../policy/words.js";
import { type Language, parseDocument, type SyntaxDocument } from "../syntax/document.js";

/** Longer texts are not read: the largest policy AWS takes is 20 kB, and an account snapshot is not linted. */
export const MAX_LENGTH = 20_000_000;

export interface AnalysisInput {
  readonly text: string;
  readonly language: Language;
  /** Relative to the configuration's folder, with forward slashes. */
  readonly path: string;
  readonly configuration: Configuration;
  readonly catalogue: Catalogue;
  readonly kind?: PolicyKind | undefined;
  readonly memory?: LintMemory;
  /** `YYYY-MM-DD`, for suppressions that expire. */
  readonly today: string;
  readonly crashed?: (rule: string, error: unknown) => void;
}

export interface Analysis {
  readonly document: SyntaxDocument;
  readonly policies: readonly AnalysedPolicy[];
  readonly findings: readonly Finding[];
}

export interface AnalysedPolicy extends DetectedKind {
  readonly policy: Policy;
}

export function analyse(input: AnalysisInput): Analysis {
  const { text, language, path, configuration, catalogue, kind, memory, crashed } = input;
  const document = parseDocument(text, language);
  const hints = { override: kind, configured: kindFor(configuration, path), path };
  const policies = findPolicies(document.tree.root, kind !== undefined).map((policy) => ({
    policy,
    ...detectKind(policy, hints),
  }));
  if (policies.length === 0) return { document, policies, findings: [] };
  const findings = lint(document, policies, {
    rules: configuration.rules,
    catalogue,
    variables: configuration.variables,
    ...(memory && { memory }),
    ...(crashed && { crashed }),
  });
  return { document, policies, findings: applySuppressions(findings, input, document) };
}
