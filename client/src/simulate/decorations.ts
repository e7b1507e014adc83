/**
 * Marks the statements on which the last answer rests: an icon, a colour and a word for each, so that none of them
 * stands alone. The marks of a document go when it is edited, because they may no longer be true.
 */
import * as vscode from "vscode";
import type { GivingStatement, Simulation, SimulationReason } from "../../../server/src/lsp/protocol.js";
import { asMarkdown } from "../as-markdown.js";
import { rangeOf } from "../ranges.js";

export interface Decorations extends vscode.Disposable {
  show(simulation: Simulation): void;
  /** The statements that give what a check looked for, in the place of all other marks. */
  showGiving(statements: readonly GivingStatement[]): void;
  clear(): void;
  /** What is marked, for tests: such as `allows`, and where. */
  shown(): readonly { readonly mark: Mark; readonly uri: string; readonly line: number }[];
}

type Mark = "allows" | "denies" | "near" | "gives";

const COLOURS: Readonly<Record<Mark, { readonly ground?: string; readonly ruler: string }>> = {
  allows: { ground: "diffEditor.insertedLineBackground", ruler: "testing.iconPassed" },
  denies: { ground: "diffEditor.removedLineBackground", ruler: "testing.iconFailed" },
  near: { ruler: "testing.iconQueued" },
  gives: { ground: "diffEditor.removedLineBackground", ruler: "testing.iconFailed" },
};

interface Marked {
  readonly mark: Mark;
  readonly uri: string;
  readonly statement: vscode.Range;
  readonly element: vscode.Range | undefined;
  readonly hover: vscode.MarkdownString;
  readonly word: string;
}

export function createDecorations(extensionUri: vscode.Uri): Decorations {
  const types = {
    allows: typesFor("allows", extensionUri),
    denies: typesFor("denies", extensionUri),
    near: typesFor("near", extensionUri),
    gives: typesFor("gives", extensionUri),
  };
  const elementType = vscode.window.createTextEditorDecorationType({
    textDecoration: "underline dotted",
    backgroundColor: new vscode.ThemeColor("editor.findMatchHighlightBackground"),
  });
  let marked: readonly Marked[] = [];

  const paint = (editor: vscode.TextEditor): void => {
    const own = marked.filter(({ uri }) => uri === editor.document.uri.toString());
    for (const [mark, { statement, word }] of Object.entries(types)) {
      const ofMark = own.filter((it) => it.mark === mark);
      editor.setDecorations(
        statement,
        ofMark.map((it) => ({ range: it.statement, hoverMessage: it.hover })),
      );
      editor.setDecorations(
        word,
        ofMark.map((it) => ({
          range: editor.document.lineAt(it.statement.start.line).range,
          renderOptions: { after: { contentText: it.word } },
        })),
      );
    }
    editor.setDecorations(
      elementType,
      own.flatMap(({ element, hover }) =>
        element === undefined ? [] : [{ range: element, hoverMessage: hover }],
      ),
    );
  };
  const paintAll = (): void => {
    for (const editor of vscode.window.visibleTextEditors) paint(editor);
  };
  const disposables = [
    ...Object.values(types).flatMap(({ statement, word }) => [statement, word]),
    elementType,
    vscode.window.onDidChangeVisibleTextEditors(paintAll),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      const uri = document.uri.toString();
      if (contentChanges.length === 0 || !marked.some((it) => it.uri === uri)) return;
      marked = marked.filter((it) => it.uri !== uri);
      paintAll();
    }),
  ];
  return {
    show({ reasons, live }) {
      marked = reasons.flatMap((it) => markedOf(it, live !== undefined));
      paintAll();
    },
    showGiving(statements) {
      marked = statements.flatMap(markedGiving);
      paintAll();
    },
    clear() {
      marked = [];
      paintAll();
    },
    shown: () => marked.map(({ mark, uri, statement }) => ({ mark, uri, line: statement.start.line })),
    dispose: () => vscode.Disposable.from(...disposables).dispose(),
  };
}

function markedOf(reason: SimulationReason, live: boolean): readonly Marked[] {
  const { deciding, place, element, matched, effect } = reason;
  if (!deciding || place === undefined) return [];
  const mark = !matched ? "near" : effect === "Deny" ? "denies" : "allows";
  return [
    {
      mark,
      uri: vscode.Uri.parse(place.uri).toString(),
      statement: rangeOf(place.range),
      element: element && rangeOf(element.range),
      hover: hoverOf(reason, live),
      word: live ? `${WORDS[mark]}, says AWS` : WORDS[mark],
    },
  ];
}

function markedGiving({ place, because }: GivingStatement): readonly Marked[] {
  if (place === undefined) return [];
  const uri = vscode.Uri.parse(place.uri).toString();
  const hover = new vscode.MarkdownString(asMarkdown(because));
  return [
    { mark: "gives", uri, statement: rangeOf(place.range), element: undefined, hover, word: WORDS.gives },
  ];
}

const WORDS: Readonly<Record<Mark, string>> = {
  allows: "✔ allows it",
  denies: "✖ denies it",
  near: "○ does not apply",
  gives: "⚠ gives this access",
};

/** @param live whether AWS says so */
function hoverOf({ because, policy, sid }: SimulationReason, live: boolean): vscode.MarkdownString {
  const text = new vscode.MarkdownString(
    `**${asMarkdown(policy)}${sid === undefined ? "" : ` · ${asMarkdown(sid)}`}**  \n${asMarkdown(because)}\n\n`,
  );
  text.appendMarkdown("[Show the explanation](command:iamPolicy.showExplanation)");
  if (!live && vscode.workspace.isTrusted)
    text.appendMarkdown(" · [Ask AWS the same](command:iamPolicy.askAwsTheSame)");
  text.isTrusted = { enabledCommands: ["iamPolicy.showExplanation", "iamPolicy.askAwsTheSame"] };
  return text;
}

/** The ground of the whole statement; icon and word on its first line. */
function typesFor(mark: Mark, extensionUri: vscode.Uri) {
  const { ground, ruler } = COLOURS[mark];
  return {
    statement: vscode.window.createTextEditorDecorationType({
      isWholeLine: true,
      overviewRulerColor: new vscode.ThemeColor(ruler),
      overviewRulerLane: vscode.OverviewRulerLane.Left,
      rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
      ...(ground && { backgroundColor: new vscode.ThemeColor(ground) }),
    }),
    word: vscode.window.createTextEditorDecorationType({
      gutterIconPath: vscode.Uri.joinPath(extensionUri, `client/media/${mark}.svg`),
      gutterIconSize: "80%",
      // In the colour of the mark it could hardly be read on the mark's own ground.
      after: { margin: "0 0 0 2em", color: new vscode.ThemeColor("descriptionForeground") },
    }),
  };
}
