/** The explanation of the last simulation, beside the policy. It knows nothing about how documents are shown. */
import type { ShownTexts } from "../shown-texts.js";

/** VS Code's preview follows no links to files of other schemes than the document's: the file and line stay as text. */
const FILE_LINK = /\[([^\]]+)\]\(file:[^)]*\)/g;

export interface Explanations {
  /** What the document says now. */
  text(): string;
  /** Shows a text as Markdown beside the active editor, which keeps the focus. */
  show(name: string, text: string): Promise<void>;
}

export function createExplanations(texts: ShownTexts): Explanations {
  let last = "";
  return {
    text: () => last,
    async show(name, text) {
      last = text.replace(FILE_LINK, "`$1`");
      await texts.showMarkdown(name, last, { beside: true });
    },
  };
}
