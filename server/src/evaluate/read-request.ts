/**
 * A request as JSON, with its policies inside, in our own terms: the form of `iam-policy simulate`. Deciding it is
 * `evaluate.ts`'s. Bad input comes back as errors that say what, where and what to do; nothing is thrown.
 */
import type { Catalogue } from "../catalogue/catalogue.js";
import { type Policy, readPolicy } from "../policy/policy.js";
import { STATEMENT_ELEMENTS } from "../policy/words.js";
import { parseJson } from "../syntax/json/parse.js";
import { toPointer } from "../syntax/tree.js";
import { readAccessPoint } from "./access-point.js";
import { ANONYMOUS, type Caller, type CallerProblem, type PrincipalInput, readCaller } from "./caller.js";
import type { ContextInput } from "./context.js";
import type { EvaluationRequest, NamedPolicy, PolicyLevel, PolicySet } from "./request.js";

export interface InputError {
  /** JSON pointer into the input. */
  readonly pointer: string;
  /** What is wrong. */
  readonly message: string;
  /** What to do about it. */
  readonly hint: string;
}

export type RequestResult =
  | { readonly ok: true; readonly request: EvaluationRequest }
  | { readonly ok: false; readonly errors: readonly InputError[] };

export function readRequest(input: unknown, catalogue?: Catalogue): RequestResult {
  const errors: InputError[] = [];
  const reader = new Reader(errors);
  if (!isObject(input)) {
    return {
      ok: false,
      errors: [
        wrong(
          [],
          "The request is not an object",
          'Write an object with "principal", "action" and "policies".',
        ),
      ],
    };
  }
  reader.onlyKnown(input, REQUEST_KEYS, []);
  const caller = reader.caller(input.principal);
  const action = reader.action(input.action, catalogue);
  const resource = reader.resource(input.resource);
  const resourceAccount = reader.account(input, "resourceAccount");
  const managementAccount = reader.account(input, "managementAccount");
  const canonicalUserId = reader.text(input, "canonicalUserId");
  const context = reader.context(input.context);
  const policies = reader.policies(input.policies);
  const bucket = reader.bucket(input.bucket, resource, policies.accessPoint);
  const restrictPublicBuckets = reader.restrictsPublicBuckets(input.blockPublicAccess);
  if (caller === undefined || errors.length > 0) return { ok: false, errors };
  return {
    ok: true,
    request: {
      caller,
      action,
      resource,
      resourceAccount,
      managementAccount,
      canonicalUserId,
      bucket,
      restrictPublicBuckets,
      context,
      policies,
    },
  };
}

type Step = string | number;
type Json = Readonly<Record<string, unknown>>;

const REQUEST_KEYS = [
  "$schema",
  "name",
  "principal",
  "action",
  "resource",
  "resourceAccount",
  "managementAccount",
  "canonicalUserId",
  "bucket",
  "blockPublicAccess",
  "context",
  "policies",
];
const POLICY_KEYS = ["identity", "boundary", "session", "resource", "accessPoint", "scp", "rcp", "endpoint"];
/** The settings of S3's Block Public Access, as its API names them. */
const RESTRICT_PUBLIC_BUCKETS = "RestrictPublicBuckets";
const BLOCK_PUBLIC_ACCESS_KEYS = [
  "BlockPublicAcls",
  "IgnorePublicAcls",
  "BlockPublicPolicy",
  RESTRICT_PUBLIC_BUCKETS,
];
const ACTION = /^[A-Za-z0-9-]+:[A-Za-z0-9_-]+$/;
const ACCOUNT_ID = /^\d{12}$/;

const CALLER_PROBLEMS: Readonly<Record<CallerProblem, readonly [message: string, hint: string]>> = {
  "not-an-arn": [
    "is not the ARN of a principal",
    'Write the ARN of a user, role, session or root user, {"service": "…"} or "anonymous".',
  ],
  group: ["is a group, and groups make no requests", "Name a user of the group."],
  "unknown-kind": [
    "is the ARN of something that makes no requests",
    "Name a user, role, assumed-role session, federated user or root user.",
  ],
  "account-id": [
    "has no account id of twelve digits",
    "Write the account id between the fourth and fifth colon.",
  ],
  "missing-session": ["has no session name", "Write assumed-role/ROLE/SESSION, or the ARN of the role."],
  wildcard: ["is a pattern, and a request has one principal", "Name one principal without `*` and `?`."],
};

