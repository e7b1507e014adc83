/** `Bool`: `true` and `false` in any case, as JSON or as text, also from a policy variable. */
import { readBoolean } from "../../policy/condition-values.js";
import { anyText } from "./value.js";

export const bool = anyText("literal", (text) => {
  const wanted = readBoolean(text);
  return (value) => wanted !== undefined && readBoolean(value) === wanted;
});
