/** A condition as written: operator, key and values. What they mean is `evaluate`'s. */
import type { KeyNode, MemberNode, ObjectNode, ValueNode } from "../syntax/tree.js";
import { itemsOf } from "../syntax/tree.js";
import { isIntrinsic, isIntrinsicName } from "./intrinsic.js";

/** Operators that compare the same type of value. */
export type OperatorFamily = "String" | "Numeric" | "Date" | "Bool" | "Binary" | "IpAddress" | "Arn" | "Null";

export interface ConditionOperator {
  /** As written, for example `ForAllValues:StringLikeIfExists`. */
  readonly value: string;
  readonly qualifier: "ForAllValues" | "ForAnyValue" | undefined;
  /** Without qualifier and suffix, in AWS's spelling where it is an operator; otherwise as written. */
  readonly base: string;
  readonly ifExists: boolean;
  /** Is it one of AWS's operators, whatever its case? */
  readonly known: boolean;
  /** `undefined` where it is none of AWS's. */
  readonly family: OperatorFamily | undefined;
}

export interface Condition {
  readonly operator: ConditionOperator;
  /** The operator's member of `Condition`. */
  readonly block: MemberNode;
  /** The condition key's own member. */
  readonly member: MemberNode;
  readonly key: KeyNode;
  readonly values: readonly ValueNode[];
}

/** See https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
export const CONDITION_OPERATORS = [
  "StringEquals",
  "StringNotEquals",
  "StringEqualsIgnoreCase",
  "StringNotEqualsIgnoreCase",
  "StringLike",
  "StringNotLike",
  "NumericEquals",
  "NumericNotEquals",
  "NumericLessThan",
  "NumericLessThanEquals",
  "NumericGreaterThan",
  "NumericGreaterThanEquals",
  "DateEquals",
  "DateNotEquals",
  "DateLessThan",
  "DateLessThanEquals",
  "DateGreaterThan",
  "DateGreaterThanEquals",
  "Bool",
  "BinaryEquals",
  "IpAddress",
  "NotIpAddress",
  "ArnEquals",
  "ArnNotEquals",
  "ArnLike",
  "ArnNotLike",
  "Null",
] as const;

const BY_FOLDED: ReadonlyMap<string, string> = new Map(
  CONDITION_OPERATORS.map((name) => [name.toLowerCase(), name]),
);
/** Families by how their operators begin; `Not` stands in front of the name for IP addresses alone. */
const FAMILY = /^(String|Numeric|Date|Bool|Binary|Arn|Null)|^(?:Not)?(IpAddress)/;
const FORM = /^(?:(forallvalues|foranyvalue):)?(.*?)(ifexists)?$/i;
const cache = new Map<string, ConditionOperator>();

export function parseOperator(value: string): ConditionOperator {
  const known = cache.get(value);
  if (known !== undefined) return known;
  const [, qualifier, rest = value, suffix] = FORM.exec(value) ?? [];
  const base = BY_FOLDED.get(rest.toLowerCase());
  const [, family, address] = (base !== undefined && FAMILY.exec(base)) || [];
  const operator: ConditionOperator = {
    value,
    qualifier:
      qualifier === undefined ? undefined : /^forall/i.test(qualifier) ? "ForAllValues" : "ForAnyValue",
    base: base ?? rest,
    ifExists: suffix !== undefined,
    known: base !== undefined,
    family: (family ?? address) as OperatorFamily | undefined,
  };
  if (cache.size < 1000) cache.set(value, operator);
  return operator;
}

/** Every operator–key pair of a `Condition` element; parts of the wrong type are left out, and so are calls of a template. */
export function readConditions(node: ObjectNode): readonly Condition[] {
  const conditions: Condition[] = [];
  for (const block of node.members) {
    if (block.value?.type !== "object" || isIntrinsicName(block.key.value)) continue;
    const operator = parseOperator(block.key.value);
    for (const member of block.value.members) {
      if (isIntrinsicName(member.key.value)) continue;
      conditions.push({ operator, block, member, key: member.key, values: itemsOf(member.value) });
    }
  }
  return conditions;
}

/** Could there be conditions that are not read, since something else computes them? */
export function mayHaveOthers(element: MemberNode | undefined): boolean {
  const condition = element?.value;
  if (condition?.type !== "object") return condition?.type === "invalid";
  return condition.members.some(
    ({ key, value }) => isIntrinsicName(key.value) || value?.type === "invalid" || isIntrinsic(value),
  );
}

/** The operators of a `Condition` element with all their keys, those of another type than an object included. */
export function operatorBlocks(element: MemberNode | undefined): readonly MemberNode[] {
  if (element?.value?.type !== "object") return [];
  return element.value.members.filter(({ key }) => !isIntrinsicName(key.value));
}

/** Is the value an empty list? */
export function hasNoValues({ member }: Condition): boolean {
  return member.value?.type === "array" && member.value.items.length === 0;
}
