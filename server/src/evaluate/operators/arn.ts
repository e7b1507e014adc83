/** `ArnEquals` and `ArnLike`, which are the same: six fields, each with wildcards of its own. */
import { arnFields } from "../../policy/arn.js";
import { compileGlob } from "../glob.js";
import { anyText } from "./value.js";

const ARN_FIELDS = 6;

export const arnLike = anyText("pattern", (wanted) => {
  // A lone `*` stands for any ARN.
  if (wanted === "*") return () => true;
  const fields = arnFields(wanted);
  if (fields.length !== ARN_FIELDS) return () => false;
  const tests = fields.map(compileGlob);
  return (value) => {
    const parts = arnFields(value);
    return parts.length === ARN_FIELDS && tests.every((matches, index) => matches(parts[index] ?? ""));
  };
});
