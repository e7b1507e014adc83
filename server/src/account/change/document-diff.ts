/** What a step changes in the texts of policies, line by line, both sides laid out alike. */
import { isDocument, VERSION } from "./facts.js";
import { type DiffLine, lineDiff } from "./line-diff.js";
import type { PlanStep } from "./plan.js";

export function documentDiff({ changes }: PlanStep): readonly DiffLine[] {
  return changes.flatMap(({ part, before, after }) =>
    isDocument(part) && !part.startsWith(VERSION) ? lineDiff(laidOut(before), laidOut(after)) : [],
  );
}

function laidOut(document: string | undefined): string {
  if (document === undefined) return "";
  try {
    return JSON.stringify(JSON.parse(document), null, 2);
  } catch {
    return document;
  }
}
