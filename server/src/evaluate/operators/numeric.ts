/** The `Numeric…` operators: integers and decimals, written as JSON numbers or as texts. */
import { readNumber } from "../../policy/condition-values.js";
import { anyOf } from "./value.js";

export const numericEquals = anyOf(readNumber, (a, b) => a === b);
export const numericLessThan = anyOf(readNumber, (a, b) => a < b);
export const numericLessThanEquals = anyOf(readNumber, (a, b) => a <= b);
export const numericGreaterThan = anyOf(readNumber, (a, b) => a > b);
export const numericGreaterThanEquals = anyOf(readNumber, (a, b) => a >= b);
