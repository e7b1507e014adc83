/**
 * A template with its gaps filled: the texts to write, the part of the account, the suppressions. What is there already,
 * and whether the two go together, is `plan-scaffold.ts`'s.
 */
import { fillText } from "../account/fill-placeholders.js";
import { findPlaceholders } from "../policy/placeholder.js";
import { parseDocument } from "../syntax/document.js";
import { applyEdits, type Json } from "../syntax/edits.js";
import type { Edit } from "../syntax/span.js";
import { textsIn } from "../syntax/texts.js";
import { toJson } from "../syntax/to-json.js";
import { isJson } from "./read-template.js";
import type { JsonObject, Template, TemplateFile, TemplateSuppression, Values } from "./template.js";

export interface Expansion {
  /** For the account file, in its words. */
  readonly account: JsonObject;
  readonly files: readonly TemplateFile[];
  readonly suppressions: readonly TemplateSuppression[];
}

/** @param values of all variables of the template, checked */
export function expandTemplate(template: Template, values: Values): Expansion {
  const one = (text: string) => fillEach(text, values)[0] ?? text;
  return {
    account: fillJson(template.account, values) as JsonObject,
    files: template.files.map(({ path, text }) => ({
      path: one(path),
      text: isJson(path) ? fillJsonText(text, values) : one(text),
    })),
    suppressions: template.suppressions.map((it) => ({ ...it, file: one(it.file), reason: one(it.reason) })),
  };
}

/** A text once for every value of the lists in it; once where there is none. */
function fillEach(text: string, values: Values): readonly string[] {
  let filled = [text];
  for (const { name } of findPlaceholders(text)) {
    const given = values.get(name) ?? [];
    filled = filled.flatMap((it) =>
      given.map((value) => fillText(it, (asked) => (asked === name ? value : undefined))),
    );
  }
  return [...new Set(filled)];
}

/** Items and members with a list in them are repeated; in a member, the list's placeholder then stands for one value. */
function fillJson(value: Json, values: Values): Json {
  if (typeof value === "string") {
    const filled = fillEach(value, values);
    return filled.length === 1 ? (filled[0] ?? value) : filled;
  }
  if (Array.isArray(value)) return value.flatMap((it: Json) => fillJson(it, values));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, member]) => {
      const [list] = findPlaceholders(key).filter(({ name }) => (values.get(name)?.length ?? 0) > 1);
      const rounds =
        list === undefined
          ? [values]
          : (values.get(list.name) ?? []).map((it) => bound(values, list.name, it));
      return rounds.map((round) => [fillEach(key, round)[0] ?? key, fillJson(member, round)]);
    }),
  );
}

function bound(values: Values, name: string, value: string): Values {
  return new Map(values).set(name, [value]);
}

/** Filled where it stands, so that the layout of the template's author is kept; a list that grows gets a line for each item. */
function fillJsonText(text: string, values: Values): string {
  const { tree, edits } = parseDocument(text, "jsonc");
  const changes: Edit[] = [];
  for (const node of textsIn(tree.root)) {
    const filled = fillEach(node.value, values);
    if (filled.length === 1 && filled[0] === node.value) continue;
    if (node.type === "key" || filled.length === 1)
      changes.push(...edits.setText(node, filled[0] ?? node.value));
    else if (node.parent?.type === "array")
      // The edit of the list comes first in the text, so those of its items are left out.
      changes.push(...edits.replaceValue(node.parent, fillJson(toJson(node.parent), values)));
    else changes.push(...edits.replaceItem(node, filled));
  }
  return applyEdits(text, changes);
}
