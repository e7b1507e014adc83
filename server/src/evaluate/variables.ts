/**
 * Policy variables at request time: texts with holes, and what fills them.
 * Where a variable may stand is decided by the callers; how one is written, by `policy/variable.ts`.
 * See https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
import { findVariables, isEscapeVariable } from "../policy/variable.js";
import { anyKey, type KeyTest, type RequestContext } from "./context.js";
import { escapeWildcards } from "./glob.js";

/** Wildcards of the written text stay wildcards in a pattern; in a literal there are none. */
export type TextKind = "pattern" | "literal";

export interface Template {
  readonly kind: TextKind;
  readonly parts: readonly (string | Hole)[];
}

interface Hole {
  /** As written. */
  readonly key: string;
  readonly foldedKey: string;
  readonly defaultValue: string | undefined;
}

/** A text without holes to fill comes back as it is, its `${*}`, `${?}` and `${$}` replaced. */
export function compileTemplate(text: string, kind: TextKind): string | Template {
  if (!text.includes("${")) return text;
  const parts: (string | Hole)[] = [];
  let from = 0;
  for (const variable of findVariables(text)) {
    if (!variable.closed) continue;
    parts.push(text.slice(from, variable.start));
    from = variable.end;
    if (isEscapeVariable(variable)) parts.push(asPart(variable.key, kind));
    else {
      const key = variable.key.trim();
      parts.push({ key, foldedKey: key.toLowerCase(), defaultValue: unquote(variable.defaultValue) });
    }
  }
  parts.push(text.slice(from));
  return parts.every((part) => typeof part === "string") ? parts.join("") : { kind, parts };
}

/** The text with its holes filled, `undefined` where the request lacks a key that has no default. */
export function fillTemplate({ kind, parts }: Template, context: RequestContext): string | undefined {
  let text = "";
  for (const part of parts) {
    if (typeof part === "string") {
      text += part;
      continue;
    }
    const value = fillerOf(part, context);
    if (value === undefined) return undefined;
    text += asPart(value, kind);
  }
  return text;
}

/** The template as a pattern that leaves open holes open, to ask whether some value would match. */
export function openTemplate(template: Template, context: RequestContext, canHave: KeyTest): string {
  return template.parts
    .map((part) => {
      if (typeof part === "string") return part;
      return isOpen(part, context, canHave) ? "*" : asPart(fillerOf(part, context) ?? "", template.kind);
    })
    .join("");
}

/** The keys, as written, whose values would change the text; `undefined` where some hole can never be filled. */
export function missingHoles(
  { parts }: Template,
  context: RequestContext,
  canHave: KeyTest = anyKey,
): readonly string[] | undefined {
  const holes = parts.filter((part) => typeof part !== "string");
  const open = holes.filter((hole) => isOpen(hole, context, canHave));
  const fillable = holes.every((hole) => open.includes(hole) || fillerOf(hole, context) !== undefined);
  return fillable ? open.map(({ key }) => key) : undefined;
}

function isOpen({ foldedKey }: Hole, context: RequestContext, canHave: KeyTest): boolean {
  return context.get(foldedKey) === undefined && canHave(foldedKey);
}

/** A key with several values cannot fill a variable. */
function fillerOf({ foldedKey, defaultValue }: Hole, context: RequestContext): string | undefined {
  const values = context.get(foldedKey);
  return values?.length === 1 ? values[0] : defaultValue;
}

function asPart(value: string, kind: TextKind): string {
  return kind === "pattern" ? escapeWildcards(value) : value;
}

function unquote(text: string | undefined): string | undefined {
  return text?.replace(/^'(.*)'$/s, "$1");
}
