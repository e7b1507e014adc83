/** How large a document is that is a text of its own, in the measures of AWS's quotas. */
import { type PolicySize, sizeOf } from "../../policy/policy-size.js";
import { policyIn } from "./document-meaning.js";

export function documentSize(text: string): PolicySize {
  const node = policyIn(text)?.node;
  if (node !== undefined) return sizeOf(text, node);
  const { length } = text;
  return { characters: length, dense: length, bytes: length };
}
