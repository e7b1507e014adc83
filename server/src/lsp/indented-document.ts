/** A policy's text as people read it: AWS keeps the blanks of whoever wrote it, which are often none. */

export function indentedDocument(text: string): string {
  try {
    return `${JSON.stringify(JSON.parse(text), null, 2)}\n`;
  } catch {
    return text;
  }
}
