/**
 * An account taken apart into facts: `user/ana` is there, `user/ana#group/engineer` holds, `role/app#trust` says so and
 * so. Plans, journals and checks of what moved compare facts one by one. Reading them from accounts is done elsewhere.
 */
import { sameDocument } from "./document-meaning.js";

export type SubjectKind = "user" | "group" | "role" | "instance-profile" | "policy" | "bucket";

/** Such as `user/ana`, `policy/engineer_access`, `bucket/logs`. */
export type SubjectId = `${SubjectKind}/${string}`;

/**
 * What is said of a subject:
 * - `exists`: its ARN
 * - `inline/NAME`, `trust`, `document` (of a managed policy's default version), `policy` (of a bucket): a document's text
 * - `attached/ARN`, `group/NAME`, `role/NAME` (in an instance profile): nothing more
 * - `boundary`: an ARN; `tag/KEY`, `description`, `session` (seconds): the value
 * - `version/ID`: the text of a version of a managed policy; `default`: the id of the one in force
 */
export type Part = string;

export type Facts = ReadonlyMap<SubjectId, ReadonlyMap<Part, string>>;

/** What becomes of one fact; `undefined` where it does not hold. */
export interface FactChange {
  readonly subject: SubjectId;
  readonly part: Part;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

export const EXISTS = "exists";
export const BOUNDARY = "boundary";
export const TRUST = "trust";
export const DOCUMENT = "document";
export const BUCKET_POLICY = "policy";
export const DESCRIPTION = "description";
export const SESSION = "session";
export const INLINE = "inline/";
export const ATTACHED = "attached/";
export const GROUP = "group/";
export const HELD_ROLE = "role/";
export const TAG = "tag/";
export const VERSION = "version/";
export const DEFAULT = "default";

export function subjectId(kind: SubjectKind, name: string): SubjectId {
  return `${kind}/${name}`;
}

export function kindOf(subject: SubjectId): SubjectKind {
  return subject.slice(0, subject.indexOf("/")) as SubjectKind;
}

export function nameOf(subject: SubjectId): string {
  return subject.slice(subject.indexOf("/") + 1);
}

/** As people call it, such as "user `ana`". */
export function called(subject: SubjectId): string {
  return `${kindOf(subject).replace("-", " ")} \`${nameOf(subject)}\``;
}

/** What stands behind a prefix such as {@link TAG}; `undefined` for other parts. */
export function restOf(part: Part, prefix: string): string | undefined {
  return part.startsWith(prefix) ? part.slice(prefix.length) : undefined;
}

export function factOf(facts: Facts, subject: SubjectId, part: Part): string | undefined {
  return facts.get(subject)?.get(part);
}

export function isDocument(part: Part): boolean {
  return (
    part === TRUST ||
    part === DOCUMENT ||
    part === BUCKET_POLICY ||
    part.startsWith(INLINE) ||
    part.startsWith(VERSION)
  );
}

/** Documents are compared by what they say. */
export function sameFact(part: Part, a: string | undefined, b: string | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return isDocument(part) ? sameDocument(a, b) : a === b;
}

/** The facts after changes; those given stay as they are. */
export function withChanges(facts: Facts, changes: readonly FactChange[]): Facts {
  const result = new Map(facts);
  for (const { subject, part, after } of changes) {
    const parts = new Map(result.get(subject));
    if (after === undefined) parts.delete(part);
    else parts.set(part, after);
    result.set(subject, parts);
  }
  return result;
}

/** The name by which a policy's ARN ends. */
export function policyName(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}

/** Is it one of AWS's own policies, which every account has and nobody changes? */
export function isPolicyOfAws(arn: string): boolean {
  return /^arn:[^:]*:iam::aws:policy\//.test(arn);
}