class Reader {
  readonly #errors: InputError[];

  constructor(errors: InputError[]) {
    this.#errors = errors;
  }

  caller(value: unknown): Caller | undefined {
    const input = principalInput(value);
    if (input === undefined) {
      this.#add(
        ["principal"],
        value === undefined
          ? "The request has no principal"
          : "The principal is neither a text nor an object with one",
        CALLER_PROBLEMS["not-an-arn"][1],
      );
      return undefined;
    }
    const caller = readCaller(input);
    if (typeof caller === "object") return caller;
    const [message, hint] = CALLER_PROBLEMS[caller];
    this.#add(["principal"], `The principal ${quote(value)} ${message}`, hint);
    return undefined;
  }

  action(value: unknown, catalogue: Catalogue | undefined): string {
    const path = ["action"];
    if (typeof value !== "string" || value === "") {
      this.#add(path, "The request has no action", "Name one action, such as s3:GetObject.");
      return "";
    }
    if (/[*?]/.test(value)) {
      this.#add(
        path,
        `The action ${quote(value)} is a pattern, and a request has one action`,
        "Name one action without `*` and `?`.",
      );
    } else if (!ACTION.test(value)) {
      this.#add(path, `${quote(value)} is not an action`, "Write service:Action, such as s3:GetObject.");
    } else if (
      catalogue !== undefined &&
      catalogue.action(value) === undefined &&
      catalogue.retired(value) === undefined
    ) {
      const authorised = catalogue.authorisedBy(value)?.map(quote).join(" and ");
      this.#add(
        path,
        `AWS has no action ${quote(value)}`,
        authorised === undefined
          ? "Look the name up in the service authorization reference."
          : `The operation is authorised by ${authorised}.`,
      );
    }
    return value;
  }

  resource(value: unknown): string {
    if (value === undefined || value === null) return "*";
    if (typeof value === "string" && (value === "*" || /^arn:[^:]*:[^:]+:[^:]*:[^:]*:./.test(value)))
      return value;
    this.#add(
      ["resource"],
      `The resource ${quote(value)} is not an ARN`,
      'Write arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE, or "*" where the action takes no resource.',
    );
    return "*";
  }

  account(input: Json, key: string): string | undefined {
    const value = input[key];
    if (value === undefined || value === null) return undefined;
    if (typeof value === "string" && ACCOUNT_ID.test(value)) return value;
    this.#add([key], `${quote(value)} is not an account id`, "Write the twelve digits as a text.");
    return undefined;
  }

  text(input: Json, key: string): string | undefined {
    const value = input[key];
    if (value === undefined || value === null) return undefined;
    if (typeof value === "string" && value !== "") return value;
    this.#add([key], `${quote(value)} is not a text`, "Write a text in quotes.");
    return undefined;
  }

  /** The bucket behind an access point, by name or ARN. */
  bucket(value: unknown, resource: string, accessPoint: NamedPolicy | undefined): string | undefined {
    const viaAccessPoint = readAccessPoint(resource) !== undefined;
    if (value === undefined || value === null) {
      if (accessPoint === undefined) return undefined;
      if (viaAccessPoint) {
        this.#add(
          ["bucket"],
          "The request goes through an access point, and has no bucket",
          'Name the bucket behind it, such as "bucket": "logs".',
        );
      } else this.#notThroughAccessPoint(["policies", "accessPoint"], resource);
      return undefined;
    }
    const name = typeof value === "string" ? /^(?:arn:[^:]*:s3:::)?([^:/*?]+)$/.exec(value)?.[1] : undefined;
    if (name === undefined) {
      this.#add(["bucket"], `${quote(value)} is not a bucket`, "Write the name of the bucket.");
    } else if (!viaAccessPoint) this.#notThroughAccessPoint(["bucket"], resource);
    return name;
  }

  #notThroughAccessPoint(path: readonly Step[], resource: string): void {
    this.#add(
      path,
      `This is about access points, and ${quote(resource)} is none`,
      "Leave it out, or write the resource as arn:aws:s3:REGION:ACCOUNT:accesspoint/NAME/object/KEY.",
    );
  }

  /** `true`, or S3's settings as its API writes them. */
  restrictsPublicBuckets(value: unknown): boolean | undefined {
    if (value === undefined || value === null || typeof value === "boolean") return value ?? undefined;
    const path = ["blockPublicAccess"];
    if (!isObject(value)) {
      this.#add(
        path,
        `${quote(value)} does not say what is blocked`,
        `Write true, or {"${RESTRICT_PUBLIC_BUCKETS}": true}.`,
      );
      return undefined;
    }
    this.onlyKnown(value, BLOCK_PUBLIC_ACCESS_KEYS, path);
    for (const [key, item] of Object.entries(value)) {
      if (BLOCK_PUBLIC_ACCESS_KEYS.includes(key) && typeof item !== "boolean")
        this.#add([...path, key], `${quote(item)} is neither true nor false`, "Write true or false.");
    }
    return value[RESTRICT_PUBLIC_BUCKETS] === true;
  }

  context(value: unknown): Record<string, ContextInput> {
    const context: Record<string, ContextInput> = {};
    if (value === undefined || value === null) return context;
    if (!isObject(value)) {
      this.#add(
        ["context"],
        "The context is not an object",
        'Write an object such as {"aws:RequestedRegion": "eu-west-1"}.',
      );
      return context;
    }
    for (const [key, item] of Object.entries(value)) {
      // A key without a value is a key that the request does not have.
      if (item === undefined || item === null) continue;
      if (isScalar(item) || (Array.isArray(item) && item.every(isScalar)))
        context[key] = item as ContextInput;
      else {
        this.#add(
          ["context", key],
          `The value of ${quote(key)} is neither a text, a number, true or false, nor a list of those`,
          "Write what the request would carry.",
        );
      }
    }
    return context;
  }

  policies(value: unknown): PolicySet {
    const path = ["policies"];
    if (value !== undefined && !isObject(value)) {
      this.#add(
        path,
        "The policies are not an object",
        'Write an object such as {"identity": [{"name": "p", "document": {…}}]}.',
      );
    }
    const input = isObject(value) ? value : {};
    this.onlyKnown(input, POLICY_KEYS, path);
    return {
      identity: this.#list(input.identity, [...path, "identity"]),
      boundary: this.#list(input.boundary, [...path, "boundary"]),
      session: this.#list(input.session, [...path, "session"]),
      endpoint: this.#list(input.endpoint, [...path, "endpoint"]),
      resource: this.#single(input.resource, [...path, "resource"], "resource"),
      accessPoint: this.#single(input.accessPoint, [...path, "accessPoint"], "access point"),
      scp: this.#levels(input.scp, [...path, "scp"]),
      rcp: this.#levels(input.rcp, [...path, "rcp"]),
    };
  }

  onlyKnown(input: Json, known: readonly string[], path: readonly Step[]): void {
    for (const key of Object.keys(input)) {
      if (!known.includes(key))
        this.#add(
          [...path, key],
          `${quote(key)} means nothing here`,
          `Use ${known.map((it) => `"${it}"`).join(", ")}.`,
        );
    }
  }

  #levels(value: unknown, path: readonly Step[]): readonly PolicyLevel[] {
    if (value === undefined || value === null) return [];
    if (!Array.isArray(value)) {
      this.#add(
        path,
        "The levels are not a list",
        'Write one {"id": "…", "policies": […]} for each level, the root first.',
      );
      return [];
    }
    return value.flatMap((item: unknown, index) => {
      const here = [...path, index];
      if (!isObject(item) || !("policies" in item)) {
        this.#add(here, "The level is not an object with policies", 'Write {"id": "…", "policies": […]}.');
        return [];
      }
      const id = typeof item.id === "string" ? item.id : `level ${index}`;
      return [{ id, policies: this.#list(item.policies, [...here, "policies"]) }];
    });
  }

  #single(value: unknown, path: readonly Step[], name: string): NamedPolicy | undefined {
    if (value === undefined || value === null || (isObject(value) && Object.keys(value).length === 0)) {
      return undefined;
    }
    if (!Array.isArray(value)) return this.#policy(value, path, name);
    if (value.length > 1) {
      this.#add(path, "A resource has one policy", "Put the statements into one document.");
    }
    return value.length === 0 ? undefined : this.#policy(value[0], [...path, 0], name);
  }

  #list(value: unknown, path: readonly Step[]): readonly NamedPolicy[] {
    if (value === undefined || value === null) return [];
    const items: readonly unknown[] = Array.isArray(value) ? value : [value];
    return items.flatMap((item, index) => {
      const here = Array.isArray(value) ? [...path, index] : path;
      const policy = this.#policy(item, here, `policy ${index}`);
      return policy === undefined ? [] : [policy];
    });
  }

  /** `{ name, document }`, or the document itself. */
  #policy(value: unknown, path: readonly Step[], fallbackName: string): NamedPolicy | undefined {
    const wrapped = isObject(value) && "document" in value;
    const name = isObject(value) && typeof value.name === "string" ? value.name : fallbackName;
    const document = this.#document(wrapped ? value.document : value, wrapped ? [...path, "document"] : path);
    return document === undefined ? undefined : { name, document };
  }

  #document(value: unknown, path: readonly Step[]): Policy | undefined {
    if (typeof value !== "string" && !isObject(value)) {
      this.#add(path, "The policy document is neither an object nor a text", "Write the policy's JSON.");
      return undefined;
    }
    const known = isObject(value) ? documents.get(value) : undefined;
    if (known !== undefined) return known;
    const text = typeof value === "string" ? value : toText(value);
    if (text === undefined) {
      this.#add(path, "The policy document cannot be written as JSON", "Write the policy's JSON.");
      return undefined;
    }
    const same = remembered.get(text);
    if (same !== undefined) return same;
    const { root, problems } = parseJson(text);
    const [problem] = problems;
    if (problem !== undefined) {
      this.#add(
        path,
        `The policy document is not valid JSON: ${problem.code} at offset ${problem.start}`,
        "Repair the document, for example with `iam-policy lint --fix`.",
      );
      return undefined;
    }
    if (root?.type !== "object") {
      this.#add(path, "The policy document is not an object", "Write the policy's JSON.");
      return undefined;
    }
    const policy = readPolicy(root);
    const statement = policy.elements.Statement?.value;
    if (statement === undefined || (statement.type !== "object" && statement.type !== "array")) {
      this.#add(
        path,
        "The policy document has no statements",
        `Write "Statement" with a list of objects of ${STATEMENT_ELEMENTS.join(", ")}.`,
      );
      return undefined;
    }
    if (isObject(value)) documents.set(value, policy);
    remember(text, policy);
    return policy;
  }

  #add(path: readonly Step[], message: string, hint: string): void {
    this.#errors.push(wrong(path, message, hint));
  }
}

