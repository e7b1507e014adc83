/**
 * A policy compiled for evaluation: every pattern read once. It knows no request and takes no decision.
 * Elements that AWS would not accept make a statement that never applies.
 */
import type { Policy, Statement } from "../policy/policy.js";
import { ALLOW, CURRENT_VERSION, DENY } from "../policy/words.js";
import { type CompiledCondition, compileCondition } from "./conditions.js";
import type { TextTest } from "./glob.js";
import { compileActions } from "./match-action.js";
import { compilePrincipal, type PrincipalEntry } from "./match-principal.js";
import { compileResource, type ResourcePattern } from "./match-resource.js";

export interface CompiledPolicy {
  readonly statements: readonly CompiledStatement[];
  /** The statements whose `Action` or `NotAction` takes in an action, given in lower case. */
  about(action: string): readonly CompiledStatement[];
}

export interface CompiledStatement {
  readonly source: Statement;
  readonly index: number;
  readonly sid: string | undefined;
  readonly effect: typeof ALLOW | typeof DENY;
  /** Takes the action in lower case. */
  readonly matchesAction: TextTest;
  readonly resources: readonly ResourcePattern[];
  readonly notResources: readonly ResourcePattern[];
  /** The statement says nothing of resources, as in a trust policy. */
  readonly anyResource: boolean;
  readonly principals: readonly PrincipalEntry[];
  readonly notPrincipals: readonly PrincipalEntry[];
  readonly conditions: readonly CompiledCondition[];
}

/** Enough for a matrix over every action of a few services; then the memory starts anew. */
const REMEMBERED_ACTIONS = 4096;
const compiled = new WeakMap<Policy, CompiledPolicy>();

/** Compiled once for each policy, however often it is asked for. */
export function compilePolicy(policy: Policy): CompiledPolicy {
  let result = compiled.get(policy);
  if (result === undefined) {
    result = compile(policy);
    compiled.set(policy, result);
  }
  return result;
}

function compile(policy: Policy): CompiledPolicy {
  const variables = policy.version?.value === CURRENT_VERSION;
  const statements = policy.statements.flatMap((statement) => compileStatement(statement, variables));
  const byAction = new Map<string, readonly CompiledStatement[]>();
  return {
    statements,
    about(action) {
      let found = byAction.get(action);
      if (found === undefined) {
        found = statements.filter((statement) => statement.matchesAction(action));
        if (byAction.size >= REMEMBERED_ACTIONS) byAction.clear();
        byAction.set(action, found);
      }
      return found;
    },
  };
}

function compileStatement(source: Statement, variables: boolean): readonly CompiledStatement[] {
  const effect = source.effect?.value;
  if (effect !== ALLOW && effect !== DENY) return [];
  const hasNotAction = source.elements.NotAction !== undefined;
  const inActions = compileActions(source.actions);
  const inNotActions = compileActions(source.notActions);
  return [
    {
      source,
      index: source.index,
      sid: source.sid?.value,
      effect,
      matchesAction: hasNotAction ? (action) => !inNotActions(action) : inActions,
      resources: source.resources.map(({ value }) => compileResource(value, variables)),
      notResources: source.notResources.map(({ value }) => compileResource(value, variables)),
      anyResource: source.elements.Resource === undefined && source.elements.NotResource === undefined,
      principals: source.principals.map(compilePrincipal),
      notPrincipals: source.notPrincipals.map(compilePrincipal),
      conditions: source.conditions.map((condition) => compileCondition(condition, variables)),
    },
  ];
}
