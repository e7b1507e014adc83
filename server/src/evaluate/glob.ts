/**
 * Wildcard patterns of policies, compiled to tests. Which texts are patterns, and what is literal in them,
 * the callers say; `policy/wildcard.ts` compares patterns with each other.
 */
import { hasWildcard, matchesPattern } from "../policy/wildcard.js";

export type TextTest = (text: string) => boolean;

// Stand-ins for a literal `*` and `?` inside a pattern. AWS takes no characters beyond U+00FF in a policy.
const STAR = "\uE000";
const QUESTION = "\uE001";

/** Makes the wildcard characters of a text literal, for use inside a pattern. */
export function escapeWildcards(text: string): string {
  return hasWildcard(text) ? text.replaceAll("*", STAR).replaceAll("?", QUESTION) : text;
}

export function unescapeWildcards(pattern: string): string {
  return hasEscape(pattern) ? pattern.replaceAll(STAR, "*").replaceAll(QUESTION, "?") : pattern;
}

export function compileGlob(pattern: string): TextTest {
  if (!hasWildcard(pattern)) {
    const literal = unescapeWildcards(pattern);
    return (text) => text === literal;
  }
  if (/^\*+$/.test(pattern)) return () => true;
  if (hasEscape(pattern)) return (text) => matchesPattern(pattern, escapeWildcards(text));
  const head = pattern.slice(0, -1);
  if (pattern.endsWith("*") && !hasWildcard(head)) return (text) => text.startsWith(head);
  return (text) => matchesPattern(pattern, text);
}

export function matchesGlob(pattern: string, text: string): boolean {
  if (!hasWildcard(pattern)) return unescapeWildcards(pattern) === text;
  return matchesPattern(pattern, hasEscape(pattern) ? escapeWildcards(text) : text);
}

function hasEscape(pattern: string): boolean {
  return pattern.includes(STAR) || pattern.includes(QUESTION);
}
