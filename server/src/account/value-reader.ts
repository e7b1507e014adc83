/**
 * Values of an expected type out of a tree: what is of another type is complained about at its place and left out.
 * It knows no format: `desired-account.ts`, `snapshot.ts` and `access-test.ts` say what they expect.
 */
import { nearest } from "../policy/nearest.js";
import type { Span } from "../syntax/span.js";
import {
  type MemberNode,
  memberOf,
  type ObjectNode,
  type StringNode,
  type ValueNode,
} from "../syntax/tree.js";
import type { Complain } from "./problem.js";

export interface Entry {
  readonly name: string;
  readonly member: MemberNode;
  readonly value: ValueNode;
}

export class ValueReader {
  constructor(readonly complain: Complain) {}

  knownMembers(object: ObjectNode, names: readonly string[]): void {
    for (const { key } of object.members) {
      if (names.includes(key.value)) continue;
      this.complain(key, `\`${key.value}\` means nothing here.${didYouMean(key.value, names)}`);
    }
  }

  value(object: ObjectNode, key: string): ValueNode | undefined {
    const value = memberOf(object, key)?.value;
    return value?.type === "null" ? undefined : value;
  }

  asObject(value: ValueNode | undefined, what: string): ObjectNode | undefined {
    if (value === undefined || value.type === "object") return value;
    this.complain(value, `${what} must be an object.`);
    return undefined;
  }

  /** The members of an object by name; of repeated names the last counts, and the first is complained about. */
  entries(object: ObjectNode, key: string): readonly Entry[] {
    return this.entriesOf(this.asObject(this.value(object, key), `\`${key}\``));
  }

  entriesOf(object: ObjectNode | undefined): readonly Entry[] {
    const found = new Map<string, Entry>();
    for (const member of object?.members ?? []) {
      const name = member.key.value;
      const before = found.get(name);
      if (before !== undefined)
        this.complain(before.member.key, `\`${name}\` stands here twice: the last one counts.`);
      if (member.value !== undefined) found.set(name, { name, member, value: member.value });
    }
    return [...found.values()];
  }

  items(object: ObjectNode, key: string): readonly ValueNode[] {
    const value = this.value(object, key);
    if (value === undefined) return [];
    if (value.type === "array") return value.items;
    this.complain(value, `\`${key}\` must be a list.`);
    return [];
  }

  /** Texts in a list, or one alone. */
  texts(object: ObjectNode, key: string): readonly StringNode[] {
    const value = this.value(object, key);
    const items = value?.type === "array" ? value.items : value === undefined ? [] : [value];
    return items.flatMap((item) => this.asText(item) ?? []);
  }

  asText(value: ValueNode | undefined): StringNode | undefined {
    if (value === undefined || value.type === "string") return value;
    this.complain(value, "This must be a text in quotes.");
    return undefined;
  }

  text(object: ObjectNode, key: string): StringNode | undefined {
    return this.asText(this.value(object, key));
  }

  matching(node: StringNode | undefined, pattern: RegExp, what: string): string | undefined {
    if (node === undefined) return undefined;
    if (pattern.test(node.value)) return node.value;
    this.complain(node, `\`${node.value}\` is not ${what}.`);
    return undefined;
  }
}

export const ACCOUNT_ID = /^\d{12}$/;
export const AN_ACCOUNT_ID = "an account id: write its twelve digits as a text";

export function didYouMean(word: string, words: Iterable<string>): string {
  const near = nearest(word, words);
  return near === undefined ? "" : ` Did you mean \`${near}\`?`;
}

/** A name that is not among those that there are. */
export function unknownName(what: string, name: string, known: Iterable<string>): string {
  return `There is no ${what} \`${name}\` in the account.${didYouMean(name, known)}`;
}

/** Syntax mistakes of a file that is not a policy: the reading goes on with what was most likely meant. */
export function complainAboutSyntax(
  problems: readonly (Span & { readonly code: string })[],
  complain: Complain,
): void {
  for (const problem of problems) complain(problem, `This is not valid JSON here: ${problem.code}.`);
}
