/** Reasons in sentences: what each statement made of the request, and what was missing for an Allow. */
import type { ConditionOperator } from "../policy/condition.js";
import { refusedIn } from "../policy/refused.js";
import { ALLOW } from "../policy/words.js";
import type { CompiledCondition } from "./conditions.js";
import type { Conclusion, PolicyGroup, PolicySource } from "./decide.js";
import { NOT_NAMED } from "./match-principal.js";
import type { Evaluation } from "./request.js";
import type { Trace } from "./trace.js";

export interface Reason {
  readonly source: PolicySource;
  /** The policy's name, or the level of an organisation policy. */
  readonly policy: string;
  /** Position in the policy, from 0; absent where the reason is what no statement says. */
  readonly statement?: number;
  readonly sid?: string;
  readonly effect?: "Allow" | "Deny";
  readonly matched: boolean;
  readonly because: string;
}

export function explain(
  request: Evaluation,
  traces: readonly Trace[],
  conclusion: Conclusion,
  groups: readonly PolicyGroup[],
): readonly Reason[] {
  const reasons = traces.map((trace) => reasonOf(trace, request));
  const summary = summaryOf(request, conclusion);
  return [...reasons, ...(summary === undefined ? [] : [summary]), ...groups.flatMap(meaninglessIn)];
}

/** Statements that mean nothing leave no trace, and nobody should wonder where they are. */
function meaninglessIn({ source, policies }: PolicyGroup): readonly Reason[] {
  return policies.flatMap(({ name, document }) => {
    const refused = refusedIn(document);
    if (refused === undefined) return [];
    const because = `AWS would not take this policy: ${refused.why}.`;
    return [{ source, policy: name, matched: false, because }];
  });
}

function reasonOf(trace: Trace, request: Evaluation): Reason {
  const { group, policy, statement, matched } = trace;
  return {
    source: group.source,
    policy,
    statement: statement.index,
    ...(statement.sid === undefined ? {} : { sid: statement.sid }),
    effect: statement.effect,
    matched,
    because: matched ? whyMatched(trace, request) : whyNotMatched(trace, request),
  };
}

function whyMatched({ statement }: Trace, request: Evaluation): string {
  const verb = statement.effect === ALLOW ? "Allows" : "Denies";
  const conditions = statement.conditions.map((condition) => `; ${describe(condition, request)}`);
  return `${verb} \`${request.action}\` on \`${request.resource}\`${conditions.join("")}.`;
}

function whyNotMatched({ statement, naming, onResource, failing }: Trace, request: Evaluation): string {
  const { source, notResources, resources, anyResource } = statement;
  if (naming === NOT_NAMED) {
    const element = source.elements.NotPrincipal === undefined ? "Principal" : "NotPrincipal";
    return element === "Principal"
      ? `Does not apply: \`Principal\` does not name ${inSentence(request.caller.label)}.`
      : `Does not apply: \`NotPrincipal\` leaves out ${inSentence(request.caller.label)}.`;
  }
  if (!onResource) {
    if (anyResource) return "Does not apply: the statement names no `Resource`.";
    if (notResources.length > 0) return `Does not apply: \`NotResource\` leaves out \`${request.resource}\`.`;
    const open = resources.flatMap((pattern) => pattern.missing(request.resource, request.context));
    const hint = open.length === 0 ? "" : `; the request does not have ${list([...new Set(open)])}`;
    return `Does not apply: no \`Resource\` matches \`${request.resource}\`${hint}.`;
  }
  const [first] = failing;
  return first === undefined ? "Does not apply." : `Does not apply: ${describe(first, request)}.`;
}

/** Such as: the condition `StringEquals` of `aws:RequestedRegion` with `eu-west-1` fails, because the key is `us-east-1` */
function describe(condition: CompiledCondition, request: Evaluation): string {
  const outcome = condition.holds(request.context) ? "holds" : "fails";
  const { operator, key, values } = condition;
  const wanted = values.length === 0 ? "no value" : list(values);
  return `the condition \`${operator.value}\` of \`${key}\` with ${wanted} ${outcome}, because ${found(condition, operator, request)}`;
}

