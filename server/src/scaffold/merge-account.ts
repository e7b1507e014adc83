/**
 * A part of an account put into an account file by edits, so that its layout and comments stay. It only ever adds: what is
 * there and says something else is a conflict, and then nothing is changed. It reads no files and knows no template.
 */
import { ACCOUNT_MEMBERS } from "../account/desired-account.js";
import { fillText, type Variables } from "../account/fill-placeholders.js";
import { parseDocument, type SyntaxDocument } from "../syntax/document.js";
import { applyEdits, type Json } from "../syntax/edits.js";
import type { Edit } from "../syntax/span.js";
import { toJson } from "../syntax/to-json.js";
import { itemsOf, type MemberNode, type ObjectNode, toPointer, type ValueNode } from "../syntax/tree.js";
import type { JsonObject } from "./template.js";

export interface AccountConflict {
  /** JSON pointer into the account file. */
  readonly pointer: string;
  /** What is there, what was to be put there, and what to do. */
  readonly message: string;
}

export interface MergedAccount {
  /** As it was where there are conflicts. */
  readonly text: string;
  readonly conflicts: readonly AccountConflict[];
}

const RANKS: ReadonlyMap<string, number> = new Map(ACCOUNT_MEMBERS.map((name, index) => [name, index]));
/** Lists of names, where one more may join. */
const NAME_LISTS = new Set(["groups", "policies"]);

/**
 * @param text of the account file; empty for a new one
 * @param variables that fill the placeholders of the account file
 */
export function mergeAccount(text: string, part: JsonObject, variables: Variables): MergedAccount {
  if (text.trim() === "") return { text: `${JSON.stringify(sorted(part), null, 2)}\n`, conflicts: [] };
  const broken = brokenAccount(text);
  if (broken !== undefined) return { text, conflicts: [broken] };
  // A file in one line is still one when a line break ends it.
  let merged = text.trimEnd();
  const end = text.slice(merged.length);
  // One thing at a time: a document whose text has changed is read anew, and no two edits meet.
  for (;;) {
    const merge = new Merge(parseDocument(merged, "jsonc"), variables);
    const { root } = merge.document.tree;
    const edits = root?.type === "object" ? merge.object(root, part, []) : undefined;
    if (merge.conflicts.length > 0) return { text, conflicts: merge.conflicts };
    if (edits === undefined) return { text: merged + end, conflicts: [] };
    merged = applyEdits(merged, edits);
  }
}

function brokenAccount(text: string): AccountConflict | undefined {
  const { tree } = parseDocument(text, "jsonc");
  const [problem] = tree.problems;
  if (problem !== undefined) {
    return { pointer: "", message: `This file is not valid JSON (${problem.code}): repair it first.` };
  }
  return tree.root?.type === "object" ? undefined : { pointer: "", message: "An account is an object." };
}

function sorted(part: JsonObject): JsonObject {
  const rank = (key: string) => RANKS.get(key) ?? RANKS.size;
  return Object.fromEntries(Object.entries(part).sort(([a], [b]) => rank(a) - rank(b)));
}

type Path = readonly (string | number)[];

class Merge {
  readonly conflicts: AccountConflict[] = [];

  constructor(
    readonly document: SyntaxDocument,
    private readonly variables: Variables,
  ) {}

  /** The edits that put in the first thing that is missing; `undefined` where nothing is. All conflicts are found. */
  object(node: ObjectNode, part: JsonObject, path: Path): readonly Edit[] | undefined {
    let first: readonly Edit[] | undefined;
    for (const [key, value] of Object.entries(part)) {
      const member = this.#member(node, key);
      const edits =
        member?.value === undefined
          ? this.#insert(node, key, value, path.length === 0)
          : this.#value(member.value, value, [...path, member.key.value]);
      first ??= edits;
    }
    return first;
  }

