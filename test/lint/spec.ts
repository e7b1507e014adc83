/**
 * Markdown specs: policies with carets under what a rule reports. A caret line is removed before the policy is
 * read, so that offsets stay true; after linting the carets are drawn anew and compared as text.
 *
 *     "Action": "s3:GetObjct"
 *     //        ^^^^^^^^^^^^^ `s3:GetObjct` is not an action.
 *
 * `|` instead of carets marks an empty span, `^…` one that goes on over the next lines, and `//0 ^` one that
 * starts so far left that `//` would cover it (the number is its column).
 * Words behind ```jsonc set the scene: `kind=trust`, `resource=AWS::S3::Bucket`, `variable:name=value`; `account`
 * says that the text is an account file.
 * `length=10241` makes the policy that long: `…` in it stands for as many letters as it takes, or, with
 * `spaces=10241`, for blanks.
 * A block ```jsonc fixed holds the text after all fixes; ```jsonc fixed: Title takes the fixes of that title.
 */
import type { Finding } from "../../server/src/lint/rule.js";
import type { Span } from "../../server/src/syntax/span.js";

export interface SpecCase {
  readonly title: string;
  /** With its caret lines, as it stands in the file. */
  readonly drawn: string;
  /** Without them, at full length. */
  readonly input: string;
  /** What `…` stands for; empty where nothing is left out. */
  readonly filler: string;
  readonly scene: Scene;
  readonly fixed: readonly { readonly title: string | undefined; readonly text: string }[];
  /** Where `drawn` stands in the file, to update it. */
  readonly at: Span;
}

export interface Scene {
  readonly kind: string | undefined;
  readonly resource: string | undefined;
  readonly variables: Readonly<Record<string, string>>;
  readonly isAccount: boolean;
}

const BLOCK = /^```jsonc?([^\n]*)\n([\s\S]*?)^```$/gm;
const CARETS = /^[ \t]*\/\/(?:\d+)? *(?:\^+…?|\|) /;

export function readSpec(markdown: string): readonly SpecCase[] {
  const cases: (SpecCase & { fixed: { title: string | undefined; text: string }[] })[] = [];
  const headings = [...markdown.matchAll(/^#+ (.+)$/gm)];
  for (const match of markdown.matchAll(BLOCK)) {
    const info = (match[1] ?? "").trim();
    const body = (match[2] ?? "").replace(/\n$/, "");
    if (info.startsWith("fixed")) {
      const title = /^fixed: (.+)$/.exec(info)?.[1];
      const last = cases.at(-1);
      last?.fixed.push({ title, text: filled(body, last.filler) });
      continue;
    }
    const start = match.index + match[0].indexOf("\n") + 1;
    const title = headings.filter(({ index }) => index < match.index).at(-1)?.[1] ?? "";
    const short = withoutCarets(body);
    const [, fill, length = 0] = /(?:^| )(length|spaces)=(\d+)/.exec(info) ?? [];
    const filler = (fill === "spaces" ? " " : "x").repeat(Math.max(0, Number(length) - short.length + 1));
    const same = cases.filter((it) => it.title.replace(/ \(\d+\)$/, "") === title).length;
    cases.push({
      title: same === 0 ? title : `${title} (${same + 1})`,
      drawn: body,
      input: filled(short, filler),
      filler,
      scene: readScene(info),
      fixed: [],
      at: { start, end: start + body.length },
    });
  }
  return cases;
}

export function withoutCarets(drawn: string): string {
  return drawn
    .split("\n")
    .filter((line) => !CARETS.test(line))
    .join("\n");
}

function filled(text: string, filler: string): string {
  return filler === "" ? text : text.replace("…", filler);
}

/** The text with a caret line under each finding, and `…` for what fills it up. */
export function draw(text: string, findings: readonly Finding[], filler = ""): string {
  const lines = text.split("\n");
  const below = lines.map((): string[] => []);
  for (const finding of findings) {
    const { line, column } = position(lines, finding.start);
    const end = position(lines, finding.end);
    const length = end.line === line ? end.column - column : 1;
    const mark = length === 0 ? "|" : "^".repeat(length) + (end.line === line ? "" : "…");
    const indent = /^[ \t]*/.exec(lines[line] ?? "")?.[0].length ?? 0;
    const slashes = Math.min(indent, column - 3);
    const lead = slashes < 0 ? `//${column} ` : `${" ".repeat(slashes)}//${" ".repeat(column - slashes - 2)}`;
    below[line]?.push(`${lead}${mark} ${finding.message}`);
  }
  const drawn = lines.flatMap((line, index) => [line, ...(below[index] ?? [])]).join("\n");
  return filler === "" ? drawn : drawn.replace(filler, "…");
}

function position(lines: readonly string[], offset: number): { line: number; column: number } {
  let line = 0;
  while (line < lines.length - 1 && offset > (lines[line]?.length ?? 0)) {
    offset -= (lines[line]?.length ?? 0) + 1;
    line++;
  }
  return { line, column: offset };
}

function readScene(info: string): Scene {
  const variables: Record<string, string> = {};
  for (const [, name, value] of info.matchAll(/variable:([\w-]+)=(\S+)/g))
    variables[name as string] = value as string;
  return {
    kind: /(?:^| )kind=(\w+)/.exec(info)?.[1],
    resource: /(?:^| )resource=(\S+)/.exec(info)?.[1],
    variables,
    isAccount: /(?:^| )account(?: |$)/.test(info),
  };
}
