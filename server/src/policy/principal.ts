/** The entries of `Principal` and `NotPrincipal`. See https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
import type { KeyNode, StringNode, ValueNode } from "../syntax/tree.js";
import { itemsOf } from "../syntax/tree.js";
import type { PrincipalType } from "./words.js";

export interface Principal {
  readonly start: number;
  readonly end: number;
  readonly node: StringNode;
  readonly value: string;
  /** The type as written, such as `AWS` or `Service`; `undefined` for a bare string such as `"*"`. */
  readonly type: KeyNode | undefined;
}

export function readPrincipals(value: ValueNode | undefined): readonly Principal[] {
  if (value?.type === "string") return [new Entry(value, undefined)];
  if (value?.type !== "object") return NONE;
  return value.members.flatMap(({ key, value: entries }) =>
    itemsOf(entries)
      .filter((item) => item.type === "string")
      .map((item) => new Entry(item, key)),
  );
}

const NONE: readonly never[] = [];

/** Anyone at all, signed in or not: `"*"` and `{"AWS": "*"}` mean the same in a resource policy. */
export function isAnyone({ type, value }: Principal): boolean {
  return value === "*" && (type === undefined || type.value === "AWS");
}

export function isOfType({ type }: Principal, name: PrincipalType): boolean {
  return type?.value === name;
}

/** A class, because a principal stands where its node stands, also when that moves. */
class Entry implements Principal {
  constructor(
    readonly node: StringNode,
    readonly type: KeyNode | undefined,
  ) {}

  get start(): number {
    return this.node.start;
  }

  get end(): number {
    return this.node.end;
  }

  get value(): string {
    return this.node.value;
  }
}
