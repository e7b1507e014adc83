/**
 * Access Analyzer's findings as ours: at their place in our text, with our names. The path leads there first, because it
 * is true in every encoding and where the policy was sent in other words; the characters count where it leads nowhere.
 */
import { type Span, spanOf } from "../../syntax/span.js";
import { memberOf, type ObjectNode, spanWithin, type ValueNode } from "../../syntax/tree.js";
import type { Finding, Rule, Severity } from "../rule.js";
import type { AwsFinding, AwsLocation, AwsPathElement } from "./policy-validator.js";

const SEVERITY: Readonly<Record<AwsFinding["type"], Severity>> = {
  ERROR: "error",
  SECURITY_WARNING: "warning",
  WARNING: "warning",
  SUGGESTION: "info",
};

/**
 * @param root the policy that AWS was asked about
 * @param offset where the text that AWS got stands in ours, if it does
 * @param rules lend their names to the checks that they are
 */
export function findingsOfAws(
  found: readonly AwsFinding[],
  root: ObjectNode,
  offset: number | undefined,
  text: string,
  rules: readonly Rule[],
): readonly Finding[] {
  return found.map((it) => {
    const spans = it.locations.map((location) => placeOf(location, root, offset, text));
    const [at = spanOf(root), ...others] = spans;
    const severity = SEVERITY[it.type];
    return {
      ...at,
      rule: rules.find(({ accessAnalyzer }) => accessAnalyzer === it.code) ?? ruleOf(it, severity),
      severity,
      message: it.message,
      related: others.map((span) => ({ at: span, message: "This belongs to it." })),
      fixes: [],
    };
  });
}

/** A check that no rule of ours is. Its name follows from its code, never from the message. */
function ruleOf({ code, message, link }: AwsFinding, severity: Severity): Rule {
  return {
    name: code.toLowerCase().replaceAll("_", "-"),
    group: "hygiene",
    severity,
    since: "",
    summary: message,
    fix: "none",
    accessAnalyzer: code,
    references: [link],
  };
}

function placeOf(
  { path, start, end }: AwsLocation,
  root: ObjectNode,
  offset: number | undefined,
  text: string,
): Span {
  const found = follow(root, path);
  // A part of a policy that has no place of its own, such as an element that is missing, is the policy.
  if (found !== undefined && !(path.length === 0 && end > start && offset !== undefined)) return found;
  if (offset === undefined || end <= start) return spanOf(root);
  const sent = text.slice(root.start, root.end);
  return { start: offset + unitsOf(sent, start), end: offset + unitsOf(sent, end) };
}

/** UTF-16 units in so many characters, counted as code points. */
function unitsOf(text: string, characters: number): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is ASCII.
  if (/^[\u0000-\u007f]*$/.test(text)) return Math.min(characters, text.length);
  return [...text].slice(0, characters).join("").length;
}

function follow(root: ValueNode, path: readonly AwsPathElement[]): Span | undefined {
  let at: ValueNode | undefined = root;
  for (const element of path) {
    if (at === undefined) return undefined;
    if ("index" in element) {
      // AWS counts one value as a list of one.
      if (at.type === "array") at = at.items[element.index];
      else if (element.index !== 0) return undefined;
    } else if ("value" in element) at = at.type === "object" ? memberOf(at, element.value)?.value : undefined;
    else if ("key" in element) {
      const member: ReturnType<typeof memberOf> =
        at.type === "object" ? memberOf(at, element.key) : undefined;
      return member && spanOf(member.key);
    } else {
      const { start, length } = element.substring;
      return at.type === "string" && start + length <= at.value.length
        ? spanWithin(at, start, start + length)
        : spanOf(at);
    }
  }
  return at && spanOf(at);
}