/** Documents given as objects are read once, however many requests share them. */
const documents = new WeakMap<object, Policy>();

/** Requests of a list often repeat the same policies word by word. */
const remembered = new Map<string, Policy>();
const REMEMBERED_CHARACTERS = 8_000_000;
let rememberedCharacters = 0;

function remember(text: string, policy: Policy): void {
  rememberedCharacters += text.length;
  if (rememberedCharacters > REMEMBERED_CHARACTERS) {
    remembered.clear();
    rememberedCharacters = text.length;
  }
  remembered.set(text, policy);
}

function wrong(path: readonly Step[], message: string, hint: string): InputError {
  return { pointer: toPointer(path), message: `${message}.`, hint };
}

function principalInput(value: unknown): PrincipalInput | undefined {
  if (typeof value === "string") return principalText(value);
  if (!isObject(value)) return undefined;
  for (const [key, given] of Object.entries(value)) {
    const item: unknown = Array.isArray(given) && given.length === 1 ? given[0] : given;
    if (typeof item !== "string") continue;
    const folded = key.toLowerCase();
    if (folded === "service") return { service: item };
    if (folded === "federated") return { federated: item };
    if (folded === "aws") return principalText(item);
  }
  return undefined;
}

/** Policies write `*` for whoever has no identity. */
function principalText(text: string): string {
  return text === "*" ? ANONYMOUS : text;
}

function toText(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

function quote(value: unknown): string {
  return `\`${typeof value === "string" ? value : (toText(value) ?? "?")}\``;
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}
