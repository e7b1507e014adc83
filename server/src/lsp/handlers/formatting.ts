/**
 * `textDocument/formatting` and `rangeFormatting`: lays policies out, and no other JSON: editors have a formatter for
 * that.
 */
import type { FormattingOptions, TextEdit } from "vscode-languageserver";
import { formatDocument } from "../../syntax/document.js";
import type { Span } from "../../syntax/span.js";
import { guarded } from "../guard.js";
import { policyViewOf, type Session, type View } from "../session.js";

export function formatting(session: Session): void {
  const { connection, log } = session;
  connection.onDocumentFormatting(
    guarded("textDocument/formatting", log, [] as TextEdit[], ({ textDocument, options }) => {
      const view = policyViewOf(session, textDocument.uri);
      return view === undefined ? [] : editsFor(view, options);
    }),
  );
  connection.onDocumentRangeFormatting(
    guarded("textDocument/rangeFormatting", log, [] as TextEdit[], ({ textDocument, range, options }) => {
      const view = policyViewOf(session, textDocument.uri);
      if (view === undefined) return [];
      const { positions } = view;
      const start = positions.offset({ line: range.start.line, character: 0 });
      return editsFor(view, options, { start, end: positions.offset(range.end) });
    }),
  );
}

/** Of a range, the lines that it touches are indented as they would be in the whole. */
function editsFor({ analysis, positions }: View, options: FormattingOptions, range?: Span): TextEdit[] {
  const { insertFinalNewline, trimFinalNewlines } = options;
  const indent = options.insertSpaces ? " ".repeat(Math.min(options.tabSize, 16)) : "\t";
  return formatDocument(analysis.document, {
    indent,
    insertFinalNewline: insertFinalNewline ?? false,
    trimFinalNewlines: trimFinalNewlines ?? false,
  })
    .filter(({ start, end }) => range === undefined || (range.start <= end && start <= range.end))
    .map((edit) => ({ range: positions.range(edit), newText: edit.newText }));
}
