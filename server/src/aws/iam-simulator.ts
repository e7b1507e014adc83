/** AWS's policy simulator behind our port: `SimulatePrincipalPolicy` and `SimulateCustomPolicy`. It decides nothing. */
import {
  type ContextEntry,
  type EvaluationResult,
  type Position,
  SimulateCustomPolicyCommand,
  SimulatePrincipalPolicyCommand,
  type SimulatePrincipalPolicyCommandOutput,
} from "@aws-sdk/client-iam";
import { type CallOptions, TargetError } from "../account/change/target.js";
import type {
  LiveAnswer,
  LivePosition,
  LiveQuestion,
  LiveSimulator,
} from "../account/live/live-simulator.js";
import { type Clients, call } from "./clients.js";

/** More actions than this go in several calls: answers are long, and AWS refuses long requests. */
const ACTIONS_AT_ONCE = 50;

export function iamSimulator(clients: Clients): LiveSimulator {
  return {
    simulate: async (question, options = {}) => {
      const answers = new Map<string, LiveAnswer>();
      for (let from = 0; from < question.actions.length; from += ACTIONS_AT_ONCE) {
        const actions = question.actions.slice(from, from + ACTIONS_AT_ONCE);
        for await (const result of results(clients, { ...question, actions }, options)) {
          const answer = answerOf(result, question.resource);
          answers.set(answer.action.toLowerCase(), answer);
        }
      }
      return question.actions.map((action) => {
        const answer = answers.get(action.toLowerCase());
        if (answer === undefined)
          throw new TargetError("invalid", `AWS's simulator gives no answer about \`${action}\`.`);
        return answer;
      });
    },
  };
}

async function* results(
  clients: Clients,
  { who, actions, resource, resourcePolicy, context }: LiveQuestion,
  options: CallOptions,
): AsyncGenerator<EvaluationResult> {
  const shared = {
    ActionNames: [...actions],
    ResourceArns: [resource],
    ContextEntries: context.map(
      ({ key, values, type }): ContextEntry => ({
        ContextKeyName: key,
        ContextKeyValues: [...values],
        ContextKeyType: type,
      }),
    ),
    ...(resourcePolicy && {
      ResourcePolicy: resourcePolicy.text,
      CallerArn: resourcePolicy.caller,
      ...(resourcePolicy.owner && { ResourceOwner: resourcePolicy.owner }),
    }),
  };
  let Marker: string | undefined;
  do {
    const page: SimulatePrincipalPolicyCommandOutput = await call(
      clients,
      {
        service: "iam",
        operation: "arn" in who ? "SimulatePrincipalPolicy" : "SimulateCustomPolicy",
        send: (sending) =>
          "arn" in who
            ? clients.iam
                .read()
                .send(
                  new SimulatePrincipalPolicyCommand({ ...shared, PolicySourceArn: who.arn, Marker }),
                  sending,
                )
            : clients.iam.read().send(
                new SimulateCustomPolicyCommand({
                  ...shared,
                  PolicyInputList: [...who.identity],
                  ...(who.boundary.length === 0
                    ? {}
                    : { PermissionsBoundaryPolicyInputList: [...who.boundary] }),
                  Marker,
                }),
                sending,
              ),
      },
      options,
    );
    yield* page.EvaluationResults ?? [];
    Marker = page.IsTruncated === true ? page.Marker : undefined;
  } while (Marker !== undefined);
}

function answerOf(result: EvaluationResult, resource: string): LiveAnswer {
  // AWS answers about one resource in a list of its own, or not.
  const { EvalActionName = "" } = result;
  const specific = result.ResourceSpecificResults?.find((it) => it.EvalResourceName === resource);
  const decision = specific?.EvalResourceDecision ?? result.EvalDecision;
  if (decision === undefined)
    throw new TargetError("invalid", `AWS's simulator does not decide about \`${EvalActionName}\`.`);
  const statements = specific?.MatchedStatements ?? result.MatchedStatements ?? [];
  const missing = specific?.MissingContextValues ?? result.MissingContextValues ?? [];
  const organization = result.OrganizationsDecisionDetail?.AllowedByOrganizations;
  const { AllowedByPermissionsBoundary: boundary } =
    specific?.PermissionsBoundaryDecisionDetail ?? result.PermissionsBoundaryDecisionDetail ?? {};
  return {
    action: EvalActionName,
    resource,
    decision,
    matched: statements.flatMap(({ SourcePolicyId, StartPosition, EndPosition }) =>
      SourcePolicyId === undefined
        ? []
        : [{ policy: SourcePolicyId, start: positionOf(StartPosition), end: positionOf(EndPosition) }],
    ),
    missingContext: [...missing].sort(),
    ...(organization !== undefined && { organization }),
    ...(boundary !== undefined && { boundary }),
  };
}

function positionOf({ Line, Column }: Position = {}): LivePosition | undefined {
  return Line === undefined || Column === undefined ? undefined : { line: Line, column: Column };
}
