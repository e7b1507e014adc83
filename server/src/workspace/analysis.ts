/** One text, understood: parsed, its policies found, their kinds told, its findings made. What every front door shows. */
import type { Catalogue } from "../catalogue/catalogue.js";
import { applyBaseline, type Baseline } from "../lint/baseline.js";
import { type Configuration, kindFor, type Suppression } from "../lint/configuration.js";
import type { Holder } from "../lint/holder.js";
import { type LintMemory, lint, lintMemory } from "../lint/lint.js";
import type { Finding } from "../lint/rule.js";
import { applySuppressions } from "../lint/suppression.js";
import { findPolicies } from "../policy/find-policies.js";
import { type DetectedKind, detectKind } from "../policy/kind.js";
import type { Policy } from "../policy/policy.js";
import type { PolicyKind } from "../policy/words.js";
import { type Language, parseDocument, type SyntaxDocument } from "../syntax/document.js";

/** Longer texts are not read, in UTF-16 units. The largest policy that AWS takes is two hundred times shorter. */
export const MAX_LENGTH = 4_000_000;

export interface AnalysisInput {
  readonly text: string;
  readonly language: Language;
  /** Relative to the configuration's folder, with forward slashes. */
  readonly path: string;
  readonly configuration: Configuration;
  /** Values of placeholders; those of the configuration unless said. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Findings that were accepted one day. */
  readonly baseline?: Baseline;
  /** Told each suppression that held back a finding. */
  readonly used?: (suppression: Suppression) => void;
  readonly catalogue: Catalogue;
  readonly kind?: PolicyKind | undefined;
  /** The text was named as a policy: then its syntax problems count even where no policy can be made out. */
  readonly named?: boolean;
  readonly memory?: AnalysisMemory;
  /** Where the text is an account: who holds what by it. */
  readonly holders?: readonly Holder[] | undefined;
  /** `YYYY-MM-DD`, for suppressions that expire. */
  readonly today: string;
  readonly crashed?: (rule: string, error: unknown) => void;
}

/**
 * What is kept of one document from one version of its text to the next. An analysis is given up when the next one is
 * made with the same memory: its statements may have moved on.
 */
export interface AnalysisMemory {
  readonly lint: LintMemory;
  document: SyntaxDocument | undefined;
  policies: readonly Policy[];
}

export function analysisMemory(): AnalysisMemory {
  return { lint: lintMemory(), document: undefined, policies: [] };
}

export interface Analysis {
  readonly document: SyntaxDocument;
  readonly policies: readonly AnalysedPolicy[];
  readonly findings: readonly Finding[];
  /** The text was too long to be read: there is nothing but this. */
  readonly tooLong: boolean;
}

export interface AnalysedPolicy extends DetectedKind {
  readonly policy: Policy;
}

const NO_BASELINE: Baseline = new Map();

export function analyse(input: AnalysisInput): Analysis {
  const { text, language, path, configuration, catalogue, kind, memory, holders, crashed } = input;
  const tooLong = text.length > MAX_LENGTH;
  const document = parseDocument(tooLong ? "" : text, language, memory?.document);
  const hints = { override: kind, configured: kindFor(configuration, path), path };
  const found = findPolicies(document.tree.root, kind !== undefined, memory?.policies);
  if (memory !== undefined) {
    memory.document = document;
    memory.policies = found;
  }
  const policies = found.map((policy) => ({ policy, ...detectKind(policy, hints) }));
  if (policies.length === 0 && !input.named && holders === undefined)
    return { document, policies, findings: [], tooLong };
  const findings = lint(document, policies, {
    rules: configuration.rules,
    catalogue,
    variables: input.variables ?? configuration.variables,
    ...(memory && { memory: memory.lint }),
    ...(holders && { holders }),
    ...(crashed && { crashed }),
  });
  const open = applySuppressions(findings, input, document, input.used);
  return {
    document,
    policies,
    findings: applyBaseline(open, input.baseline ?? NO_BASELINE, path, text),
    tooLong,
  };
}
