/** The names of elements: of a document, a statement and a principal, and the words that `Version` and `Effect` take. */
import type { PolicyKind } from "../../policy/words.js";
import {
  CURRENT_VERSION,
  type DocumentElement,
  EFFECTS,
  PRINCIPAL_TYPES,
  type PrincipalType,
  STATEMENT_ELEMENTS,
  type StatementElement,
  TRUST_ACTIONS,
  VERSIONS,
} from "../../policy/words.js";
import type { Json } from "../../syntax/edits.js";
import type { ObjectNode } from "../../syntax/tree.js";
import { stop } from "../snippet-text.js";
import type { Suggestion } from "./offer.js";
import { weight } from "./ranking.js";
import { type Scope, servicesOf } from "./scope.js";

/** Each pair excludes the other: a statement has one of them. */
const OPPOSITES: Readonly<Partial<Record<StatementElement, StatementElement>>> = {
  Action: "NotAction",
  NotAction: "Action",
  Resource: "NotResource",
  NotResource: "Resource",
  Principal: "NotPrincipal",
  NotPrincipal: "Principal",
};

/** What AWS refuses, by kind; see the rules of the groups `grammar` and `principals`. */
const REFUSED: Readonly<Record<PolicyKind, readonly StatementElement[]>> = {
  identity: ["Principal", "NotPrincipal"],
  boundary: ["Principal", "NotPrincipal"],
  session: ["Principal", "NotPrincipal"],
  scp: ["Principal", "NotPrincipal"],
  rcp: ["NotPrincipal", "NotAction"],
  trust: ["Resource", "NotResource"],
  resource: [],
  endpoint: [],
  unknown: [],
};

const DETAILS: Readonly<Record<DocumentElement | StatementElement | PrincipalType, string>> = {
  Version: "language of the policy",
  Id: "name of the policy",
  Statement: "what the policy says",
  Sid: "name of the statement",
  Effect: "Allow or Deny",
  Principal: "who",
  NotPrincipal: "everyone but",
  Action: "may do what",
  NotAction: "everything but",
  Resource: "to what",
  NotResource: "to everything but",
  Condition: "under which conditions",
  AWS: "accounts, users, roles",
  Service: "AWS services",
  Federated: "identity providers",
  CanonicalUser: "S3 canonical user IDs",
};

/** A few words beside the name of an element. */
export function elementDetail(name: DocumentElement | StatementElement): string {
  return DETAILS[name];
}

export function documentElements(scope: Scope, object: ObjectNode): readonly Suggestion[] {
  const present = keysOf(scope, object);
  const order: readonly DocumentElement[] = ["Version", "Statement", "Id"];
  const values: Readonly<Record<DocumentElement, Json>> = {
    Version: stop(1, CURRENT_VERSION),
    Id: stop(1),
    Statement: [statementSkeleton(scope)],
  };
  return order
    .filter((name) => !present.has(name))
    .map((name, index) => element(name, values[name], order.length - index));
}

export function statementElements(scope: Scope, object: ObjectNode): readonly Suggestion[] {
  const { kind, kindCertain, usage, cursor } = scope;
  const present = keysOf(scope, object);
  const before = object.members.filter(({ key }) => key.start < cursor.node.start).at(-1)?.key.value ?? "";
  const after = usage.after(before);
  const uncertain = !kindCertain && (kind === "identity" || kind === "unknown");
  const refused = uncertain ? [] : REFUSED[kind];
  const wantsPrincipal = kind === "resource" || kind === "trust" || kind === "rcp" || kind === "endpoint";
  return STATEMENT_ELEMENTS.filter(
    (name) => !present.has(name) && !present.has(OPPOSITES[name] ?? "") && !refused.includes(name),
  ).map((name, index) => {
    const usual = wantsPrincipal && name === "Principal" ? 12 : name.startsWith("Not") ? -4 : 0;
    return element(name, statementValue(scope, name), weight(after.get(name)) + usual - index / 10);
  });
}

export function principalTypes(scope: Scope, object: ObjectNode): readonly Suggestion[] {
  const present = keysOf(scope, object);
  return PRINCIPAL_TYPES.filter((name) => !present.has(name)).map((name, index) =>
    element(name, stop(1), name === "Service" && scope.kind === "trust" ? 9 : -index),
  );
}

export function effects({ kind, policy }: Scope): readonly Suggestion[] {
  const denies = kind === "scp" || kind === "rcp" || policy?.statements.at(-2)?.effect?.value === EFFECTS[1];
  return EFFECTS.map((name, index) => ({
    label: name,
    type: "keyword",
    detail: index === 0 ? "grants, unless something denies" : "wins over every Allow",
    about: { what: "element" },
    score: index === (denies ? 1 : 0) ? 1 : 0,
  }));
}

export function versions(): readonly Suggestion[] {
  return VERSIONS.map((name, index) => ({
    label: name,
    type: "keyword",
    detail: index === 0 ? "current" : "old: no policy variables",
    about: { what: "element", name: "Version" },
    score: -index,
  }));
}

