/**
 * Changes of facts as calls and words: what is created takes what it can with it, what is deleted is emptied first.
 * In which order the steps can be made is `order-steps.ts`'s.
 */
import type { ApiCall, Tag } from "./api-call.js";
import { VERSIONS_OF_POLICY } from "./aws-limits.js";
import {
  ATTACHED,
  BOUNDARY,
  BUCKET_POLICY,
  called,
  DEFAULT,
  DESCRIPTION,
  DOCUMENT,
  EXISTS,
  type FactChange,
  type Facts,
  factOf,
  GROUP,
  HELD_ROLE,
  INLINE,
  kindOf,
  nameOf,
  type Part,
  policyName,
  restOf,
  SESSION,
  type SubjectId,
  sameFact,
  TAG,
  TRUST,
  VERSION,
} from "./facts.js";
import { versionNumber } from "./perform-on.js";
import type { PlanStep } from "./plan.js";

/** A step with its place among the others, as far as nothing speaks against it: lower goes first. */
export interface DraftStep extends PlanStep {
  readonly phase: number;
}

/** What is there before it is used, and used no more before it is gone; in between, what is given before what is taken. */
const PHASE = {
  createPolicy: 0,
  createGroup: 1,
  createRole: 2,
  createUser: 3,
  describe: 4,
  give: 5,
  replace: 6,
  take: 7,
  delete: 8,
  deleteSubject: 9,
} as const;

export function stepsOf(changes: readonly FactChange[], observed: Facts): readonly DraftStep[] {
  const bySubject = new Map<SubjectId, FactChange[]>();
  for (const change of changes) {
    const list = bySubject.get(change.subject);
    if (list === undefined) bySubject.set(change.subject, [change]);
    else list.push(change);
  }
  const wantedArn = new Map(
    changes.flatMap(({ subject, part, after }) =>
      part === EXISTS && after !== undefined ? [[subject, after]] : [],
    ),
  );
  return [...bySubject].flatMap(([subject, list]) => {
    const arn = factOf(observed, subject, EXISTS) ?? wantedArn.get(subject) ?? "";
    return new SubjectSteps(subject, arn, list, observed).all();
  });
}

class SubjectSteps {
  readonly #steps: DraftStep[] = [];
  readonly #kind: ReturnType<typeof kindOf>;
  readonly #name: string;
  /** The kind as AWS's operations call it. */
  readonly #word: string;
  /** Those that no step has taken up yet. */
  #left: readonly FactChange[];

  constructor(
    private readonly subject: SubjectId,
    private readonly arn: string,
    changes: readonly FactChange[],
    private readonly observed: Facts,
  ) {
    this.#kind = kindOf(subject);
    this.#name = nameOf(subject);
    this.#word = WORDS[this.#kind];
    this.#left = changes;
  }

