/** `textDocument/completion` and `completionItem/resolve`: offers as LSP items, and the long text of the one looked at. */
import {
  type CompletionItem,
  CompletionItemKind,
  CompletionItemTag,
  type CompletionList,
  InsertTextFormat,
  InsertTextMode,
  MarkupKind,
  type Range,
} from "vscode-languageserver";
import { complete } from "../../assist/completion/complete.js";
import type { About, Offer, OfferType } from "../../assist/completion/offer.js";
import { aboutText } from "../../assist/hover/about.js";
import type { Span } from "../../syntax/span.js";
import { MAX_LENGTH } from "../../workspace/analysis.js";
import { describe, guarded } from "../guard.js";
import { markup } from "../markup.js";
import { type Session, type Writing, writingOf } from "../session.js";
import { answered } from "./did-change.js";

const KINDS: Readonly<Record<OfferType, CompletionItemKind>> = {
  element: CompletionItemKind.Property,
  keyword: CompletionItemKind.Keyword,
  service: CompletionItemKind.Module,
  action: CompletionItemKind.Method,
  wildcard: CompletionItemKind.Interface,
  arn: CompletionItemKind.Reference,
  operator: CompletionItemKind.Operator,
  "condition-key": CompletionItemKind.Field,
  value: CompletionItemKind.Value,
  principal: CompletionItemKind.Class,
  variable: CompletionItemKind.Variable,
  snippet: CompletionItemKind.Snippet,
};

export function completion(session: Session): void {
  const nothing: CompletionList = { isIncomplete: false, items: [] };
  session.connection.onCompletion(
    guarded("textDocument/completion", session.log, nothing, ({ textDocument, position }) => {
      const writing = writingOf(session, textDocument.uri);
      if (writing === undefined || writing.document.text.length > MAX_LENGTH) return nothing;
      answered(session, writing.uri);
      const { document, positions } = writing;
      const { workspace } = session;
      const { offers, incomplete } = complete({
        text: document.text,
        offset: positions.offset(position),
        language: document.language,
        hints: workspace.hintsFor(document.id),
        named: document.named ?? false,
        catalogue: workspace.catalogue,
        variables: workspace.configurationFor(document.path).configuration.variables,
        placeholders: workspace.variablesFor(document.path),
        account: workspace.accountNamesFor(document.path),
        snippets: session.capabilities.textDocument?.completion?.completionItem?.snippetSupport ?? false,
      });
      const rangeOf = remembered(writing);
      const [first] = offers;
      // What every item would say alike is said once, to those who understand it.
      const stretch = takesDefaultRange(session) ? first?.edit : undefined;
      return {
        isIncomplete: incomplete,
        ...(stretch && { itemDefaults: { editRange: rangeOf(stretch) } }),
        items: offers.map((it, at) => toItem(it, at, stretch, rangeOf, session)),
      };
    }),
  );
  session.connection.onCompletionResolve((item) => {
    const formats = session.capabilities.textDocument?.completion?.completionItem?.documentationFormat ?? [
      MarkupKind.PlainText,
    ];
    const text = readText(item, session);
    return text === undefined ? item : { ...item, documentation: markup(text, formats) };
  });
}

function takesDefaultRange({ capabilities }: Session): boolean {
  const defaults = capabilities.textDocument?.completion?.completionList?.itemDefaults;
  return defaults?.includes("editRange") ?? false;
}

/** Nearly all offers of a list replace the same stretch. */
function remembered({ positions }: Writing): (span: Span) => Range {
  let last: { readonly span: Span; readonly range: Range } | undefined;
  return (span) => {
    if (last?.span.start !== span.start || last.span.end !== span.end) {
      last = { span, range: positions.range(span) };
    }
    return last.range;
  };
}

/** What comes back from the client is not trusted to be what was sent. */
function readText({ data, label }: CompletionItem, { workspace, log }: Session): string | undefined {
  if (typeof data !== "object" || data === null || !("what" in data)) return undefined;
  try {
    return aboutText(workspace.catalogue, data as About, label);
  } catch (error) {
    log(`completionItem/resolve failed: ${describe(error)}`);
    return undefined;
  }
}

function toItem(
  offer: Offer,
  at: number,
  stretch: Span | undefined,
  rangeOf: (span: Span) => Range,
  { capabilities, options }: Session,
): CompletionItem {
  const { label, type, detail, filter, about, edit, additional } = offer;
  const can = capabilities.textDocument?.completion?.completionItem;
  const item: CompletionItem = {
    label,
    kind: KINDS[type],
    sortText: String(at).padStart(3, "0"),
  };
  if (stretch?.start !== edit.start || stretch.end !== edit.end) {
    item.textEdit = { range: rangeOf(edit), newText: edit.newText };
  } else if (edit.newText !== label) item.textEditText = edit.newText;
  if (detail !== undefined) item.detail = detail;
  if (filter !== label) item.filterText = filter;
  if (offer.stops) item.insertTextFormat = InsertTextFormat.Snippet;
  if (can?.insertTextModeSupport && edit.newText.includes("\n")) item.insertTextMode = InsertTextMode.asIs;
  if (additional.length > 0) {
    item.additionalTextEdits = additional.map((it) => ({ range: rangeOf(it), newText: it.newText }));
  }
  if (offer.deprecated && can?.tagSupport) item.tags = [CompletionItemTag.Deprecated];
  if (offer.more && options.suggestCommand !== undefined) {
    item.command = { title: "Suggest", command: options.suggestCommand };
  }
  if (about !== undefined) item.data = about satisfies About;
  return item;
}
