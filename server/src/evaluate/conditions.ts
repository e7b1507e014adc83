/**
 * `Condition` elements compiled: operators with their negations, `IfExists`, sets, and keys the request lacks.
 * How one value compares with another is each operator's own.
 * See https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
import type { Condition, ConditionOperator } from "../policy/condition.js";
import { anyKey, type KeyTest, type RequestContext } from "./context.js";
import { arnLike } from "./operators/arn.js";
import { binaryEquals } from "./operators/binary.js";
import { bool } from "./operators/bool.js";
import {
  dateEquals,
  dateGreaterThan,
  dateGreaterThanEquals,
  dateLessThan,
  dateLessThanEquals,
} from "./operators/date.js";
import { ipAddress } from "./operators/ip.js";
import {
  numericEquals,
  numericGreaterThan,
  numericGreaterThanEquals,
  numericLessThan,
  numericLessThanEquals,
} from "./operators/numeric.js";
import { stringEquals, stringEqualsIgnoreCase, stringLike } from "./operators/string.js";
import type { CompileValues, ValueTest } from "./operators/value.js";
import { compileTemplate, missingHoles, type Template } from "./variables.js";

export interface CompiledCondition {
  readonly operator: ConditionOperator;
  /** As written. */
  readonly key: string;
  readonly foldedKey: string;
  /** As written. */
  readonly values: readonly string[];
  holds(context: RequestContext): boolean;
  /**
   * The keys, as written, whose values decide whether the condition holds; the request lacks them, and can have them.
   */
  missing(context: RequestContext, canHave?: KeyTest): readonly string[];
}

interface Family {
  readonly compile: CompileValues;
  /** Holds where the family's test fails, and where the key is missing. */
  readonly negated: boolean;
  /** Are policy variables filled in its values, and with which reading? */
  readonly variables: "pattern" | "literal" | undefined;
}

const FAMILIES: ReadonlyMap<string, Family> = new Map<string, Family>([
  ["StringEquals", { compile: stringEquals, negated: false, variables: "literal" }],
  ["StringNotEquals", { compile: stringEquals, negated: true, variables: "literal" }],
  ["StringEqualsIgnoreCase", { compile: stringEqualsIgnoreCase, negated: false, variables: "literal" }],
  ["StringNotEqualsIgnoreCase", { compile: stringEqualsIgnoreCase, negated: true, variables: "literal" }],
  ["StringLike", { compile: stringLike, negated: false, variables: "pattern" }],
  ["StringNotLike", { compile: stringLike, negated: true, variables: "pattern" }],
  ["NumericEquals", { compile: numericEquals, negated: false, variables: undefined }],
  ["NumericNotEquals", { compile: numericEquals, negated: true, variables: undefined }],
  ["NumericLessThan", { compile: numericLessThan, negated: false, variables: undefined }],
  ["NumericLessThanEquals", { compile: numericLessThanEquals, negated: false, variables: undefined }],
  ["NumericGreaterThan", { compile: numericGreaterThan, negated: false, variables: undefined }],
  ["NumericGreaterThanEquals", { compile: numericGreaterThanEquals, negated: false, variables: undefined }],
  ["DateEquals", { compile: dateEquals, negated: false, variables: undefined }],
  ["DateNotEquals", { compile: dateEquals, negated: true, variables: undefined }],
  ["DateLessThan", { compile: dateLessThan, negated: false, variables: undefined }],
  ["DateLessThanEquals", { compile: dateLessThanEquals, negated: false, variables: undefined }],
  ["DateGreaterThan", { compile: dateGreaterThan, negated: false, variables: undefined }],
  ["DateGreaterThanEquals", { compile: dateGreaterThanEquals, negated: false, variables: undefined }],
  ["Bool", { compile: bool, negated: false, variables: "literal" }],
  ["BinaryEquals", { compile: binaryEquals, negated: false, variables: undefined }],
  ["IpAddress", { compile: ipAddress, negated: false, variables: undefined }],
  ["NotIpAddress", { compile: ipAddress, negated: true, variables: undefined }],
  ["ArnEquals", { compile: arnLike, negated: false, variables: "pattern" }],
  ["ArnLike", { compile: arnLike, negated: false, variables: "pattern" }],
  ["ArnNotEquals", { compile: arnLike, negated: true, variables: "pattern" }],
  ["ArnNotLike", { compile: arnLike, negated: true, variables: "pattern" }],
]);

const NULL = "Null";
const NONE: readonly string[] = [];

export function compileCondition(condition: Condition, variables: boolean): CompiledCondition {
  const { operator } = condition;
  const key = condition.key.value;
  const foldedKey = key.toLowerCase();
  const values = condition.values.flatMap((node) =>
    node.type === "string" || node.type === "number" || node.type === "boolean" ? [String(node.value)] : [],
  );
  const shared = { operator, key, foldedKey, values };
  const lacksKey = (context: RequestContext) => context.get(foldedKey) === undefined;

  if (operator.base === NULL) {
    const wanted = values.map((value) => value.trim().toLowerCase());
    return {
      ...shared,
      holds: (context) => wanted.includes(isEmpty(context.get(foldedKey)) ? "true" : "false"),
      missing: (context, canHave = anyKey) => (lacksKey(context) && canHave(foldedKey) ? [key] : NONE),
    };
  }
  const family = FAMILIES.get(operator.base);
  // AWS takes no policy with another operator; here such a condition never holds.
  if (family === undefined) return { ...shared, holds: () => false, missing: () => NONE };

  const { negated } = family;
  const matches = family.compile(values, variables);
  const holds = holdsFor(operator, foldedKey, matches, negated);
  const templates = variables && family.variables !== undefined ? templatesOf(values, family.variables) : [];
  return {
    ...shared,
    holds,
    missing(context, canHave = anyKey) {
      const lacks = lacksKey(context);
      if (lacks && !canHave(foldedKey)) return NONE;
      const ways = templates.map((template) => missingHoles(template, context, canHave));
      const canMatch = templates.length < values.length || ways.some((holes) => holes !== undefined);
      if (!canMatch && !negated && !holds(context)) return NONE;
      const holes = ways.flatMap((it) => it ?? NONE);
      return lacks ? [key, ...holes] : holes;
    },
  };
}

function holdsFor(
  { qualifier, ifExists }: ConditionOperator,
  key: string,
  matches: ValueTest,
  negated: boolean,
): (context: RequestContext) => boolean {
  if (qualifier === undefined) {
    return (context) => {
      const values = context.get(key);
      if (values === undefined || values.length === 0) return ifExists || negated;
      // Without a set operator there is no comparing several values: none of them is *the* value.
      const [value = ""] = values;
      return (values.length === 1 && matches(value, context)) !== negated;
    };
  }
  const every = qualifier === "ForAllValues";
  return (context) => {
    const values = context.get(key);
    if (values === undefined) return every || ifExists;
    // An empty text is as good as no value.
    if (values.every((value) => value === "")) return every;
    const passes = (value: string) => matches(value, context) !== negated;
    return every ? values.every(passes) : values.some(passes);
  };
}

function isEmpty(values: readonly string[] | undefined): boolean {
  return values === undefined || values.length === 0;
}

function templatesOf(values: readonly string[], kind: "pattern" | "literal"): readonly Template[] {
  return values
    .map((value) => compileTemplate(value, kind))
    .filter((template) => typeof template !== "string");
}
