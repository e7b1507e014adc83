/**
 * `textDocument/references`: everywhere in the workspace where an action, an ARN, a Sid, a condition key, a policy
 * variable or a placeholder is named. Statements of several policies may have the same Sid: all of them are told.
 */
import { pathToFileURL } from "node:url";
import { isDeepStrictEqual } from "node:util";
import type { CancellationToken, Location } from "vscode-languageserver";
import { mayHold, type Name, nameAt, occurrencesOf } from "../../assist/occurrences.js";
import { findPolicies } from "../../policy/find-policies.js";
import { languageOf, parseDocument } from "../../syntax/document.js";
import { MAX_LENGTH } from "../../workspace/analysis.js";
import { positionsIn } from "../../workspace/positions.js";
import { guarded } from "../guard.js";
import { pathOf, policyViewOf, type Session } from "../session.js";

/** How long the event loop may be held before another request gets its turn. */
const SLICE = 20;

export function references(session: Session): void {
  session.connection.onReferences(
    guarded(
      "textDocument/references",
      session.log,
      [] as Location[],
      async ({ textDocument, position, context }, token) => {
        const view = policyViewOf(session, textDocument.uri);
        if (view === undefined) return [];
        const { analysis, positions } = view;
        const policies = analysis.policies.map(({ policy }) => policy);
        const name = nameAt(analysis.document.tree, policies, positions.offset(position));
        if (name === undefined) return [];
        const found = await everywhere(session, name, token);
        if (context.includeDeclaration || !name.declares) return found;
        const asked = positions.range(name.at);
        return found.filter(({ uri, range }) => uri !== view.uri || !isDeepStrictEqual(range, asked));
      },
    ),
  );
}

async function everywhere(session: Session, name: Name, token: CancellationToken): Promise<Location[]> {
  const { workspace, documents } = session;
  const open = documents.all();
  const found = open.flatMap(({ uri }) => inOpen(session, uri, name));
  const opened = new Set(open.map(({ uri }) => pathOf(uri)));
  let since = performance.now();
  for (const folder of workspace.folders) {
    for (const path of workspace.listFiles(folder)) {
      if (token.isCancellationRequested) return found;
      if (!opened.has(path) && !workspace.isIgnored(path)) found.push(...inFile(session, path, name));
      if (performance.now() - since < SLICE) continue;
      await new Promise<void>((resolve) => void setImmediate(resolve));
      since = performance.now();
    }
  }
  return found;
}

function inOpen(session: Session, uri: string, name: Name): Location[] {
  const view = policyViewOf(session, uri);
  if (view === undefined) return [];
  const policies = view.analysis.policies.map(({ policy }) => policy);
  return occurrencesOf(name, view.analysis.document.tree, policies).map((it) => ({
    uri,
    range: view.positions.range(it),
  }));
}

/** What is not open is parsed only where the text has the name in it. */
function inFile({ workspace }: Session, path: string, name: Name): Location[] {
  const text = workspace.readFile(path);
  if (text === undefined || text.length > MAX_LENGTH || !mayHold(text, name)) return [];
  const { tree } = parseDocument(text, languageOf(path));
  const policies = findPolicies(tree.root);
  if (policies.length === 0) return [];
  const positions = positionsIn(text);
  const uri = pathToFileURL(path).href;
  return occurrencesOf(name, tree, policies).map((it) => ({ uri, range: positions.range(it) }));
}
