/**
 * `iam-policy.baseline.json`: the findings of one day, accepted as they were, so that only new ones are shown.
 * A finding is known again by file, rule and the text it points at, not by its place, which moves.
 */
import { parseDocument } from "../syntax/document.js";
import { memberOf, type ValueNode } from "../syntax/tree.js";
import { abbreviate, type Finding } from "./rule.js";

export const BASELINE_FILE = "iam-policy.baseline.json";

/** How many findings of one key are accepted. */
export type Baseline = ReadonlyMap<string, number>;

export interface BaselineEntry {
  readonly file: string;
  readonly rule: string;
  /** What the finding points at, shortened. */
  readonly text: string;
  readonly count: number;
}

/** Entries that cannot be read are left out: then their findings show again. */
export function readBaseline(text: string): Baseline {
  const { root } = parseDocument(text, "json").tree;
  const entries = root?.type === "object" ? memberOf(root, "findings")?.value : undefined;
  const baseline = new Map<string, number>();
  for (const entry of entries?.type === "array" ? entries.items : []) {
    const value = (key: string): ValueNode | undefined =>
      entry.type === "object" ? memberOf(entry, key)?.value : undefined;
    const [file, rule, at, count] = [value("file"), value("rule"), value("text"), value("count")];
    if (file?.type !== "string" || rule?.type !== "string" || at?.type !== "string") continue;
    baseline.set(keyOf(file.value, rule.value, at.value), count?.type === "number" ? count.value : 1);
  }
  return baseline;
}

/** The findings that the baseline does not know. */
export function applyBaseline(
  findings: readonly Finding[],
  baseline: Baseline,
  path: string,
  text: string,
): readonly Finding[] {
  if (baseline.size === 0) return findings;
  const left = new Map<string, number>();
  return findings.filter((finding) => {
    const key = keyOf(path, finding.rule.name, textAt(finding, text));
    const accepted = left.get(key) ?? baseline.get(key) ?? 0;
    left.set(key, accepted - 1);
    return accepted <= 0;
  });
}

/** The entries of one file, in text order. */
export function baselineEntries(
  findings: readonly Finding[],
  path: string,
  text: string,
): readonly BaselineEntry[] {
  const entries = new Map<string, BaselineEntry>();
  for (const finding of findings) {
    const at = textAt(finding, text);
    const key = keyOf(path, finding.rule.name, at);
    const count = (entries.get(key)?.count ?? 0) + 1;
    entries.set(key, { file: path, rule: finding.rule.name, text: at, count });
  }
  return [...entries.values()];
}

export function renderBaseline(entries: readonly BaselineEntry[]): string {
  return `${JSON.stringify({ version: 1, findings: entries }, null, 2)}\n`;
}

function keyOf(file: string, rule: string, text: string): string {
  return JSON.stringify([file, rule, text]);
}

function textAt({ start, end }: Finding, text: string): string {
  return abbreviate(text.slice(start, end), 80);
}
