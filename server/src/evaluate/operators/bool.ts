/** `Bool`: `true` and `false` in any case, as JSON or as text, also from a policy variable. */
import { anyText } from "./value.js";

export const bool = anyText("literal", (wanted) => {
  const folded = wanted.trim().toLowerCase();
  if (folded !== "true" && folded !== "false") return () => false;
  return (value) => value.trim().toLowerCase() === folded;
});
