/**
 * Which types of condition keys the families of operators compare, and which operator says the same for another type.
 * What type a key has is the catalogue's; what a value means is `condition-values.ts`'s.
 * See https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
import type { ConditionOperator, OperatorFamily } from "./condition.js";

/** As the service authorization reference types condition keys. */
export type KeyType = "String" | "ARN" | "Bool" | "Date" | "Numeric" | "IPAddress" | "Binary";

export const NULL = "Null";

/** Does the operator hold where its values do not match, as `StringNotEquals` does? */
export function isNegated({ base }: Pick<ConditionOperator, "base">): boolean {
  return base.includes("Not");
}

/** Do `*` and `?` in the operator's values stand for other characters? */
export function takesWildcards({ base }: ConditionOperator): boolean {
  return base.startsWith("Arn") || base.endsWith("Like");
}

/**
 * Access Analyzer takes string operators for ARNs and ARN operators for texts such as tags: AWS's own policies
 * hold dozens of either, and it reports `StringLike` with an ARN alone, under a name of its own.
 */
const FAMILIES_OF_TYPE: Readonly<Record<KeyType, readonly OperatorFamily[]>> = {
  String: ["String", "Arn"],
  ARN: ["Arn", "String"],
  Bool: ["Bool"],
  Date: ["Date"],
  Numeric: ["Numeric"],
  IPAddress: ["IpAddress"],
  Binary: ["Binary", "String"],
};

export function takesKeyType(family: OperatorFamily, type: KeyType): boolean {
  return family === NULL || FAMILIES_OF_TYPE[type].includes(family);
}

/**
 * The operator for keys of that type which says the same, qualifier and suffix kept: `StringNotLike` gives
 * `ArnNotLike` for an ARN. `undefined` where the type has no such comparison.
 */
export function operatorForType(operator: ConditionOperator, type: KeyType): string | undefined {
  const base = baseForType(operator.base, type);
  return base === undefined ? undefined : writeOperator({ ...operator, base });
}

export function writeOperator({
  qualifier,
  base,
  ifExists,
}: Pick<ConditionOperator, "qualifier" | "base" | "ifExists">): string {
  return `${qualifier === undefined ? "" : `${qualifier}:`}${base}${ifExists ? "IfExists" : ""}`;
}

function baseForType(base: string, type: KeyType): string | undefined {
  const not = isNegated({ base });
  const order = /(?:Less|Greater)Than(?:Equals)?$/.exec(base)?.[0];
  const like = base.endsWith("Like") ? "Like" : "Equals";
  switch (type) {
    case "String":
      return order === undefined ? `String${not ? "Not" : ""}${like}` : undefined;
    case "ARN":
      return order === undefined ? `Arn${not ? "Not" : ""}${like}` : undefined;
    case "Numeric":
    case "Date":
      return `${type}${not ? "Not" : ""}${order ?? "Equals"}`;
    case "IPAddress":
      return order === undefined ? `${not ? "Not" : ""}IpAddress` : undefined;
    case "Bool":
      return not || order !== undefined ? undefined : "Bool";
    case "Binary":
      return not || order !== undefined ? undefined : "BinaryEquals";
  }
}