function found(condition: CompiledCondition, operator: ConditionOperator, request: Evaluation): string {
  if (!operator.known) return "AWS has no such operator";
  const { context } = request;
  const values = context.get(condition.foldedKey);
  if (values === undefined) {
    return context.canHave(condition.foldedKey)
      ? "the request does not have the key"
      : `\`${request.action}\` never sends the key`;
  }
  const holes = condition.missing(context);
  const unfilled =
    holes.length === 0 ? "" : `, and the request does not have ${list([...new Set(holes)])} to fill in`;
  if (values.length === 0) return "the key has no values";
  if (values.length > 1 && operator.qualifier === undefined) {
    return `the key has the values ${list(values)}, and only \`ForAllValues\` and \`ForAnyValue\` compare several`;
  }
  return `${values.length === 1 ? "the key is" : "the key has the values"} ${list(values)}${unfilled}`;
}

function summaryOf(request: Evaluation, { basis, group }: Conclusion): Reason | undefined {
  const { caller, action, resource, resourceAccount } = request;
  const what = `\`${action}\` on \`${resource}\``;
  const owner = group === undefined ? { source: "resource" as const, policy: "" } : nameOf(group);
  if (basis === "root-user") {
    return {
      source: "identity",
      policy: "",
      matched: true,
      because: `${caller.label} may do everything in the account that no policy denies.`,
    };
  }
  if (basis === "no-permission-needed") {
    return {
      source: "identity",
      policy: "",
      matched: true,
      because: `\`${action}\` needs no permission: whoever has credentials may call it, whatever policies say.`,
    };
  }
  if (basis === "not-allowed" && group !== undefined) {
    return {
      ...nameOf(group),
      matched: false,
      because: `No ${SOURCE_NAMES[group.source]} allows ${what}${at(group)}.`,
    };
  }
  if (basis === "resource-policy-needed") {
    const because =
      group === undefined
        ? `${what} needs an Allow of the resource's own policy, and the request has none.`
        : `The resource's own policy does not allow ${what} for ${inSentence(caller.label)}, which only it can.`;
    return { ...owner, matched: false, because };
  }
  if (basis === "other-account-needed") {
    return {
      ...owner,
      matched: false,
      because: `The resource belongs to account \`${resourceAccount}\`, and its policy does not allow ${what} for ${inSentence(caller.label)}.`,
    };
  }
  if (basis === "public-access-blocked") {
    return {
      ...owner,
      matched: false,
      because: `The resource's policy is public, and Block Public Access (\`RestrictPublicBuckets\`) keeps what it grants to account \`${resourceAccount}\` and AWS services.`,
    };
  }
  if (basis === "session-policy-needed") {
    return {
      source: "session",
      policy: "",
      matched: false,
      because: "A federated user session without a session policy has no permissions of its own.",
    };
  }
  return undefined;
}

/** What a kind of policy is called in a sentence. */
export const SOURCE_NAMES: Readonly<Record<PolicySource, string>> = {
  identity: "identity-based policy",
  boundary: "permissions boundary",
  session: "session policy",
  resource: "resource-based policy",
  scp: "service control policy",
  rcp: "resource control policy",
  endpoint: "endpoint policy",
};

function nameOf({ source, level, policies }: PolicyGroup): { source: PolicySource; policy: string } {
  return { source, policy: level ?? (policies.length === 1 ? (policies[0]?.name ?? "") : "") };
}

function at({ level }: PolicyGroup): string {
  return level === undefined ? "" : ` at level \`${level}\``;
}

function inSentence(label: string): string {
  return label.startsWith("`") ? label : label.charAt(0).toLowerCase() + label.slice(1);
}

/** At most three, so that a sentence stays one. */
function list(values: readonly string[]): string {
  const shown = values.slice(0, 3).map((value) => `\`${value}\``);
  const more = values.length - shown.length;
  if (more > 0) return `${shown.join(", ")} and ${more} more`;
  const last = shown.pop() ?? "";
  return shown.length === 0 ? last : `${shown.join(", ")} and ${last}`;
}