  #insert(node: ObjectNode, key: string, value: Json, top: boolean): readonly Edit[] {
    const { edits } = this.document;
    const rank = top ? RANKS.get(key) : undefined;
    if (rank === undefined) return edits.insertMember(node, key, value);
    const before = node.members.findLast((it) => (RANKS.get(it.key.value) ?? rank) < rank);
    return before === undefined
      ? edits.prependMember(node, key, value)
      : edits.insertMember(node, key, value, before);
  }

  #value(node: ValueNode, value: Json, path: Path): readonly Edit[] | undefined {
    const last = path.at(-1);
    if (typeof last === "string" && NAME_LISTS.has(last) && isNames(value)) return this.#names(node, value);
    if (isLevels(path) && Array.isArray(value) && node.type === "array")
      return this.#levels(node, value, path);
    if (node.type === "object" && isObject(value)) return this.object(node, value, path);
    if (node.type === "null" && value !== null) return this.document.edits.replaceValue(node, value);
    if (!same(this.#filled(toJson(node)), value)) this.#conflict(node, value, path);
    return undefined;
  }

  #names(node: ValueNode, names: readonly string[]): readonly Edit[] | undefined {
    const { edits } = this.document;
    const there = itemsOf(node).flatMap((it) => (it.type === "string" ? [this.#fill(it.value)] : []));
    const missing = names.find((it) => !there.includes(it));
    if (missing === undefined) return undefined;
    return node.type === "array" ? edits.appendItem(node, missing) : edits.insertAfter(node, missing);
  }

  /** Levels of an organisation have names; a root that is missing comes first, as AWS has it. */
  #levels(
    node: Extract<ValueNode, { type: "array" }>,
    levels: readonly Json[],
    path: Path,
  ): readonly Edit[] | undefined {
    const { edits } = this.document;
    let first: readonly Edit[] | undefined;
    for (const level of levels) {
      if (!isObject(level)) continue;
      const index = node.items.findIndex((it) => {
        const name = it.type === "object" ? this.#member(it, "level")?.value : undefined;
        return name?.type === "string" && this.#fill(name.value) === level["level"];
      });
      const known = node.items[index];
      const top = node.items[0];
      if (known?.type === "object") first ??= this.object(known, level, [...path, index]);
      else if (top === undefined || level["level"] !== "root") first ??= edits.appendItem(node, level);
      else first ??= edits.replaceItem(top, [level, toJson(top)]);
    }
    return first;
  }

  #conflict(node: ValueNode, value: Json, path: Path): void {
    const there = describe(this.#filled(toJson(node)));
    const place = path.at(-2) === "buckets" ? `The bucket \`${path.at(-1)}\`` : `\`${path.join("/")}\``;
    this.conflicts.push({
      pointer: toPointer(path),
      message: `${place} is there already, and says ${there} where this would say ${describe(value)}.`,
    });
  }

  /** Keys may have placeholders: `<name>-source` is the bucket that it will be. */
  #member(node: ObjectNode, key: string): MemberNode | undefined {
    return node.members.findLast((it) => this.#fill(it.key.value) === key);
  }

  #fill(text: string): string {
    return fillText(text, (name) => this.variables.get(name));
  }

  #filled(value: Json): Json {
    if (typeof value === "string") return this.#fill(value);
    if (Array.isArray(value)) return value.map((it: Json) => this.#filled(it));
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, it]) => [this.#fill(key), this.#filled(it)]));
  }
}

function isLevels(path: Path): boolean {
  return path[0] === "organization" && (path[1] === "scps" || path[1] === "rcps") && path.length === 2;
}

function isNames(value: Json): value is readonly string[] {
  return Array.isArray(value) && value.every((it) => typeof it === "string");
}

function isObject(value: Json): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function same(a: Json, b: Json): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((it, i) => same(it, b[i] ?? null));
  if (isObject(a) && isObject(b)) {
    const keys = Object.keys(a);
    return (
      keys.length === Object.keys(b).length &&
      keys.every((key) => key in b && same(a[key] ?? null, b[key] ?? null))
    );
  }
  return a === b;
}

function describe(value: Json): string {
  const text = JSON.stringify(value);
  return text.length <= 80 ? `\`${typeof value === "string" ? value : text}\`` : "something longer";
}
