/** Which part of an account a plan is about: ids of documents or of what they hang on, as users write them. */
import { nearest } from "../../policy/nearest.js";
import { BOUNDARY, INLINE, type Part, type SubjectId, TRUST } from "./facts.js";

/** @param part none for something that is said of the subject as a whole */
export function isInScope(id: string, subject: SubjectId, part?: Part): boolean {
  if (id === subject) return true;
  if (!id.startsWith(`${subject}/`)) return false;
  const rest = id.slice(subject.length + 1);
  return (
    part === undefined || part === rest || (rest !== TRUST && rest !== BOUNDARY && part === INLINE + rest)
  );
}

/** Why an id names nothing, if so. */
export function unknownScope(id: string, subjects: readonly SubjectId[]): string | undefined {
  if (subjects.some((it) => id === it || id.startsWith(`${it}/`))) return undefined;
  const near = nearest(id, subjects);
  const hint = near === undefined ? "" : ` Did you mean \`${near}\`?`;
  return `\`${id}\` names nothing of the account: write \`user/NAME\`, \`role/NAME/trust\`, \`policy/NAME\`, \`bucket/NAME\` or the like.${hint}`;
}
