/** Applies fixes until nothing is left to fix. Never corrupts: of fixes that touch the same text, one waits a round. */
import { applyEdits, overlap } from "../syntax/edits.js";
import type { Edit } from "../syntax/span.js";
import type { Finding, Fix } from "./rule.js";

const MAX_ROUNDS = 10;

export interface FixAllResult {
  readonly text: string;
  /** How many fixes were applied. */
  readonly applied: number;
}

/**
 * @param find the findings of a text, most deserving first where fixes compete
 * @param choose the fix to apply for a finding, if any
 */
export function fixAll(
  text: string,
  find: (text: string) => readonly Finding[],
  choose: (finding: Finding) => Fix | undefined = safeFix,
): FixAllResult {
  let applied = 0;
  const seen = new Set([text]);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const edits: Edit[] = [];
    let here = 0;
    for (const finding of find(text)) {
      const fix = choose(finding);
      if (fix === undefined || fix.edits.length === 0 || overlap(fix.edits, edits)) continue;
      edits.push(...fix.edits);
      here++;
    }
    if (here === 0) break;
    const next = applyEdits(text, edits);
    // Two rules that undo each other would go on for ever; the first text seen twice ends it.
    if (seen.has(next)) break;
    seen.add(next);
    text = next;
    applied += here;
  }
  return { text, applied };
}

export function safeFix(finding: Finding): Fix | undefined {
  return finding.fixes.find((fix) => fix.safe);
}
