/** A condition in plain words, such as `only in eu-west-1`. What it decides is `evaluate`'s. */
import type { Condition } from "../policy/condition.js";

/** Operators without their family's name, as words between a key and its values. */
const VERBS: readonly (readonly [RegExp, string])[] = [
  [/^NumericLessThanEquals$/, "is at most"],
  [/^NumericLessThan$/, "is below"],
  [/^NumericGreaterThanEquals$/, "is at least"],
  [/^NumericGreaterThan$/, "is above"],
  [/^DateLessThan/, "is before"],
  [/^DateGreaterThan/, "is after"],
  [/NotLike$/, "is not like"],
  [/Like$/, "is like"],
  [/^NotIpAddress$/, "is outside"],
  [/^IpAddress$/, "is within"],
  [/NotEquals/, "is not"],
];

/** What a key is about, where that can be said without its name. */
const SUBJECTS: Readonly<Record<string, { readonly is: string; readonly not: string }>> = {
  "aws:requestedregion": { is: "in", not: "outside" },
  "aws:sourceip": { is: "from", not: "from outside" },
  "aws:sourcevpc": { is: "from", not: "from outside" },
  "aws:sourcevpce": { is: "through", not: "through other endpoints than" },
  "aws:calledvia": { is: "when called through", not: "when not called through" },
  "aws:principalorgid": { is: "for principals of", not: "for principals outside" },
  "aws:principalaccount": { is: "for principals of", not: "for principals outside" },
  "aws:sourceaccount": { is: "on behalf of", not: "on behalf of others than" },
  "aws:sourcearn": { is: "on behalf of", not: "on behalf of others than" },
  "aws:resourceaccount": { is: "in", not: "outside" },
  "aws:resourceorgid": { is: "in", not: "outside" },
  "iam:passedtoservice": { is: "for", not: "for others than" },
};

/** @param denies is it what a Deny is limited to? Then it is no `only`. */
export function conditionPhrase(condition: Condition, denies: boolean): string {
  const { operator, key } = condition;
  const folded = key.value.toLowerCase();
  const values = valuesOf(condition);
  const known = Object.hasOwn(SUBJECTS, folded) ? SUBJECTS[folded] : undefined;
  const negative = /Not/.test(operator.base);
  const lead = denies ? "" : "only ";
  if (operator.base === "Bool" && folded === "aws:multifactorauthpresent")
    return lead + (values === "true" ? "with MFA" : "without MFA");
  if (operator.base === "Bool" && folded === "aws:securetransport")
    return lead + (values === "true" ? "over TLS" : "without TLS");
  if (operator.base === "Null")
    return `${denies ? "if" : "only if"} ${key.value} is ${values === "true" ? "absent" : "present"}`;
  const orAbsent = operator.ifExists && operator.base !== "Null" ? " (if known)" : "";
  if (known !== undefined && operator.qualifier === undefined)
    return `${lead}${negative ? known.not : known.is} ${values}${orAbsent}`;
  const subject =
    operator.qualifier === "ForAllValues"
      ? `every ${key.value}`
      : operator.qualifier === "ForAnyValue"
        ? `any ${key.value}`
        : key.value;
  const verb = VERBS.find(([form]) => form.test(operator.base))?.[1] ?? "is";
  return `${denies ? "if" : "only if"} ${subject} ${verb} ${values}${orAbsent}`;
}

function valuesOf({ values }: Condition): string {
  const texts = values.map((it) => ("value" in it ? String(it.value) : "…"));
  if (texts.length > 3) return `one of ${texts.length} values`;
  return texts.length < 2 ? (texts[0] ?? "nothing") : `${texts.slice(0, -1).join(", ")} or ${texts.at(-1)}`;
}
