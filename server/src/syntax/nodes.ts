/**
 * The nodes of a tree as readers make them. Classes, not literals: where an engine has seen enough literals of one place
 * live on, it puts all later ones among the long-lived, and with them their documents, until a full collection.
 */
import type { ArrayNode, KeyNode, MemberNode, ObjectNode, StringNode, ValueNode } from "./tree.js";

type Holder = ValueNode["parent"];

const NONE: readonly never[] = [];

export class ReadObject implements ObjectNode {
  readonly type = "object";
  members: readonly MemberNode[] = NONE;

  constructor(
    readonly start: number,
    public end: number,
    readonly parent: Holder,
  ) {}
}

export class ReadMember implements MemberNode {
  readonly type = "member";
  value: ValueNode | undefined;

  constructor(
    readonly start: number,
    public end: number,
    readonly parent: ObjectNode,
    readonly key: KeyNode,
  ) {}
}

export class ReadArray implements ArrayNode {
  readonly type = "array";
  items: readonly ValueNode[] = NONE;

  constructor(
    readonly start: number,
    public end: number,
    readonly parent: Holder,
  ) {}
}

export class ReadKey implements KeyNode {
  readonly type = "key";
  declare sourceMap?: readonly number[];

  constructor(
    readonly start: number,
    readonly end: number,
    readonly value: string,
    readonly contentStart: number,
  ) {}
}

export class ReadString implements StringNode {
  readonly type = "string";
  declare sourceMap?: readonly number[];
  declare embedded?: ValueNode;

  constructor(
    readonly start: number,
    readonly end: number,
    readonly parent: Holder,
    readonly value: string,
    readonly contentStart: number,
  ) {}
}