  all(): readonly DraftStep[] {
    const exists = this.#left.find(({ part }) => part === EXISTS);
    if (exists?.before === undefined && exists?.after !== undefined) this.#create();
    const goes = exists?.before !== undefined && exists.after === undefined;
    if (goes) this.#delete();
    this.#tags();
    this.#describe();
    for (const change of this.#left) this.#change(change, goes);
    return this.#steps;
  }

  #create(): void {
    const Path = pathOf(this.arn, this.#kind);
    const own = this.#take(isOwn);
    const after = (part: Part) => own.find((it) => it.part === part)?.after;
    const Tags = tagsOf(own);
    const session = after(SESSION);
    const limit = after(BOUNDARY);
    const words = `Create the ${this.#called}`;
    const document = after(DOCUMENT);
    const phase = { policy: PHASE.createPolicy, group: PHASE.createGroup, role: PHASE.createRole };
    this.#push(own, {
      phase: this.#kind in phase ? phase[this.#kind as keyof typeof phase] : PHASE.createUser,
      words: limit === undefined ? words : `${words} within \`${policyName(limit)}\``,
      operation: `Create${this.#word}`,
      input: {
        [`${this.#word}Name`]: this.#name,
        ...(Path === "/" ? {} : { Path }),
        ...given("AssumeRolePolicyDocument", after(TRUST)),
        ...given("PolicyDocument", document),
        ...given("Description", after(DESCRIPTION) || undefined),
        ...given("MaxSessionDuration", session === undefined ? undefined : Number(session)),
        ...given("PermissionsBoundary", limit),
        ...given("Tags", Tags.length === 0 ? undefined : Tags),
      },
    });
  }

  /** What hangs on the subject is taken away by steps of its own; the rest goes with it. */
  #delete(): void {
    const own = this.#take(isOwn);
    if (this.#kind === "policy") {
      // The version in force goes with the policy.
      const inForce = own.find(({ part }) => part === DEFAULT)?.before;
      this.#left = this.#left.filter(({ part }) => part !== `${VERSION}${inForce}`);
    }
    const isPolicy = this.#kind === "policy";
    this.#push(own, {
      section: "delete",
      phase: PHASE.deleteSubject,
      words: `Delete the ${this.#called}`,
      operation: `Delete${this.#word}`,
      input: isPolicy ? { PolicyArn: this.arn } : { [`${this.#word}Name`]: this.#name },
    });
  }

  #tags(): void {
    const changes = this.#take((part) => part.startsWith(TAG));
    const set = changes.filter(({ after }) => after !== undefined);
    const gone = changes.filter(({ after }) => after === undefined);
    const keys = (list: readonly FactChange[]) => list.map(({ part }) => restOf(part, TAG) ?? "");
    const names = (list: readonly FactChange[]) =>
      keys(list)
        .map((it) => `\`${it}\``)
        .join(", ");
    const phase = PHASE.describe;
    const holder = this.#kind === "policy" ? { PolicyArn: this.arn } : { [`${this.#word}Name`]: this.#name };
    if (set.length > 0) {
      const words = `Tag ${this.#called} with ${names(set)}`;
      this.#push(set, {
        phase,
        words,
        operation: `Tag${this.#word}`,
        input: { ...holder, Tags: tagsOf(set) },
      });
    }
    if (gone.length > 0) {
      const words = `Take the tags ${names(gone)} off ${this.#called}`;
      const input = { ...holder, TagKeys: keys(gone) };
      this.#push(gone, { phase, words, operation: `Untag${this.#word}`, input });
    }
  }

  #describe(): void {
    if (this.#kind !== "role") return;
    const changes = this.#take((part) => part === DESCRIPTION || part === SESSION);
    if (changes.length === 0) return;
    const now = (part: Part) =>
      changes.find((it) => it.part === part)?.after ?? factOf(this.observed, this.subject, part);
    const session = now(SESSION);
    const what = changes.map(({ part, after }) =>
      part === DESCRIPTION ? "description" : `longest session to ${after} seconds`,
    );
    this.#push(changes, {
      phase: PHASE.describe,
      words: `Change the ${what.join(" and the ")} of ${this.#called}`,
      operation: "UpdateRole",
      // AWS makes a session that is not said an hour, so both are said.
      input: {
        RoleName: this.#name,
        ...given("Description", now(DESCRIPTION)),
        ...given("MaxSessionDuration", session === undefined ? undefined : Number(session)),
      },
    });
  }

  /** @param goes is the subject to be deleted, and this in its way? */
  #change(change: FactChange, goes: boolean): void {
    const { part, after } = change;
    const inline = restOf(part, INLINE);
    const arn = restOf(part, ATTACHED);
    const group = restOf(part, GROUP);
    const role = restOf(part, HELD_ROLE);
    const version = restOf(part, VERSION);
    const section = goes ? "delete" : "change";
    if (inline !== undefined) this.#inline(change, inline);
    else if (arn !== undefined) this.#attachment(change, arn, section);
    else if (group !== undefined) this.#membership(change, group, section);
    else if (role !== undefined) this.#heldRole(change, role, section);
    else if (part === BOUNDARY) this.#boundary(change);
    else if (part === TRUST && after !== undefined) this.#trust(change, after);
    else if (part === DOCUMENT && after !== undefined) this.#document(change, after);
    else if (version !== undefined && after === undefined)
      this.#deleteVersion(change, version, `Delete version \`${version}\` of ${this.#called}`);
    else if (part === BUCKET_POLICY) this.#bucketPolicy(change);
  }

  #inline(change: FactChange, PolicyName: string): void {
    const { before, after } = change;
    const what = `the inline policy \`${PolicyName}\` of ${this.#called}`;
    const owner = { [`${this.#word}Name`]: this.#name, PolicyName };
    if (after === undefined) {
      this.#push([change], {
        section: "delete",
        phase: PHASE.delete,
        words: `Delete ${what}`,
        operation: `Delete${this.#word}Policy`,
        input: owner,
      });
      return;
    }
    this.#push([change], {
      phase: before === undefined ? PHASE.give : PHASE.replace,
      words: `${before === undefined ? "Write" : "Change"} ${what}`,
      operation: `Put${this.#word}Policy`,
      input: { ...owner, PolicyDocument: after },
    });
  }

  #attachment(change: FactChange, PolicyArn: string, section: Section): void {
    const name = `\`${policyName(PolicyArn)}\``;
    const gives = change.after !== undefined;
    this.#push([change], {
      section,
      phase: gives ? PHASE.give : PHASE.take,
      words: gives ? `Attach ${name} to ${this.#called}` : `Detach ${name} from ${this.#called}`,
      operation: `${gives ? "Attach" : "Detach"}${this.#word}Policy`,
      input: { [`${this.#word}Name`]: this.#name, PolicyArn },
    });
  }

  #membership(change: FactChange, GroupName: string, section: Section): void {
    const gives = change.after !== undefined;
    const group = `group \`${GroupName}\``;
    this.#push([change], {
      section,
      phase: gives ? PHASE.give : PHASE.take,
      words: gives ? `Add ${this.#called} to ${group}` : `Remove ${this.#called} from ${group}`,
      operation: gives ? "AddUserToGroup" : "RemoveUserFromGroup",
      input: { GroupName, UserName: this.#name },
    });
  }

  #heldRole(change: FactChange, RoleName: string, section: Section): void {
    const gives = change.after !== undefined;
    const role = `role \`${RoleName}\``;
    this.#push([change], {
      section,
      phase: gives ? PHASE.give : PHASE.take,
      words: gives ? `Put ${role} into ${this.#called}` : `Take ${role} out of ${this.#called}`,
      operation: gives ? "AddRoleToInstanceProfile" : "RemoveRoleFromInstanceProfile",
      input: { InstanceProfileName: this.#name, RoleName },
    });
  }

  #boundary(change: FactChange): void {
    const { before, after } = change;
    const owner = { [`${this.#word}Name`]: this.#name };
    if (after === undefined) {
      this.#push([change], {
        phase: PHASE.take,
        words: `Take the boundary \`${policyName(before ?? "")}\` off ${this.#called}`,
        operation: `Delete${this.#word}PermissionsBoundary`,
        input: owner,
      });
      return;
    }
    this.#push([change], {
      phase: before === undefined ? PHASE.give : PHASE.replace,
      words: `Make \`${policyName(after)}\` the boundary of ${this.#called}`,
      operation: `Put${this.#word}PermissionsBoundary`,
      input: { ...owner, PermissionsBoundary: after },
    });
  }

  #trust(change: FactChange, PolicyDocument: string): void {
    this.#push([change], {
      phase: PHASE.replace,
      words: `Change who may assume the ${this.#called}`,
      operation: "UpdateAssumeRolePolicy",
      input: { RoleName: this.#name, PolicyDocument },
    });
  }

  #document(change: FactChange, after: string): void {
    const PolicyArn = this.arn;
    const goes = this.#left.filter((it) => it.after === undefined).map(({ part }) => part);
    const versions = [...(this.observed.get(this.subject) ?? [])].flatMap(([part, text]) => {
      const id = restOf(part, VERSION);
      return id === undefined || goes.includes(part) ? [] : [{ part, id, text }];
    });
    const same = versions.find(({ part, text }) => sameFact(part, text, after));
    if (same !== undefined) {
      this.#push([change], {
        phase: PHASE.replace,
        words: `Make version \`${same.id}\` of ${this.#called} its default again: it says what is wanted`,
        operation: "SetDefaultPolicyVersion",
        input: { PolicyArn, VersionId: same.id },
      });
      return;
    }
    if (versions.length >= VERSIONS_OF_POLICY) {
      const [oldest] = versions
        .filter(({ id }) => id !== factOf(this.observed, this.subject, DEFAULT))
        .sort((a, b) => versionNumber(a.id) - versionNumber(b.id));
      if (oldest !== undefined)
        this.#deleteVersion(
          { subject: this.subject, part: oldest.part, before: oldest.text, after: undefined },
          oldest.id,
          `Delete version \`${oldest.id}\` of ${this.#called}, its oldest: AWS keeps no more than ${VERSIONS_OF_POLICY}`,
        );
    }
    this.#push([change], {
      phase: PHASE.replace,
      words: `Change the ${this.#called}: a new version, in force at once`,
      operation: "CreatePolicyVersion",
      input: { PolicyArn, PolicyDocument: after, SetAsDefault: true },
    });
  }

  #deleteVersion(change: FactChange, VersionId: string, words: string): void {
    this.#push([change], {
      section: "delete",
      phase: PHASE.delete,
      words,
      operation: "DeletePolicyVersion",
      input: { PolicyArn: this.arn, VersionId },
    });
  }

  #bucketPolicy(change: FactChange): void {
    const Bucket = this.#name;
    const { before, after } = change;
    const what = `the policy of ${this.#called}`;
    if (after === undefined) {
      const words = `Delete ${what}`;
      const step = { section: "delete", phase: PHASE.delete, words } as const;
      this.#push([change], { ...step, operation: "DeleteBucketPolicy", input: { Bucket } });
      return;
    }
    this.#push([change], {
      phase: before === undefined ? PHASE.give : PHASE.replace,
      words: `${before === undefined ? "Write" : "Change"} ${what}`,
      operation: "PutBucketPolicy",
      input: { Bucket, Policy: after },
    });
  }

  get #called(): string {
    return called(this.subject);
  }

  #take(wanted: (part: Part) => boolean): readonly FactChange[] {
    const taken = this.#left.filter(({ part }) => wanted(part));
    this.#left = this.#left.filter(({ part }) => !wanted(part));
    return taken;
  }

  #push(changes: readonly FactChange[], { section = "change", operation, input, ...step }: NewStep): void {
    const [{ part = "" } = {}] = changes;
    const service = operation.endsWith("BucketPolicy") ? "s3" : "iam";
    // The tests make every call on a snapshot, which tells a name or an input that does not fit.
    const call = { service, operation, input } as unknown as ApiCall;
    const id = `${operation} ${this.subject}#${part}`;
    this.#steps.push({ id, about: this.subject, section, call, changes, ...step });
  }
}

