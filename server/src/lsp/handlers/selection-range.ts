/** `textDocument/selectionRange`: what a selection grows to. */
import type { SelectionRange } from "vscode-languageserver";
import { selectionsAt } from "../../assist/selection.js";
import { guarded } from "../guard.js";
import { policyViewOf, type Session, type View } from "../session.js";

export function selectionRange(session: Session): void {
  session.connection.onSelectionRanges(
    guarded(
      "textDocument/selectionRange",
      session.log,
      [] as SelectionRange[],
      ({ textDocument, positions }) => {
        const view = policyViewOf(session, textDocument.uri);
        if (view === undefined) return [];
        return positions.map((position) => rangeAt(view.positions.offset(position), view));
      },
    ),
  );
}

/** Every position gets one, if only an empty one: editors count on it. */
function rangeAt(offset: number, { analysis, positions }: View): SelectionRange {
  const { tree } = analysis.document;
  let parent: SelectionRange | undefined;
  for (const span of [...selectionsAt(tree, offset)].reverse()) {
    const range = positions.range(span);
    parent = parent === undefined ? { range } : { range, parent };
  }
  return parent ?? { range: positions.range({ start: offset, end: offset }) };
}
