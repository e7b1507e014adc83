/**
 * Requests that AWS's policy simulator and we decide differently, as cases for an issue: each is a request that
 * `iam-policy simulate --request` takes, stripped of whose it is.
 */

import type { LiveVerdict } from "../account/live/live-verdict.js";
import { requestOf } from "../account/question.js";
import type { LocatedReason, Verdict } from "../account/verdict.js";
import { statementPointer } from "../account/verdict.js";
import type { Catalogue } from "../catalogue/catalogue.js";
import type { DecisionWord } from "../evaluate/decide.js";
import type { NamedPolicy } from "../evaluate/request.js";
import { simulate } from "../evaluate/simulate.js";
import { Anonymiser } from "../lint/online/anonymous-policy.js";
import type { Json } from "../syntax/edits.js";
import { toJson } from "../syntax/to-json.js";
import type { AskedQuestion } from "./account-answers/asked-question.js";

export interface SimulationCase {
  readonly action: string;
  readonly here: DecisionWord;
  readonly aws: DecisionWord;
  /** Why we decide as we do, and what AWS names. */
  readonly because: readonly string[];
  readonly named: readonly string[];
  /** For `iam-policy simulate --request`. */
  readonly request: string;
  /** Do we still decide the same about it? If not, what was replaced matters. */
  readonly reproduces: boolean;
}

export function simulationCase(
  { account, question }: AskedQuestion,
  said: LiveVerdict,
  verdict: Verdict & { readonly decided: true },
  catalogue: Catalogue,
): SimulationCase {
  const anonymiser = new Anonymiser();
  const asked = requestOf(account, question);
  const pointers = new Set(
    [...verdict.reasons, ...said.reasons].map(({ file, pointer }) => `${file} ${pointer}`),
  );
  let count = 0;
  const excerptOf = ({ document }: NamedPolicy, limits: boolean): readonly Json[] => {
    const holder = asked.ok ? asked.documents.find((it) => it.document === document) : undefined;
    const kept = document.statements.filter(
      (it) => holder !== undefined && pointers.has(`${holder.file} ${statementPointer(holder, it)}`),
    );
    const whole = toJson(document.node);
    // One that limits does so with what it does not say.
    if (!isObject(whole) || (kept.length === 0 && !limits)) return [];
    const excerpt = { ...whole, Statement: kept.map(({ node }) => toJson(node)) };
    return [{ name: `policy${++count}`, document: anonymiser.policy(excerpt) }];
  };
  const request = asked.ok ? asked.request : undefined;
  const { identity = [], boundary = [], resource, scp = [], rcp = [] } = request?.policies ?? {};
  const levels = (list: typeof scp) =>
    list.map(({ id, policies }) => ({
      id: anonymiser.resource(id),
      policies: policies.flatMap((it) => excerptOf(it, true)),
    }));
  const [own] = resource === undefined ? [] : excerptOf(resource, true);
  const anonymous: Json = {
    principal: anonymiser.resource(request?.caller.principalArn ?? ""),
    action: question.action,
    resource: anonymiser.resource(request?.resource ?? "*"),
    ...(request?.resourceAccount && { resourceAccount: anonymiser.resource(request.resourceAccount) }),
    context: Object.fromEntries(
      Object.entries(request?.context ?? {}).map(([key, value]) => {
        const [name, values] = anonymiser.context(key, [value].flat().map(String));
        return [name, Array.isArray(value) ? values : (values[0] ?? "")];
      }),
    ),
    policies: {
      identity: identity.flatMap((it) => excerptOf(it, false)),
      ...(boundary.length > 0 && { boundary: boundary.flatMap((it) => excerptOf(it, true)) }),
      ...(own !== undefined && { resource: own }),
      ...(scp.length > 0 && { scp: levels(scp) }),
      ...(rcp.length > 0 && { rcp: levels(rcp) }),
    },
  };
  const again = simulate(anonymous, catalogue);
  const sentence = ({ because }: LocatedReason) => anonymiser.text(because);
  return {
    action: question.action,
    here: verdict.decision,
    aws: said.decision,
    because: verdict.reasons.map(sentence),
    named: said.reasons.map(sentence),
    request: JSON.stringify(anonymous, null, 2),
    reproduces: again.ok && again.answer.decision === verdict.decision,
  };
}

/** Issue-ready Markdown. */
export function renderSimulationReport(cases: readonly SimulationCase[], version: string): string {
  return [
    "# Disagreements with AWS's policy simulator",
    "",
    `IAM Policy Studio ${version}.`,
    "Account ids, names and addresses are replaced; read it once before you pass it on.",
    "Each request is one for `iam-policy simulate --request`.",
    "",
    ...cases.flatMap(({ action, here, aws, because, named, request, reproduces }) => [
      `## \`${action}\`: ${aws} for AWS, ${here} for us`,
      "",
      ...because.map((it) => `- We: ${it}`),
      ...named.map((it) => `- AWS: ${it}`),
      ...(reproduces ? [] : ["- With the names replaced, we answer differently: what they were matters."]),
      "",
      "```json",
      request,
      "```",
      "",
    ]),
  ].join("\n");
}

function isObject(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
