/** `textDocument/foldingRange`: the closing bracket stays in sight. */
import type { FoldingRange } from "vscode-languageserver";
import { foldsIn } from "../../assist/folding.js";
import { guarded } from "../guard.js";
import { policyViewOf, type Session, type View } from "../session.js";

export function foldingRange(session: Session): void {
  session.connection.onFoldingRanges(
    guarded("textDocument/foldingRange", session.log, [] as FoldingRange[], ({ textDocument }) => {
      const view = policyViewOf(session, textDocument.uri);
      return view === undefined ? [] : rangesOf(view, session);
    }),
  );
}

function rangesOf({ analysis, positions }: View, { workspace, capabilities }: Session): FoldingRange[] {
  const { collapsedText } = capabilities.textDocument?.foldingRange?.foldingRange ?? {};
  const policies = analysis.policies.map(({ policy }) => policy);
  const ranges: FoldingRange[] = [];
  for (const { start, end, label } of foldsIn(analysis.document.tree, policies, workspace.catalogue)) {
    const startLine = positions.position(start).line;
    const endLine = positions.position(Math.max(start, end - 1)).line - 1;
    if (endLine <= startLine) continue;
    const shown = collapsedText && label !== undefined;
    ranges.push({ startLine, endLine, ...(shown && { collapsedText: `{ ${label} …` }) });
  }
  return ranges;
}
