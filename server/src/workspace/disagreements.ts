/**
 * Where our answer and Access Analyzer's differ, as cases for an issue: what AWS got, stripped of whose it is, and what
 * each of the two said. Configuration and suppressions do not count: what is compared are the checks.
 */
import type { Catalogue } from "../catalogue/catalogue.js";
import { readConfiguration } from "../lint/configuration.js";
import { Anonymiser } from "../lint/online/anonymous-policy.js";
import { findingsOfAws } from "../lint/online/findings-of-aws.js";
import { disagreements, mergeFindings, type SharedFinding } from "../lint/online/merge-findings.js";
import type { Finding } from "../lint/rule.js";
import { rules } from "../lint/rules/index.js";
import { readPolicy } from "../policy/policy.js";
import type { PolicyKind } from "../policy/words.js";
import { parseDocument } from "../syntax/document.js";
import type { Json } from "../syntax/edits.js";
import { contains } from "../syntax/span.js";
import { toJson } from "../syntax/to-json.js";
import { type ObjectNode, pathAt, toPointer } from "../syntax/tree.js";
import { analyse } from "./analysis.js";
import type { ValidatedPolicy } from "./validate-with-aws.js";

export interface Disagreement {
  /** Access Analyzer's name of the check. */
  readonly code: string;
  /** Who reports it. */
  readonly said: "here" | "aws";
  readonly kind: PolicyKind;
  readonly message: string;
  /** In the anonymous policy. */
  readonly pointer: string;
  /** The statements that matter, without whose they are. */
  readonly policy: string;
  /** Do we still say the same of the anonymous policy? If not, what was replaced matters. */
  readonly reproduces: boolean;
}

export function findDisagreements(
  validated: readonly ValidatedPolicy[],
  catalogue: Catalogue,
): readonly Disagreement[] {
  return validated.flatMap(({ policy: { kind }, submitted, answer }) => {
    const root = parseDocument(submitted.text, "json").tree.root;
    if (root?.type !== "object") return [];
    const ours = checksIn(submitted.text, kind, catalogue);
    const theirs = findingsOfAws(answer, root, 0, submitted.text, rules);
    return disagreements(mergeFindings(ours, theirs)).flatMap((it) => caseOf(it, root, kind, catalogue));
  });
}

/**
 * Issue-ready Markdown; the empty text where there is nothing to report.
 * @param checks sections about checks of access
 */
export function renderDisagreements(
  found: readonly Disagreement[],
  version: string,
  checks: readonly string[] = [],
): string {
  if (found.length + checks.length === 0) return "";
  const cases = found.map(({ code, said, kind, message, pointer, policy, reproduces }) =>
    [
      `## \`${code}\`: ${said === "aws" ? "AWS reports it, we do not" : "we report it, AWS does not"}`,
      "",
      `- Policy kind: ${kind}`,
      `- Place: \`${pointer === "" ? "/" : pointer}\``,
      `- ${said === "aws" ? "AWS" : "We"}: ${message}`,
      ...(reproduces ? [] : ["- With the names replaced, we answer differently: what they were matters."]),
      "",
      "```json",
      policy,
      "```",
      "",
    ].join("\n"),
  );
  return [
    "# Disagreements with IAM Access Analyzer",
    "",
    `IAM Policy Studio ${version}.`,
    "Account ids, names and addresses are replaced; read it once before you pass it on.",
    "",
    ...cases,
    ...checks,
  ].join("\n");
}

function caseOf(
  { finding, said }: SharedFinding,
  root: ObjectNode,
  kind: PolicyKind,
  catalogue: Catalogue,
): readonly Disagreement[] {
  const code = finding.rule.accessAnalyzer;
  if (code === undefined || said === "both") return [];
  const { kept, pointer } = excerpt(root, finding);
  const anonymiser = new Anonymiser();
  const policy = JSON.stringify(anonymiser.policy(kept), null, 2);
  const again = checksIn(policy, kind, catalogue).some((it) => it.rule.accessAnalyzer === code);
  return [
    {
      code,
      said,
      kind,
      message: anonymiser.text(finding.message),
      pointer,
      policy,
      reproduces: again === (said === "here"),
    },
  ];
}

/** The policy with those statements only that the finding touches; all of it where it touches none. */
function excerpt(root: ObjectNode, finding: Finding): { readonly kept: Json; readonly pointer: string } {
  const { statements } = readPolicy(root);
  const spans = [finding, ...finding.related.map(({ at }) => at)];
  const touched = statements.filter(({ node }) => spans.some((it) => contains(node, it)));
  const pointer = toPointer(pathAt(root, finding));
  const whole = toJson(root);
  if (touched.length === 0 || !isObject(whole)) return { kept: whole, pointer };
  const kept = { ...whole, Statement: touched.map(({ node }) => toJson(node)) };
  const first = touched.find(({ node }) => contains(node, finding)) ?? touched[0];
  const rest = pointer.replace(/^\/Statement(?:\/\d+)?/, "");
  return { kept, pointer: `/Statement/${first === undefined ? 0 : touched.indexOf(first)}${rest}` };
}

function isObject(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Our findings that are checks of Access Analyzer. */
function checksIn(text: string, kind: PolicyKind, catalogue: Catalogue): readonly Finding[] {
  const { configuration } = readConfiguration('{"preset":"aws"}', rules);
  const known = kind === "unknown" ? undefined : kind;
  const input = { text, language: "json", path: "policy.json", named: true, today: "", kind: known } as const;
  return analyse({ ...input, configuration, catalogue }).findings;
}
