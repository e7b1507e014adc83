/**
 * Answers about statements that are worked out once for each, because several rules ask the same. They stay with the
 * statement, so they must not hold offsets: the text before it may grow.
 */
import type { Statement } from "./policy.js";

interface Answer {
  readonly world: unknown;
  readonly value: unknown;
}

let questions = 0;

/** @param make answers from the statement and one thing besides, such as the catalogue; another one asks anew */
export function perStatement<T, World = undefined>(
  make: (statement: Statement, world: World) => T,
): (statement: Statement, world: World) => T {
  const question = questions++;
  return (statement, world) => {
    const known = statement.answers[question] as Answer | undefined;
    if (known !== undefined && known.world === world) return known.value as T;
    const value = make(statement, world);
    const answer: Answer = { world, value };
    statement.answers[question] = answer;
    return value;
  };
}
