/**
 * The facts that an account file asks for, and which facts it decides about: of whatever it names, the policies, groups,
 * boundaries, and tags where it has any. Everything else stays as it is.
 */
import type { Account, Role, Tags, User } from "../account.js";
import { type AccountProblem, describeProblem } from "../problem.js";
import { documentText } from "./document-meaning.js";
import {
  ATTACHED,
  BOUNDARY,
  BUCKET_POLICY,
  DEFAULT,
  DESCRIPTION,
  DOCUMENT,
  EXISTS,
  type Facts,
  GROUP,
  HELD_ROLE,
  INLINE,
  isPolicyOfAws,
  type Part,
  SESSION,
  type SubjectId,
  subjectId,
  TAG,
  TRUST,
  VERSION,
} from "./facts.js";
import type { PlanProblem } from "./plan.js";

export interface WantedFacts {
  readonly facts: Facts;
  /** Is it for the account file to say whether this holds? */
  readonly decides: (subject: SubjectId, part: Part) => boolean;
  readonly problems: readonly PlanProblem[];
  /** Mistakes of the account file that the problems tell already. */
  readonly explained: ReadonlySet<AccountProblem>;
}

export function factsOfAccount(account: Account): WantedFacts {
  const reader = new FactReader(account);
  reader.read();
  const { facts, open, problems, explained } = reader;
  return {
    facts,
    problems,
    explained,
    decides: (subject, part) =>
      facts.has(subject) && open.get(subject)?.some((it) => part.startsWith(it)) !== true,
  };
}

class FactReader {
  readonly facts = new Map<SubjectId, Map<Part, string>>();
  /** Parts, or how they start, about which the file says nothing that can be used. */
  readonly open = new Map<SubjectId, string[]>();
  readonly problems: PlanProblem[] = [];
  readonly explained = new Set<AccountProblem>();
  readonly #arnOfDocument: ReadonlyMap<string, string>;

  constructor(private readonly account: Account) {
    this.#arnOfDocument = new Map([...account.policies.values()].map(({ document, arn }) => [document, arn]));
  }

  read(): void {
    const { users, groups, roles, policies, resources, partition } = this.account;
    for (const { name, arn, document, description, tags } of policies.values()) {
      if (isPolicyOfAws(arn)) continue;
      const subject = this.#subject("policy", name, arn);
      this.#document(subject, DOCUMENT, document);
      this.#optional(subject, DESCRIPTION, description);
      this.#tags(subject, tags);
      this.#leave(subject, VERSION);
      this.#leave(subject, DEFAULT);
    }
    for (const { name, arn, policies: ids } of groups.values())
      this.#policies(this.#subject("group", name, arn), ids);
    for (const user of users.values()) {
      const subject = this.#limited("user", user);
      for (const group of user.groups) this.#set(subject, GROUP + group, "");
    }
    for (const role of roles.values()) {
      const subject = this.#limited("role", role);
      if (role.trust === undefined) {
        this.#leave(subject, TRUST);
        const message = `The role \`${role.name}\` has no \`trust\`: its trust policy says who may assume it.`;
        this.problems.push({ severity: "error", about: subject, message });
      } else this.#document(subject, TRUST, role.trust);
      this.#optional(subject, DESCRIPTION, role.description);
      this.#optional(subject, SESSION, role.maxSessionDuration?.toString());
    }
    for (const { name, arn, role } of this.account.instanceProfiles?.values() ?? []) {
      const subject = this.#subject("instance-profile", name, arn);
      if (role !== undefined) this.#set(subject, HELD_ROLE + role, "");
    }
    const bucketArn = `arn:${partition}:s3:::`;
    for (const { arn, account, policy } of resources.values()) {
      if (!arn.startsWith(bucketArn) || arn.includes("/") || account !== undefined) continue;
      const name = arn.slice(bucketArn.length);
      const subject = this.#subject("bucket", name, name);
      if (policy !== undefined) this.#document(subject, BUCKET_POLICY, policy);
    }
  }

  #subject(kind: Parameters<typeof subjectId>[0], name: string, exists: string): SubjectId {
    const subject = subjectId(kind, name);
    this.facts.set(subject, new Map([[EXISTS, exists]]));
    return subject;
  }

  #limited(kind: "user" | "role", { name, arn, policies, boundary, tags }: User | Role): SubjectId {
    const subject = this.#subject(kind, name, arn);
    this.#policies(subject, policies);
    if (boundary !== undefined) {
      const limit = this.#managedArn(subject, boundary);
      if (limit === undefined) this.#leave(subject, BOUNDARY);
      else this.#set(subject, BOUNDARY, limit);
    }
    this.#tags(subject, tags);
    return subject;
  }

  #policies(subject: SubjectId, ids: readonly string[]): void {
    for (const id of ids) {
      if (id.startsWith(`${subject}/`)) {
        const { name = "" } = this.account.documents.get(id) ?? {};
        this.#document(subject, INLINE + name, id);
        continue;
      }
      const arn = this.#managedArn(subject, id);
      if (arn !== undefined) this.#set(subject, ATTACHED + arn, "");
      // Which one is meant is not known, so none is taken away.
      else this.#leave(subject, ATTACHED);
    }
  }

  /** A policy of AWS can be attached without its text being known here. */
  #managedArn(subject: SubjectId, id: string): string | undefined {
    const arn = this.#arnOfDocument.get(id);
    if (arn !== undefined) return arn;
    const missing = this.account.documents.get(id);
    if (missing !== undefined && isPolicyOfAws(missing.name)) {
      if (missing.why !== undefined) this.explained.add(missing.why);
      this.problems.push({
        severity: "info",
        about: subject,
        message: `What \`${missing.name}\` gives is not known here, and so not shown. Give the documents of AWS's policies with \`--managed-policies FILE\`.`,
      });
      return missing.name;
    }
    this.#complain(subject, id);
    return undefined;
  }

  #document(subject: SubjectId, part: Part, id: string): void {
    const document = this.account.documents.get(id)?.document;
    if (document !== undefined) this.#set(subject, part, documentText(document));
    else {
      this.#leave(subject, part);
      this.#complain(subject, id);
    }
  }

  #optional(subject: SubjectId, part: Part, value: string | undefined): void {
    if (value === undefined) this.#leave(subject, part);
    else this.#set(subject, part, value);
  }

  #tags(subject: SubjectId, tags: Tags | undefined): void {
    if (tags === undefined) this.#leave(subject, TAG);
    else this.#leave(subject, `${TAG}aws:`);
    for (const [key, value] of Object.entries(tags ?? {})) this.#set(subject, TAG + key, value);
  }

  #set(subject: SubjectId, part: Part, value: string): void {
    this.facts.get(subject)?.set(part, value);
  }

  #leave(subject: SubjectId, part: Part): void {
    const parts = this.open.get(subject);
    if (parts === undefined) this.open.set(subject, [part]);
    else parts.push(part);
  }

  #complain(subject: SubjectId, id: string): void {
    const document = this.account.documents.get(id);
    if (document?.why !== undefined) this.explained.add(document.why);
    const why =
      document?.why === undefined ? (document?.file ?? this.account.file) : describeProblem(document.why);
    const what = `A policy of \`${subject}\` cannot be used`;
    this.problems.push({ severity: "error", about: subject, message: `${what}: ${why}` });
  }
}
