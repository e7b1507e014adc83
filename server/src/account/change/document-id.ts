/** By which id an account knows the document that a fact holds. */
import { inlineId } from "../account.js";
import { BUCKET_POLICY, DOCUMENT, INLINE, type Part, restOf, type SubjectId, TRUST } from "./facts.js";

/** `undefined` for what is no document. */
export function documentId(subject: SubjectId, part: Part): string | undefined {
  const inline = restOf(part, INLINE);
  if (inline !== undefined) return inlineId(subject, inline);
  if (part === DOCUMENT || part === BUCKET_POLICY) return subject;
  return part === TRUST ? `${subject}/${TRUST}` : undefined;
}