/** Names that people give to statements; what a statement does is not known before it is written. */
export function sids(scope: Scope): readonly Suggestion[] {
  const { statement, policy, usage, kind } = scope;
  const taken = new Set(policy?.statements.map(({ sid }) => sid?.value));
  const suggestions: Suggestion[] = [];
  const add = (label: string, score: number) => {
    if (!taken.has(label)) suggestions.push({ label, type: "value", score });
  };
  const said = statement && sidFor(scope);
  if (said !== undefined) add(said, 30);
  for (const { sid } of policy?.statements ?? []) {
    const numbered = /^(.*?)(\d+)$/.exec(sid?.value ?? "");
    if (numbered !== null) add(`${numbered[1]}${Number(numbered[2]) + 1}`, 20);
  }
  if (kind === "resource" || kind === "identity") {
    for (const [index, label] of CUSTOMARY.entries()) add(label, 10 - index / 10);
  }
  for (const [index, label] of usage.sids.entries()) add(label, -index / 10);
  return suggestions;
}

/** Names that AWS's consoles and documentation put into policies. */
const CUSTOMARY = [
  "Statement1",
  "VisualEditor0",
  "Enable IAM User Permissions",
  "Allow access for Key Administrators",
  "Allow use of the key",
  "Allow attachment of persistent resources",
  "AWSCloudTrailAclCheck20150319",
  "AWSCloudTrailWrite20150319",
  "__default_statement_ID",
  "__owner_statement",
  "S3ServerAccessLogsPolicy",
  "DenyInsecureTransport",
  "RestrictToTLSRequestsOnly",
];

/** Names that AWS's consoles and documentation give to whole policies. */
export function ids({ kind }: Scope): readonly Suggestion[] {
  return CUSTOMARY_IDS.map((label, index) => ({
    label,
    type: "value",
    score: (label.startsWith("key-") && kind !== "resource" ? -20 : 0) - index,
  }));
}

const CUSTOMARY_IDS = [
  "__default_policy_ID",
  "PolicyForCloudFrontPrivateContent",
  "S3PolicyId1",
  "key-default-1",
  "key-consolepolicy-3",
  "MyPolicy",
  "default",
];

/** `Allow` and `s3:GetObject` make `AllowS3GetObject`. */
function sidFor(scope: Scope): string | undefined {
  const { statement, cursor } = scope;
  const actions = [...(statement?.actions ?? []), ...(statement?.notActions ?? [])];
  const [first] = actions;
  if (first === undefined || first.node === cursor.node) return undefined;
  const services = servicesOf(scope);
  const service = services.map((it) => it[0]?.toUpperCase() + it.slice(1).replace(/-/g, "")).join("And");
  const what = actions.length === 1 ? first.name.replace(/[^A-Za-z0-9]/g, "") : "";
  return services.length > 2 ? undefined : `${statement?.effect?.value ?? ""}${service}${what}`;
}

export function statementSkeleton({ kind }: Scope): Json {
  const resource = stop(3, "*");
  switch (kind) {
    case "trust":
      return {
        Effect: "Allow",
        Principal: { Service: stop(1, "ec2.amazonaws.com") },
        Action: stop(2, TRUST_ACTIONS[0]),
      };
    case "resource":
    case "endpoint":
      return { Effect: "Allow", Principal: { AWS: stop(1) }, Action: stop(2), Resource: resource };
    case "rcp":
      return { Effect: "Deny", Principal: "*", Action: stop(2), Resource: "*" };
    case "scp":
      return { Effect: "Deny", Action: stop(2), Resource: "*" };
    default:
      return { Effect: stop(1, ...EFFECTS), Action: stop(2), Resource: resource };
  }
}

function statementValue({ kind }: Scope, name: StatementElement): Json {
  switch (name) {
    case "Effect":
      return stop(1, ...(kind === "scp" || kind === "rcp" ? [...EFFECTS].reverse() : EFFECTS));
    case "Principal":
    case "NotPrincipal":
      if (kind === "rcp") return stop(1, "*");
      return kind === "trust" ? { Service: stop(1) } : { AWS: stop(1) };
    case "Condition":
      return { [stop(1, "StringEquals")]: { [stop(2)]: stop(3) } };
    case "Action":
    case "NotAction":
      return [stop(1)];
    default:
      return stop(1);
  }
}

function element(name: keyof typeof DETAILS, value: Json, score: number): Suggestion {
  const detail = DETAILS[name];
  return {
    label: name,
    type: "element",
    detail,
    insert: { key: name, value },
    about: { what: "element" },
    more: true,
    score,
  };
}

export function keysOf({ cursor }: Scope, { members }: ObjectNode): ReadonlySet<string> {
  return new Set(members.filter(({ key }) => key !== cursor.node).map(({ key }) => key.value));
}