type Section = PlanStep["section"];

interface NewStep {
  readonly section?: Section;
  readonly phase: number;
  readonly words: string;
  /** One of AWS's: `Word` is what it calls the kind of subject. */
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

const WORDS = {
  user: "User",
  group: "Group",
  role: "Role",
  "instance-profile": "InstanceProfile",
  policy: "Policy",
  bucket: "Bucket",
} as const;

/** Does it come and go with its subject, rather than by steps of its own? */
function isOwn(part: Part): boolean {
  return (
    part === EXISTS ||
    part === TRUST ||
    part === DOCUMENT ||
    part === DEFAULT ||
    part === DESCRIPTION ||
    part === SESSION ||
    part === BOUNDARY ||
    part.startsWith(TAG)
  );
}

function tagsOf(changes: readonly FactChange[]): readonly Tag[] {
  return changes.flatMap(({ part, after }) => {
    const Key = restOf(part, TAG);
    return Key === undefined || after === undefined ? [] : [{ Key, Value: after }];
  });
}

function pathOf(arn: string, kind: string): string {
  const resource = arn.slice(arn.lastIndexOf(":") + 1);
  return resource.slice(kind.length, resource.lastIndexOf("/") + 1);
}

function given(key: string, value: unknown): Readonly<Record<string, unknown>> {
  return value === undefined ? {} : { [key]: value };
}
