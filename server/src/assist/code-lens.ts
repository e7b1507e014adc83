/** Above a policy and above each of its statements: what it does in plain words, and how many findings it has. */
import type { Catalogue } from "../catalogue/catalogue.js";
import { counted } from "../policy/counted.js";
import { everyStatement, type Policy } from "../policy/policy.js";
import type { PolicyKind } from "../policy/words.js";
import { contains, type Span } from "../syntax/span.js";
import { policySentence, statementSentence } from "./statement-sentence.js";

export interface CodeLens {
  readonly at: Span;
  readonly title: string;
  /** Of a whole policy. */
  readonly kind?: PolicyKind;
}

/** As much of a finding as counts here. */
export interface CountedFinding extends Span {
  readonly severity: "error" | "warning" | "info" | "hint";
}

export function codeLensesFor(
  policies: readonly { readonly policy: Policy; readonly kind: PolicyKind }[],
  findings: readonly CountedFinding[],
  catalogue: Catalogue,
): readonly CodeLens[] {
  const lenses: CodeLens[] = [];
  for (const { policy, kind } of policies) {
    const { start, end } = policy.node;
    // What is wrong around the only policy, such as a stray word, is its business too.
    const own = policies.length === 1 ? findings : within(policy.node, findings);
    const parts = [policySentence(policy, catalogue), countOf(own)];
    lenses.push({ at: { start, end }, title: joined(parts), kind });
    for (const statement of everyStatement(policy)) {
      const title = joined([statementSentence(statement, catalogue), countOf(within(statement, findings))]);
      if (title !== "") lenses.push({ at: { start: statement.start, end: statement.end }, title });
    }
  }
  return lenses;
}

function within(span: Span, findings: readonly CountedFinding[]): readonly CountedFinding[] {
  return findings.filter((it) => contains(span, it));
}

/** `2 errors, 1 suggestion`; infos and hints are suggestions. */
function countOf(findings: readonly CountedFinding[]): string | undefined {
  const of = (...severities: readonly CountedFinding["severity"][]) =>
    findings.filter(({ severity }) => severities.includes(severity)).length;
  const counts = [
    [of("error"), "error"],
    [of("warning"), "warning"],
    [of("info", "hint"), "suggestion"],
  ] as const;
  const parts = counts.filter(([n]) => n > 0).map(([n, word]) => counted(n, word));
  return parts.length === 0 ? undefined : parts.join(", ");
}

function joined(parts: readonly (string | undefined)[]): string {
  return parts.filter((it) => it !== undefined).join(" · ");
}
