import { ofStatement, type Statement } from "../../../policy/policy.js";
import type { Span } from "../../../syntax/span.js";
import { textsIn } from "../../../syntax/texts.js";
import { spanWithin } from "../../../syntax/tree.js";
import { defineRule } from "../../rule.js";

/** IAM's API takes tab, line feed, carriage return and U+0020 to U+00FF. */
const OUTSIDE = /[^\t\n\r -ÿ]+/;
const ALL_OUTSIDE = new RegExp(OUTSIDE, "g");

/** What word processors and chat programs make of plain characters, and what nobody sees. */
const LOOK_ALIKES: ReadonlyMap<string, string> = new Map([
  ...["‘", "’", "‚", "“", "”", "„"].map((it): [string, string] => [it, "'"]),
  ...["‐", "‑", "‒", "–", "—", "−"].map((it): [string, string] => [it, "-"]),
  ["…", "..."],
  ["∗", "*"],
  ...["\u2002", "\u2003", "\u2009", "\u202f"].map((it): [string, string] => [it, " "]),
  ...["\u200b", "\u200c", "\u200d", "\u2060", "\ufeff"].map((it): [string, string] => [it, ""]),
]);

export const invalidCharacter = defineRule({
  name: "invalid-character",
  group: "grammar",
  severity: "error",
  since: "0.1.0",
  summary: "A policy for IAM has a character that IAM does not take",
  fix: "suggestion",
  appliesTo: ["identity", "boundary", "session", "trust"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",
  ],

  policy({ node, statements }, { report, edits, text, isPlain }) {
    if (isPlain || isInside(node, statements, text)) return;
    for (const written of textsIn(node)) {
      // An escape such as `\u2713` is written with characters that IAM takes.
      if (!OUTSIDE.test(text.slice(written.start, written.end))) continue;
      const plain = [...written.value].map((it) => LOOK_ALIKES.get(it) ?? it).join("");
      for (const { 0: found, index } of written.value.matchAll(ALL_OUTSIDE)) {
        report({
          at: spanWithin(written, index, index + found.length),
          message: `IAM takes no ${names([...found])}.`,
          fix: OUTSIDE.test(plain)
            ? undefined
            : { title: "Replace with plain characters", edits: edits.setText(written, plain) },
        });
      }
    }
  },
});

/** Statements are looked at once each. */
function isInside({ start, end }: Span, statements: readonly Statement[], text: string): boolean {
  let at = start;
  for (const statement of statements) {
    if (OUTSIDE.test(text.slice(at, statement.start)) || !isInsideStatement(statement, text)) return false;
    at = statement.end;
  }
  return !OUTSIDE.test(text.slice(at, end));
}

const isInsideStatement = ofStatement.answeredFrom(
  ({ start, end }, text: string) => !OUTSIDE.test(text.slice(start, end)),
);

function names(characters: readonly string[]): string {
  const shown = characters.slice(0, 3).map(codePoint).join(" ");
  return characters.length <= 3 ? shown : `${shown} and ${characters.length - 3} more`;
}

function codePoint(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  const visible = /[\p{L}\p{N}\p{P}\p{S}]/u.test(character);
  return visible ? `\`${character}\` (U+${code})` : `U+${code}`;
}
