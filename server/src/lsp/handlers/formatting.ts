/**
 * `textDocument/formatting` and `rangeFormatting`: lays policies out, and no other JSON: editors have a formatter for
 * that.
 */
import type { FormattingOptions, TextEdit } from "vscode-languageserver";
import { formatDocument } from "../../syntax/document.js";
import { contains, overlaps, type Span } from "../../syntax/span.js";
import type { Analysis } from "../../workspace/analysis.js";
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
    .filter((it) => (range === undefined || overlaps(range, it)) && isOurs(it, analysis))
    .map((edit) => ({ range: positions.range(edit), newText: edit.newText }));
}

/** Of a text that only holds others, those with a policy are ours. */
function isOurs(span: Span, { document, policies }: Analysis): boolean {
  const { isHolder, embedded = [] } = document.tree;
  if (!isHolder) return true;
  return embedded.some(
    (it) => contains(it, span) && policies.some(({ policy }) => contains(it, policy.node)),
  );
}
