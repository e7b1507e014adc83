/**
 * Policy variables, `${aws:username}` or `${aws:PrincipalTag/team, 'none'}`: AWS fills them at request time.
 * See https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
import type { Span } from "../syntax/span.js";

export interface PolicyVariable extends Span {
  /** Between the braces, before any comma, as written. */
  readonly key: string;
  /** Behind the comma, trimmed, quotes included. */
  readonly defaultValue: string | undefined;
  /** Is the closing brace there? */
  readonly closed: boolean;
}

/** Spans count into `text`. `${*}`, `${?}` and `${$}` are included: they are the escapes of those characters. */
export function findVariables(text: string): readonly PolicyVariable[] {
  const found: PolicyVariable[] = [];
  for (let start = text.indexOf("${"); start >= 0; ) {
    const close = text.indexOf("}", start);
    const reopened = text.indexOf("${", start + 2);
    const closed = close >= 0 && (reopened < 0 || close < reopened);
    const end = closed ? close + 1 : reopened < 0 ? text.length : reopened;
    const inner = text.slice(start + 2, closed ? close : end);
    const comma = inner.indexOf(",");
    found.push({
      start,
      end,
      key: comma < 0 ? inner : inner.slice(0, comma),
      defaultValue: comma < 0 ? undefined : inner.slice(comma + 1).trim(),
      closed,
    });
    start = text.indexOf("${", end);
  }
  return found;
}

/** The variables that stand for a single literal character rather than for a key. */
export function isEscapeVariable({ key }: PolicyVariable): boolean {
  return key === "*" || key === "?" || key === "$";
}

/** The variable for a key: `aws:username` gives `${aws:username}`. */
export function variableText(key: string): string {
  return `\${${key}}`;
}
