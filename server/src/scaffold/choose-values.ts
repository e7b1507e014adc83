/**
 * The values of a template's variables: given, remembered in the account, or the default, in this order; and what is wrong
 * with them. Asking for those that are missing is the front door's.
 */
import { readDesiredAccount } from "../account/desired-account.js";
import type { Variables } from "../account/fill-placeholders.js";
import { NO_MANAGED_POLICIES } from "../account/managed-policies.js";
import { didYouMean } from "../account/value-reader.js";
import type { Catalogue } from "../catalogue/catalogue.js";
import { parseDocument } from "../syntax/document.js";
import type { Template, TemplateVariable, Values } from "./template.js";
import { valueProblem } from "./variable-types.js";

export interface ChosenValues {
  readonly values: Values;
  /** Variables without any value, in the template's order. */
  readonly missing: readonly TemplateVariable[];
  readonly problems: readonly ValueProblem[];
}

export interface ValueProblem {
  readonly variable: string;
  /** A whole sentence. */
  readonly message: string;
}

/** @param given by the variable's name, as typed; several values of a list are separated by commas */
export function chooseValues(
  template: Template,
  given: ReadonlyMap<string, string>,
  remembered: Variables,
  catalogue: Pick<Catalogue, "regions">,
): ChosenValues {
  const values = new Map<string, readonly string[]>();
  const missing: TemplateVariable[] = [];
  const names = template.variables.map(({ name }) => name);
  const problems: ValueProblem[] = [...given.keys()]
    .filter((name) => !names.includes(name))
    .map((name) => ({
      variable: name,
      message: `The template \`${template.name}\` has no variable \`${name}\`.${didYouMean(name, names)}`,
    }));
  for (const variable of template.variables) {
    const { name } = variable;
    const text = given.get(name) ?? proposedValue(variable, remembered);
    if (text === undefined) {
      missing.push(variable);
      continue;
    }
    const message = problemOf(variable, text, catalogue);
    if (message !== undefined) problems.push({ variable: name, message });
    values.set(name, valuesIn(variable, text));
  }
  return { values, missing, problems };
}

/** What a variable is unless somebody says otherwise. */
export function proposedValue(
  { name, remember, default: usual }: TemplateVariable,
  remembered: Variables,
): string | undefined {
  return (remember ? remembered.get(name) : undefined) ?? usual;
}

/** What is wrong with a text as the value of a variable, as a sentence. */
export function problemOf(
  variable: TemplateVariable,
  text: string,
  catalogue: Pick<Catalogue, "regions">,
): string | undefined {
  const values = valuesIn(variable, text);
  for (const value of values) {
    const problem = valueProblem(variable.type, value, catalogue);
    if (problem !== undefined) return problem;
  }
  const twice = values.find((it, index) => values.indexOf(it) !== index);
  return twice === undefined ? undefined : `\`${twice}\` stands there twice.`;
}

function valuesIn({ list }: TemplateVariable, text: string): readonly string[] {
  return list ? text.split(",").map((it) => it.trim()) : [text];
}

/** What an account file says about variables; nothing where it cannot be read. */
export function rememberedValues(accountText: string): Variables {
  const { tree } = parseDocument(accountText, "jsonc");
  const { account } = readDesiredAccount("", tree, () => undefined, NO_MANAGED_POLICIES);
  return account?.variables ?? new Map();
}
