/**
 * What every family of condition operators shares: from the values of a policy to a test of one value
 * of the request. Negation, sets and missing keys are `conditions.ts`'s.
 */
import type { RequestContext } from "../context.js";
import { compileTemplate, fillTemplate, type TextKind } from "../variables.js";

/** Does a value of the request match any of the policy's values? */
export type ValueTest = (value: string, context: RequestContext) => boolean;

/** What a family makes of the policy's values, written as texts. */
export type CompileValues = (values: readonly string[], variables: boolean) => ValueTest;

/** A family without policy variables: each value is read once, and those that make no sense match nothing. */
export function anyOf<T>(
  read: (text: string) => T | undefined,
  matches: (requested: T, wanted: T) => boolean,
): CompileValues {
  return (values) => {
    const wanted = values.map(read).filter((value) => value !== undefined);
    return (text) => {
      const requested = read(text);
      return requested !== undefined && wanted.some((value) => matches(requested, value));
    };
  };
}

/** A family with policy variables: `compile` makes a test of one text, in advance where it has no variable. */
export function anyText(
  kind: TextKind,
  compile: (text: string) => (value: string) => boolean,
): CompileValues {
  return (values, variables) => {
    const tests: readonly ValueTest[] = values.map((text) => {
      const template = variables ? compileTemplate(text, kind) : text;
      if (typeof template === "string") return compile(template);
      return (value, context) => {
        const filled = fillTemplate(template, context);
        return filled !== undefined && compile(filled)(value);
      };
    });
    return (value, context) => tests.some((matches) => matches(value, context));
  };
}
