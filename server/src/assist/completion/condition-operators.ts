/** Operators of a `Condition`, by what its keys and the policy's other conditions suggest. */
import { CONDITION_OPERATORS, parseOperator } from "../../policy/condition.js";
import { type KeyType, NULL, takesKeyType } from "../../policy/condition-types.js";
import type { ObjectNode } from "../../syntax/tree.js";
import { stop } from "../snippet-text.js";
import type { Suggestion } from "./offer.js";
import { weight } from "./ranking.js";
import type { Scope } from "./scope.js";

/** What conditions of policies outside of AWS's own use, in about that order. */
const COMMON: readonly string[] = [
  "StringEquals",
  "StringLike",
  "Bool",
  "StringNotEquals",
  "ArnLike",
  "Null",
  "IpAddress",
  "NotIpAddress",
  "BoolIfExists",
  "StringNotLike",
  "ArnEquals",
  "StringEqualsIfExists",
  "NumericLessThan",
  "ForAnyValue:StringEquals",
  "ForAllValues:StringEquals",
  "ForAnyValue:StringLike",
  "ForAnyValue:StringNotLike",
  "DateGreaterThan",
  "DateLessThan",
  "StringNotEqualsIfExists",
  "ArnNotLike",
  "ArnNotEquals",
];

/** Where the object with the operators is still to come. */
export function operatorForms(scope: Scope): readonly Suggestion[] {
  return scored(scope, new Set(), []).map(({ name, score }) => ({
    ...suggestion(name, score),
    insert: { value: { [name]: { [stop(1)]: stop(2) } } },
  }));
}

export function operators(scope: Scope, object: ObjectNode): readonly Suggestion[] {
  const { cursor } = scope;
  const present = new Set(
    object.members.filter(({ key }) => key !== cursor.node).map(({ key }) => key.value),
  );
  return scored(scope, present, keyTypes(scope, object)).map(({ name, score }) => suggestion(name, score));
}

function suggestion(name: string, score: number): Suggestion {
  return {
    label: name,
    type: "operator",
    insert: { key: name, value: { [stop(1)]: stop(2) } },
    about: { what: "operator" },
    more: true,
    score,
  };
}

function scored(scope: Scope, present: ReadonlySet<string>, types: readonly KeyType[]) {
  const { usage, policy, cursor } = scope;
  const local = new Map<string, number>();
  for (const { operator } of policy?.statements.flatMap(({ conditions }) => conditions) ?? []) {
    local.set(operator.value, (local.get(operator.value) ?? 0) + 1);
  }
  const found: { readonly name: string; readonly score: number }[] = [];
  for (const name of allOperators(cursor.word.typed)) {
    if (present.has(name)) continue;
    const { family } = parseOperator(name);
    const fits =
      types.length === 0 || (family !== undefined && types.some((type) => takesKeyType(family, type)));
    const common = COMMON.indexOf(name);
    found.push({
      name,
      score:
        weight(usage.operators.get(name)) +
        (common < 0 ? 0 : 5 - common / 5) +
        2 * weight(local.get(name)) +
        (types.length === 0 ? 0 : !fits ? -20 : family === NULL ? 0 : 10) -
        name.length / 100,
    });
  }
  return found;
}

/** With their set and `IfExists` forms; the rarer of them only once somebody writes them. */
function allOperators(typed: string): readonly string[] {
  const names = new Set<string>(COMMON);
  for (const base of CONDITION_OPERATORS) {
    names.add(base);
    if (base !== "Null") names.add(`${base}IfExists`);
  }
  const folded = typed.toLowerCase();
  if (folded !== "" && !"forallvalues:".startsWith(folded) && !"foranyvalue:".startsWith(folded)) {
    if (!folded.startsWith("for")) return [...names];
  }
  for (const base of CONDITION_OPERATORS) {
    if (/^(?:String|Arn|Numeric|Date|Bool)/.test(base)) {
      names.add(`ForAnyValue:${base}`).add(`ForAllValues:${base}`);
      if (folded.includes(":")) names.add(`ForAnyValue:${base}IfExists`).add(`ForAllValues:${base}IfExists`);
    }
  }
  return [...names];
}

/** Types of the keys that stand behind the operator at the cursor already, as when it is being replaced. */
function keyTypes({ catalogue, cursor }: Scope, object: ObjectNode) {
  const own = object.members.find(({ key }) => key === cursor.node)?.value;
  if (own?.type !== "object") return [];
  return own.members.flatMap(({ key }) => catalogue.conditionKey(key.value)?.type ?? []);
}
