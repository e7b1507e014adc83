/** Edits of JSON text: the one place that knows about commas, quotes and indentation. */
import { type Edits, IMPOSSIBLE, type Json } from "../edits.js";
import type { Edit, Span } from "../span.js";
import type { ArrayNode, KeyNode, MemberNode, ObjectNode, StringNode, ValueNode } from "../tree.js";

const MOST_IN_LINE = 100;

export function jsonEdits(text: string): Edits {
  let known: Layout | undefined;
  const layout = (): Layout => {
    known ??= layoutOf(text);
    return known;
  };

  const remove = (siblings: readonly Span[], leaving: readonly Span[]): readonly Edit[] => {
    const gone = new Set(leaving);
    const stays = siblings.filter((it) => !gone.has(it));
    const lastStaying = stays.at(-1);
    const edits: Edit[] = [];
    for (let i = 0; i < siblings.length; i++) {
      const it = siblings[i] as Span;
      if (!gone.has(it)) continue;
      const next = siblings[i + 1];
      if (lastStaying !== undefined && it.start > lastStaying.start) {
        // Nothing that stays follows: the commas in front of the rest go along.
        edits.push(...withoutComments(lastStaying.end, siblings.slice(i), "before"));
        break;
      }
      edits.push(...withoutComments(it.start, [it], "behind", next?.start));
    }
    return edits;
  };

  /** Deletes items from a place on, with a comma at one side of each. Comments between them stay, and what is around those. */
  const withoutComments = (
    start: number,
    items: readonly Span[],
    comma: "before" | "behind",
    end = items.at(-1)?.end ?? start,
  ): readonly Edit[] => {
    const gaps: Span[] = [];
    let from = start;
    for (const item of items) {
      gaps.push({ start: from, end: item.start });
      from = item.end;
    }
    gaps.push({ start: from, end });
    if (!gaps.some((gap) => /\/[/*]/.test(text.slice(gap.start, gap.end))))
      return [{ start, end, newText: "" }];
    const commas = gaps.flatMap((gap, index) => {
      if (index === (comma === "before" ? items.length : 0)) return [];
      const at = commaIn(gap);
      return at === undefined ? [] : [{ start: at, end: at + 1, newText: "" }];
    });
    return [...items.map((item) => ({ start: item.start, end: item.end, newText: "" })), ...commas];
  };

  /** The comma of a gap between items; those in comments are none. */
  const commaIn = ({ start, end }: Span): number | undefined => {
    const plain = text
      .slice(start, end)
      .replace(/\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (it) => " ".repeat(it.length));
    const at = plain.indexOf(",");
    return at < 0 ? undefined : start + at;
  };

  const indentAt = (offset: number): string => {
    const feed = text.lastIndexOf("\n", offset - 1);
    const lineStart = Math.max(feed, layout().returns ? text.lastIndexOf("\r", offset - 1) : -1) + 1;
    return /^[ \t]*/.exec(text.slice(lineStart, offset))?.[0] ?? "";
  };

  const print = (value: Json, indent: string): string => {
    const { unit, newline } = layout();
    return unit === undefined
      ? JSON.stringify(value)
      : JSON.stringify(value, null, unit).replaceAll("\n", `${newline}${indent}`);
  };

  /** On one line where what it is put beside is on one, unless nobody would write that much in a line. */
  const printBeside = (value: Json, sibling: Span, container: Span): string => {
    const inLine = layout().unit !== undefined && !text.slice(container.start, sibling.end).includes("\n");
    const line = inLine ? oneLine(value, text[container.start + 1] === " " ? " " : "") : undefined;
    return line === undefined || line.length > MOST_IN_LINE ? print(value, indentAt(sibling.start)) : line;
  };

  /** What separates a container's parts: a line break and indentation where it is written that way. */
  const separatorBefore = (part: Span, container: Span): string => {
    const gap = text.slice(Math.max(container.start + 1, text.lastIndexOf(",", part.start) + 1), part.start);
    const { unit, newline } = layout();
    return /\n/.test(gap) ? newline + indentAt(part.start) : unit === undefined ? "" : " ";
  };

  /** A comment in the rest of the line, which is about what stands in front of it. */
  const remarkBehind = ({ end }: Span): { readonly comma: boolean; readonly end: number } | undefined => {
    const feed = text.indexOf("\n", end);
    const rest = text.slice(end, feed < 0 ? text.length : feed);
    const match = /^[ \t]*(,?)[ \t]*(?:\/\/.*?|\/\*(?:(?!\*\/).)*\*\/)(?=[ \t]*\r?$)/.exec(rest);
    return match === null ? undefined : { comma: match[1] === ",", end: end + match[0].length };
  };

  const insertBehind = (sibling: Span, container: Span, part: string): readonly Edit[] => {
    const separator = separatorBefore(sibling, container);
    const added = `${separator}${part}`;
    const remark = separator.includes("\n") ? remarkBehind(sibling) : undefined;
    if (remark === undefined) return [{ start: sibling.end, end: sibling.end, newText: `,${added}` }];
    if (remark.comma) return [{ start: remark.end, end: remark.end, newText: `${added},` }];
    return [
      { start: sibling.end, end: sibling.end, newText: "," },
      { start: remark.end, end: remark.end, newText: added },
    ];
  };

  const insertFirst = (container: Span, part: (indent: string) => string): readonly Edit[] => {
    const { unit, newline } = layout();
    const outer = indentAt(container.start);
    const inner = unit === undefined ? "" : newline + outer + unit;
    const tail = unit === undefined ? "" : newline + outer;
    const newText = `${inner}${part(outer + (unit ?? ""))}${tail}`;
    return [{ start: container.start + 1, end: Math.max(container.start + 1, container.end - 1), newText }];
  };

  const nameText = (object: ObjectNode, key: string): string => {
    const dense = layout().unit === undefined && /":\S/.test(text.slice(object.start, object.end));
    const colon = dense ? ":" : ": ";
    return `${JSON.stringify(key)}${colon}`;
  };

  const edits: Edits = {
    removeItem: (item) => edits.removeItems([item]),

    removeItems(items) {
      const list = items[0]?.parent;
      if (list?.type !== "array") return [];
      return areArguments(list) ? [IMPOSSIBLE] : remove(list.items, items);
    },

    removeMember: (member) => remove(member.parent.members, [member]),

    replaceValue: (node, value) => [
      { start: node.start, end: node.end, newText: print(value, indentAt(node.start)) },
    ],

    replaceItem(item, values) {
      const [only] = values;
      if (values.length === 1 && only !== undefined) return edits.replaceValue(item, only);
      if (item.parent?.type !== "array") return edits.replaceValue(item, values);
      if (areArguments(item.parent)) return [IMPOSSIBLE];
      if (values.length === 0) return edits.removeItem(item);
      const separator = separatorBefore(item, item.parent);
      const newText = values.map((value) => print(value, indentAt(item.start))).join(`,${separator}`);
      return [{ start: item.start, end: item.end, newText }];
    },

    setText: (node: StringNode | KeyNode, value) => [
      { start: node.start, end: node.end, newText: JSON.stringify(value) },
    ],

    insertMember(object: ObjectNode, key, value, after?: MemberNode) {
      const name = nameText(object, key);
      const sibling = after ?? object.members.at(-1);
      return sibling === undefined
        ? insertFirst(object, (indent) => `${name}${print(value, indent)}`)
        : insertBehind(sibling, object, `${name}${printBeside(value, sibling, object)}`);
    },

    prependMember(object: ObjectNode, key, value) {
      const name = nameText(object, key);
      const first = object.members[0];
      if (first === undefined) return insertFirst(object, (indent) => `${name}${print(value, indent)}`);
      const newText = `${name}${printBeside(value, first, object)},${separatorBefore(first, object)}`;
      return [{ start: first.start, end: first.start, newText }];
    },

    appendItem(array: ArrayNode, value) {
      if (areArguments(array)) return [IMPOSSIBLE];
      const last = array.items.at(-1);
      return last === undefined
        ? insertFirst(array, (indent) => print(value, indent))
        : insertBehind(last, array, printBeside(value, last, array));
    },

    minify({ start, end }) {
      const white: Edit[] = [];
      // Strings first, so that the spaces in them are passed over.
      for (const match of text.slice(start, end).matchAll(/"(?:[^"\\]|\\.)*"|\s+/gs)) {
        if (match[0].startsWith('"')) continue;
        const at = start + match.index;
        white.push({ start: at, end: at + match[0].length, newText: "" });
      }
      return white;
    },

    hasComment: ({ start, end }) =>
      /\/\/|\/\*|#/.test(text.slice(start, end).replace(/"(?:[^"\\]|\\.)*"/gs, "")),

    insertAfter(item: ValueNode, value) {
      const { parent } = item;
      if (parent?.type === "array") {
        if (areArguments(parent)) return [IMPOSSIBLE];
        return insertBehind(item, parent, printBeside(value, item, parent));
      }
      const space = layout().unit === undefined ? "" : " ";
      return [
        { start: item.start, end: item.start, newText: "[" },
        { start: item.end, end: item.end, newText: `,${space}${print(value, indentAt(item.start))}]` },
      ];
    },
  };
  return edits;
}

interface Layout {
  /** The step of indentation; `undefined` where the text is written without line breaks. */
  readonly unit: string | undefined;
  readonly newline: string;
  /** Looked for once: a search backwards for what is not there would read all the text for every edit. */
  readonly returns: boolean;
}

function layoutOf(text: string): Layout {
  return {
    unit: indentUnit(text),
    newline: text.includes("\r\n") ? "\r\n" : "\n",
    returns: text.includes("\r"),
  };
}

/** The document's own step of indentation; `undefined` where it is written without line breaks. */
export function indentUnit(text: string): string | undefined {
  let previous = "";
  let lines = 0;
  for (const match of text.matchAll(/(?:^|\n)([ \t]*)\S/g)) {
    const indent = match[1] ?? "";
    if (indent.length > previous.length && indent.startsWith(previous)) return indent.slice(previous.length);
    previous = indent;
    if (++lines > 50) break;
  }
  return text.includes("\n") ? "  " : undefined;
}

/** @param pad what stands inside of braces */
export function oneLine(value: Json, pad: string): string {
  if (Array.isArray(value)) return `[${value.map((it) => oneLine(it, pad)).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([key, it]) => `${JSON.stringify(key)}: ${oneLine(it, pad)}`);
  return members.length === 0 ? "{}" : `{${pad}${members.join(", ")}${pad}}`;
}

/** Of a template's call, such as CloudFormation's `Fn::If`: each has its place, so none comes and none goes. */
function areArguments({ parent }: ArrayNode): boolean {
  return parent?.type === "member" && parent.key.value.startsWith("Fn::");
}
