/** A request of ours as AWS's simulator takes it, as far as it does. What it cannot be told is said, not left out silently. */
import type { Catalogue } from "../../catalogue/catalogue.js";
import type { ContextInput } from "../../evaluate/context.js";
import type { EvaluationRequest } from "../../evaluate/request.js";
import { documentText } from "../change/document-meaning.js";
import { isTrustAction } from "../resource-policy.js";
import type { LiveContextEntry, LiveQuestion } from "./live-simulator.js";

export type Asking =
  | {
      readonly ok: true;
      readonly question: LiveQuestion;
      /** What bears on the request and AWS's simulator does not look at; each a few words. */
      readonly unseen: readonly string[];
    }
  | { readonly ok: false; readonly why: string };

/** @param arn of a user, group or role of the account that AWS knows; without one, the policies themselves are sent */
export function liveQuestion(
  request: EvaluationRequest,
  arn: string | undefined,
  catalogue: Catalogue,
): Asking {
  const { caller, policies, action, resource, resourceAccount, context } = request;
  const isUser = caller.kind === "user";
  if (!isUser && caller.kind !== "role" && caller.kind !== "session" && arn === undefined)
    return {
      ok: false,
      why: `AWS's simulator answers for users, groups and roles, and ${caller.label} is none.`,
    };
  if (request.bucket !== undefined)
    return { ok: false, why: "AWS's simulator weighs no requests that go through an access point." };
  const own = policies.resource;
  const isTrust = isTrustAction(action.toLowerCase());
  const withOwn = own !== undefined && !isTrust && isUser && caller.principalArn !== undefined;
  return {
    ok: true,
    question: {
      who:
        arn === undefined
          ? {
              identity: policies.identity.map(({ document }) => documentText(document)),
              boundary: (policies.boundary ?? []).map(({ document }) => documentText(document)),
            }
          : { arn },
      actions: [action],
      resource,
      resourcePolicy: withOwn
        ? {
            text: documentText(own.document),
            caller: caller.principalArn ?? "",
            ...(resourceAccount !== undefined &&
              resourceAccount !== caller.account && {
                owner: `arn:${caller.partition}:iam::${resourceAccount}:root`,
              }),
          }
        : undefined,
      context: Object.entries(context ?? {}).map(([key, value]) => entry(key, value, catalogue)),
    },
    unseen: [
      ...(own !== undefined && !withOwn ? [isTrust ? "trust policies" : "the resource's policy"] : []),
      ...((policies.session ?? []).length > 0 ? ["session policies"] : []),
      ...((policies.endpoint ?? []).length > 0 ? ["endpoint policies"] : []),
      ...((policies.rcp ?? []).length > 0 ? ["resource control policies"] : []),
      ...(arn === undefined && (policies.scp ?? []).length > 0 ? ["service control policies"] : []),
    ],
  };
}

const TYPES = {
  Bool: "boolean",
  Numeric: "numeric",
  Date: "date",
  IPAddress: "ip",
  Binary: "binary",
} as const;

function entry(key: string, value: ContextInput, catalogue: Catalogue): LiveContextEntry {
  const values = (Array.isArray(value) ? value : [value]).map(String);
  const known = catalogue.conditionKey(key);
  const type = TYPES[known?.type as keyof typeof TYPES] ?? "string";
  const several = known?.multivalued === true || Array.isArray(value);
  return { key, values, type: several ? `${type}List` : type };
}
