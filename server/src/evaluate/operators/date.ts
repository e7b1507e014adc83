/** The `Date…` operators. There is no clock here: the time of a request is one of its keys. */
import { readDate } from "../../policy/condition-values.js";
import { anyOf } from "./value.js";

export const dateEquals = anyOf(readDate, (a, b) => a === b);
export const dateLessThan = anyOf(readDate, (a, b) => a < b);
export const dateLessThanEquals = anyOf(readDate, (a, b) => a <= b);
export const dateGreaterThan = anyOf(readDate, (a, b) => a > b);
export const dateGreaterThanEquals = anyOf(readDate, (a, b) => a >= b);
