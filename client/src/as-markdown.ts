/** Sentences of the server as Markdown: what stands in backticks is code, and nothing else means anything. */
export function asMarkdown(text: string): string {
  return text
    .split(/(`[^`\n]*`|\n)/)
    .map((part) => (part === "\n" ? "\n\n" : part.startsWith("`") ? part : part.replace(SPECIAL, "\\$&")))
    .join("");
}

const SPECIAL = /[\\`*_{}[\]()<>#+.!|~-]/g;
