/** A policy of a document as AWS would get it: placeholders filled, out of whatever it is written in. It sends nothing. */
import { isFilledInLater } from "../../policy/intrinsic.js";
import { findPlaceholders } from "../../policy/placeholder.js";
import type { Policy } from "../../policy/policy.js";
import type { PolicyKind } from "../../policy/words.js";
import { isStandIn } from "../../syntax/stand-in.js";
import { toJson } from "../../syntax/to-json.js";
import type { Tree } from "../../syntax/tree.js";
import type { AwsPolicyType, SubmittedPolicy } from "./policy-validator.js";

export type Submission =
  | {
      readonly ok: true;
      readonly policy: SubmittedPolicy;
      /** The text stands so in the document, from here on; `undefined` where only its meaning is the same. */
      readonly offset: number | undefined;
    }
  | {
      readonly ok: false;
      /** Why AWS is not asked, as a full sentence. */
      readonly why: string;
    };

/** What is said of a policy beside its text. */
export interface PolicyNature {
  readonly kind: PolicyKind;
  readonly resourceType: string | undefined;
}

const TYPES: Readonly<Record<PolicyKind, AwsPolicyType | undefined>> = {
  identity: "IDENTITY_POLICY",
  boundary: "IDENTITY_POLICY",
  session: "IDENTITY_POLICY",
  resource: "RESOURCE_POLICY",
  trust: "RESOURCE_POLICY",
  endpoint: "RESOURCE_POLICY",
  scp: "SERVICE_CONTROL_POLICY",
  rcp: "RESOURCE_CONTROL_POLICY",
  unknown: undefined,
};
const TRUST_POLICY = "AWS::IAM::AssumeRolePolicyDocument";

export function submit(
  policy: Policy,
  { kind, resourceType }: PolicyNature,
  { text, problems, embedded = [] }: Pick<Tree, "text" | "problems" | "embedded">,
  variables: Readonly<Record<string, string>>,
): Submission {
  const { node } = policy;
  const mistakes = [...problems, ...embedded.flatMap((it) => it.problems)];
  if (mistakes.some(({ start }) => node.start <= start && start <= node.end))
    return { ok: false, why: "AWS is not asked before the syntax mistakes are repaired." };
  if (isFilledInLater(node))
    return {
      ok: false,
      why: "AWS is not asked about a policy that a template fills in when it is deployed.",
    };
  const slice = text.slice(node.start, node.end);
  // In other words, such as Terraform's, the text is JSON and still not what AWS takes.
  const literal = !isStandIn(node) && isJson(slice);
  const written = literal ? slice : JSON.stringify(toJson(node));
  const filled = fill(written, variables);
  if (filled.missing !== undefined)
    return {
      ok: false,
      why: `AWS is not asked while \`${filled.missing}\` has no value: give it one under \`variables\` in iam-policy.config.json.`,
    };
  const hasPrincipal = policy.statements.some((it) => it.principals.length > 0);
  const type = TYPES[kind] ?? (hasPrincipal ? "RESOURCE_POLICY" : "IDENTITY_POLICY");
  return {
    ok: true,
    policy: { text: filled.text, type, resourceType: typeFor(kind, resourceType) },
    offset: literal && filled.text === slice ? node.start : undefined,
  };
}

/** What AWS wants to know of resource policies alone. */
function typeFor(kind: PolicyKind, resourceType: string | undefined): string | undefined {
  if (kind === "trust") return TRUST_POLICY;
  return kind === "resource" ? resourceType : undefined;
}

function fill(
  text: string,
  variables: Readonly<Record<string, string>>,
): { readonly text: string; readonly missing?: string } {
  let result = "";
  let from = 0;
  for (const { name, start, end, text: placeholder } of findPlaceholders(text)) {
    const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
    if (value === undefined) return { text, missing: placeholder };
    result += text.slice(from, start) + JSON.stringify(value).slice(1, -1);
    from = end;
  }
  return { text: result + text.slice(from) };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
