/** The condition keys whose values fill policy variables of statements. What they are filled with is not asked. */
import type { CompiledStatement } from "../evaluate/compile.js";
import { findVariables, isEscapeVariable } from "../policy/variable.js";

/** The keys, as written, that variables of the statements name. */
export function variableKeys(statements: readonly CompiledStatement[]): readonly string[] {
  const texts = statements.flatMap(({ conditions, resources, notResources }) => [
    ...conditions.flatMap((it) => it.values),
    ...[...resources, ...notResources].map((it) => it.value),
  ]);
  return variableKeysIn(texts);
}

export function foldedVariableKeys(statements: readonly CompiledStatement[]): ReadonlySet<string> {
  return new Set(variableKeys(statements).map((key) => key.toLowerCase()));
}

/** Keys, in lower case, of conditions, each with one that a variable in its values names. */
export function comparedKeys(
  statements: readonly CompiledStatement[],
): readonly (readonly [key: string, other: string])[] {
  return statements
    .flatMap(({ conditions }) => conditions)
    .flatMap(({ foldedKey, values }) =>
      variableKeysIn(values).map((other) => [foldedKey, other.toLowerCase()] as const),
    );
}

function variableKeysIn(texts: readonly string[]): readonly string[] {
  return texts.flatMap((text) =>
    findVariables(text)
      .filter((it) => it.closed && !isEscapeVariable(it))
      .map((it) => it.key.trim()),
  );
}
