/** `textDocument/documentSymbol`: the outline, as a tree or, for clients that cannot show one, as a list. */
import { type DocumentSymbol, type SymbolInformation, SymbolKind } from "vscode-languageserver";
import { type OutlineItem, outlineOf } from "../../assist/symbols.js";
import { guarded } from "../guard.js";
import { policyViewOf, type Session, type View } from "../session.js";

const KINDS: Readonly<Record<OutlineItem["type"], SymbolKind>> = {
  policy: SymbolKind.Module,
  statement: SymbolKind.Object,
  element: SymbolKind.Property,
};

export function documentSymbol(session: Session): void {
  const nothing: DocumentSymbol[] | SymbolInformation[] = [];
  session.connection.onDocumentSymbol(
    guarded("textDocument/documentSymbol", session.log, nothing, ({ textDocument }) => {
      const view = policyViewOf(session, textDocument.uri);
      if (view === undefined) return [];
      const policies = view.analysis.policies.map(({ policy }) => policy);
      const items = outlineOf(policies, session.workspace.catalogue);
      const { documentSymbol: can } = session.capabilities.textDocument ?? {};
      return can?.hierarchicalDocumentSymbolSupport
        ? items.map((it) => treeOf(it, view))
        : items.flatMap((it) => listOf(it, view));
    }),
  );
}

function treeOf(item: OutlineItem, view: View): DocumentSymbol {
  const { name, detail, type, at, select, children } = item;
  return {
    name,
    detail,
    kind: KINDS[type],
    range: view.positions.range(at),
    selectionRange: view.positions.range(select),
    children: children.map((it) => treeOf(it, view)),
  };
}

function listOf(item: OutlineItem, view: View, containerName?: string): SymbolInformation[] {
  const { name, type, at, children } = item;
  const location = { uri: view.uri, range: view.positions.range(at) };
  const own = { name, kind: KINDS[type], location };
  return [
    containerName === undefined ? own : { ...own, containerName },
    ...children.flatMap((it) => listOf(it, view, name)),
  ];
}
