/** The little Markdown that hovers are written in, and the same as plain text for editors that show no Markdown. */

export function code(text: string): string {
  return text.includes("`") ? `\`\` ${text} \`\`` : `\`${text}\``;
}

export function bullets(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join("\n");
}

/** A text as it stands, whatever of it Markdown would take for markup. */
export function literally(text: string): string {
  return text.replace(/[\\*_<>`[\]]/g, "\\$&");
}

/** Parts that are there, an empty line between them. */
export function paragraphs(...parts: readonly (string | undefined)[]): string {
  return parts.filter((it) => it !== undefined && it !== "").join("\n\n");
}

export function link(title: string, target: string): string {
  return `[${title}](${target})`;
}

export function plainTextOf(markdown: string): string {
  return markdown
    .replace(/\[([^\]]*)\]\(([^)]*)\)/g, "$1: $2")
    .replace(/\*\*([^*\n]+)\*\*/g, "$1")
    .replace(
      /\\([\\*_<>`[\]])|`` (.*?) ``|`([^`\n]*)`/g,
      (_, escaped?: string, odd?: string, text?: string) => escaped ?? odd ?? text ?? "",
    );
}
