/** `StringEquals`, `StringEqualsIgnoreCase` and `StringLike`; their negations are the same tests. */
import { compileGlob } from "../glob.js";
import { anyText } from "./value.js";

export const stringEquals = anyText("literal", (wanted) => (value) => value === wanted);

export const stringEqualsIgnoreCase = anyText("literal", (wanted) => {
  const folded = wanted.toLowerCase();
  return (value) => value.toLowerCase() === folded;
});

export const stringLike = anyText("pattern", compileGlob);
