/** The `Numeric…` operators: integers and decimals, written as JSON numbers or as texts. */
import { anyOf } from "./value.js";

const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;

export const numericEquals = anyOf(readNumber, (a, b) => a === b);
export const numericLessThan = anyOf(readNumber, (a, b) => a < b);
export const numericLessThanEquals = anyOf(readNumber, (a, b) => a <= b);
export const numericGreaterThan = anyOf(readNumber, (a, b) => a > b);
export const numericGreaterThanEquals = anyOf(readNumber, (a, b) => a >= b);

function readNumber(text: string): number | undefined {
  const trimmed = text.trim();
  return NUMBER.test(trimmed) ? Number(trimmed) : undefined;
}
