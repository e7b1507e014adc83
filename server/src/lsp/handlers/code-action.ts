/**
 * `textDocument/codeAction`: the fixes of the findings in a range, refactorings there, and all safe fixes of a document
 * at once.
 */
import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Diagnostic,
} from "vscode-languageserver";
import { refactoringsAt } from "../../assist/actions/refactorings.js";
import { fixAll, safeFix } from "../../lint/fix-all.js";
import type { Finding } from "../../lint/rule.js";
import { placeOf } from "../../lint/suppression.js";
import { formatDocument } from "../../syntax/document.js";
import { contains, type Span } from "../../syntax/span.js";
import { visibleRange } from "../diagnostics.js";
import { guarded } from "../guard.js";
import { type Session, type View, viewOf } from "../session.js";
import { smallestEdit, workspaceEdit } from "../workspace-edit.js";
import { FIX_ALL } from "./initialize.js";

export function codeAction(session: Session): void {
  session.connection.onCodeAction(
    guarded("textDocument/codeAction", session.log, [] as CodeAction[], (params) => {
      const view = viewOf(session, params.textDocument.uri);
      if (view === undefined) return [];
      const { only } = params.context;
      const wanted = (kind: string) =>
        only === undefined || only.some((it) => it === "" || `${kind}.`.startsWith(`${it}.`));
      const actions: CodeAction[] = [];
      if (wanted(CodeActionKind.QuickFix)) {
        actions.push(...quickFixes(view, params, session), ...suppressions(view, params, session));
      }
      const others = [...refactorings(view, params, session), ...layOut(view, params, session)];
      actions.push(...others.filter(({ kind = "" }) => wanted(kind)));
      if (only !== undefined && wanted(FIX_ALL)) actions.push(...fixAllAction(view, session));
      return actions;
    }),
  );
}

function quickFixes(view: View, { range, context }: CodeActionParams, session: Session): CodeAction[] {
  const span = { start: view.positions.offset(range.start), end: view.positions.offset(range.end) };
  const actions: CodeAction[] = [];
  for (const finding of view.analysis.findings) {
    if (!touches(shown(finding, view), span)) continue;
    const diagnostics = context.diagnostics.filter((it) => isOf(it, finding, view));
    for (const fix of finding.fixes) {
      actions.push({
        title: fix.title,
        kind: CodeActionKind.QuickFix,
        diagnostics,
        isPreferred: fix.safe || finding.fixes.length === 1,
        edit: workspaceEdit(view, fix.edits, session),
      });
    }
  }
  return actions;
}

/** Offered where the client can ask for the reason. What is no JSON cannot be accepted as it is. */
function suppressions(view: View, params: CodeActionParams, { options }: Session): CodeAction[] {
  if (!options.asksForReasons) return [];
  const { range, context } = params;
  const span = { start: view.positions.offset(range.start), end: view.positions.offset(range.end) };
  return view.analysis.findings
    .filter((finding) => finding.rule.group !== "syntax" && touches(shown(finding, view), span))
    .map((finding) => {
      const place = placeOf(finding, view.analysis.document);
      const where = "sid" in place ? `in \`${place.sid}\`` : "here";
      const title = `Suppress ${finding.rule.name} ${where}, because …`;
      return {
        title,
        kind: CodeActionKind.QuickFix,
        diagnostics: context.diagnostics.filter((it) => isOf(it, finding, view)),
        command: {
          title,
          command: "iamPolicy.suppress",
          arguments: [{ uri: view.uri, rule: finding.rule.name, place }],
        },
      };
    });
}

/** What can be done with a policy where nothing need be wrong. */
function refactorings(view: View, { range }: CodeActionParams, session: Session): CodeAction[] {
  const { workspace } = session;
  const { analysis, positions } = view;
  const selection = { start: positions.offset(range.start), end: positions.offset(range.end) };
  const { variables } = workspace.configurationFor(workspace.document(view.uri)?.path).configuration;
  return refactoringsAt(selection, {
    policies: analysis.policies,
    catalogue: workspace.catalogue,
    variables,
    edits: analysis.document.edits,
  }).map(({ title, kind, edits }) => ({ title, kind, edit: workspaceEdit(view, edits, session) }));
}

/** In a text that only holds policies, for which editors ask another formatter. */
function layOut(view: View, { range }: CodeActionParams, session: Session): CodeAction[] {
  const { document, policies } = view.analysis;
  if (!document.tree.isHolder) return [];
  const selection = { start: view.positions.offset(range.start), end: view.positions.offset(range.end) };
  const policy = policies.find(({ policy: { node } }) => touches(node, selection))?.policy;
  const around = policy && document.tree.embedded?.find((it) => contains(it, policy.node));
  if (around === undefined) return [];
  const edits = formatDocument(document, { indent: "  " }).filter((it) => contains(around, it));
  if (edits.length === 0) return [];
  const edit = workspaceEdit(view, edits, session);
  return [{ title: "Lay out the policy", kind: CodeActionKind.RefactorRewrite, edit }];
}

function fixAllAction(view: View, session: Session): CodeAction[] {
  const { text } = view.analysis.document.tree;
  const result = fixAll(text, (it) => findingsOf(it, view, session), safeFix);
  if (result.applied === 0) return [];
  const edits = [smallestEdit(text, result.text)];
  const title = `Apply all safe fixes (${result.applied})`;
  return [{ title, kind: FIX_ALL, edit: workspaceEdit(view, edits, session) }];
}

function findingsOf(text: string, view: View, { workspace }: Session): readonly Finding[] {
  const document = workspace.document(view.uri);
  if (document === undefined) return [];
  return workspace.analyseLike(document, text).findings;
}

/** A finding's span as it is shown: an insertion point covers the character in front of it. */
function shown(finding: Finding, { positions }: View): Span {
  return finding.start < finding.end
    ? finding
    : { start: positions.offset(visibleRange(finding, { positions }).start), end: finding.end };
}

function touches(a: Span, b: Span): boolean {
  return a.start <= b.end && b.start <= a.end;
}

function isOf(diagnostic: Diagnostic, finding: Finding, view: View): boolean {
  const { start } = visibleRange(finding, view);
  const at = diagnostic.range.start;
  return diagnostic.code === finding.rule.name && at.line === start.line && at.character === start.character;
}
