/**
 * What changed between two states of the policies that bear on one caller: access gained and lost, each difference with
 * a request that is decided in both ways. What is named is so; what is not named was not found, which is no proof.
 */
import type { Catalogue } from "../catalogue/catalogue.js";
import type { CompiledStatement } from "../evaluate/compile.js";
import type { RequestContext } from "../evaluate/context.js";
import type { DecisionWord } from "../evaluate/decide.js";
import { extentOf } from "../policy/extent.js";
import { toJson } from "../syntax/to-json.js";
import { type ActionClass, actionClasses } from "./action-classes.js";
import type { ArnHome } from "./concrete-arn.js";
import { sampleContexts } from "./context-samples.js";
import type { Context } from "./question.js";
import { sampleResources } from "./resource-samples.js";

type Statements = ReadonlyMap<string, readonly CompiledStatement[]>;

/** One state of the policies that bear on a caller. */
export interface Side {
  /** The statements that can grant, by what they hang on; a place that one side lacks is like one without statements. */
  readonly grants: Statements;
  /** Those that limit, as boundaries and organisations do: a place that comes or goes changes everything. */
  readonly limits: Statements;
  /** No action is allowed that none of these is about; `undefined` where some may be. */
  readonly allowing: readonly CompiledStatement[] | undefined;
  /** What else decides, and no statement says; equal texts for equal circumstances. */
  readonly circumstances: string;
  /** `undefined` where a policy that counts cannot be used. */
  decide(action: string, resource: string, context: Context): DecisionWord | undefined;
}

export interface Comparison {
  /** Who asks, as the result calls them. */
  readonly who: string;
  readonly home: ArnHome;
  readonly before: Side;
  readonly after: Side;
  /** Resources to look at besides those that statements name. */
  readonly resources: readonly string[];
  /** A resource with the caller's own name filled in. */
  readonly own: (resource: string) => string;
  /** Condition keys, in lower case, whose values follow from the caller. */
  readonly settled: (foldedKey: string) => boolean;
  /** What follows, as far as that can be told. */
  readonly known: RequestContext;
  /** Actions, in lower case, that are looked at; all, if left out. */
  readonly concerns?: ((foldedAction: string) => boolean) | undefined;
}

export interface Difference {
  readonly who: string;
  readonly change: "gained" | "lost";
  /** The actions and resources that were found to turn out so; the request below is one of them. */
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly witness: Witness;
}

/** A request that is decided in both ways. */
export interface Witness {
  readonly action: string;
  readonly resource: string;
  readonly context: Context;
  readonly before: DecisionWord;
  readonly after: DecisionWord;
}

export function compareAccess(comparison: Comparison, catalogue: Catalogue): readonly Difference[] {
  const { before, after } = comparison;
  const changed = changedStatements(before, after);
  if (changed.length === 0) return [];
  const statements = [before, after].flatMap(allStatements);
  const classes = actionClasses(statements, changed, catalogue, {
    among: before.allowing && after.allowing && [...new Set([...before.allowing, ...after.allowing])],
    concerns: comparison.concerns,
    special: comparison.resources,
  });
  const changes = new Set(changed);
  const differences = classes.flatMap((actions) => differencesIn(actions, changes, comparison, catalogue));
  return merged(differences);
}

/** The statements that only one of the sides has. Their order, their names and the order of their entries mean nothing. */
function changedStatements(before: Side, after: Side): readonly CompiledStatement[] {
  const sameLimits =
    before.limits.size === after.limits.size && [...before.limits.keys()].every((it) => after.limits.has(it));
  if (!sameLimits || before.circumstances !== after.circumstances)
    return [before, after].flatMap(allStatements);
  return [...changedIn(before.grants, after.grants), ...changedIn(before.limits, after.limits)];
}

function changedIn(before: Statements, after: Statements): readonly CompiledStatement[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((place) => {
    const old = before.get(place) ?? [];
    const now = after.get(place) ?? [];
    const oldMeanings = new Set(old.map(meaningOf));
    const newMeanings = new Set(now.map(meaningOf));
    return [
      ...old.filter((it) => !newMeanings.has(meaningOf(it))),
      ...now.filter((it) => !oldMeanings.has(meaningOf(it))),
    ];
  });
}

function allStatements({ grants, limits }: Side): readonly CompiledStatement[] {
  return [...grants.values(), ...limits.values()].flat();
}

const meanings = new WeakMap<CompiledStatement, string>();

function meaningOf(statement: CompiledStatement): string {
  let meaning = meanings.get(statement);
  if (meaning === undefined) {
    const { source } = statement;
    meaning = extentOf(source)?.key ?? JSON.stringify(toJson(source.node));
    meanings.set(statement, meaning);
  }
  return meaning;
}

/** At most one difference for each direction: on the first resource, the context with the fewest keys is its witness. */
function differencesIn(
  actions: ActionClass,
  changed: ReadonlySet<CompiledStatement>,
  { who, home, before, after, resources, own, settled, known }: Comparison,
  catalogue: Catalogue,
): readonly Difference[] {
  const action = actions.representative.fullName;
  const samples = sampleResources(actions, home, catalogue, resources).map(own);
  const contexts = sampleContexts(actions, samples, catalogue, settled, known, changed);
  const witnesses: Witness[] = [];
  for (const resource of samples) {
    const found = new Set<Difference["change"]>();
    for (const context of contexts) {
      const was = before.decide(action, resource, context);
      const is = after.decide(action, resource, context);
      if (was === undefined || is === undefined || (was === "allowed") === (is === "allowed")) continue;
      const witness = { action, resource, context, before: was, after: is };
      if (!found.has(changeOf(witness))) witnesses.push(witness);
      found.add(changeOf(witness));
      if (found.size === 2) break;
    }
  }
  return CHANGES.flatMap((change) => {
    const [witness, ...others] = witnesses.filter((it) => changeOf(it) === change);
    if (witness === undefined) return [];
    const on = [witness, ...others].map(({ resource }) => resource);
    return [{ who, change, actions: actions.actions, resources: on, witness }];
  });
}

const CHANGES = ["gained", "lost"] as const;

function changeOf({ after }: Witness): Difference["change"] {
  return after === "allowed" ? "gained" : "lost";
}

/** Classes that differ alike are told together, one service at a time: what is gained first. */
function merged(differences: readonly Difference[]): readonly Difference[] {
  const byKind = new Map<string, Difference>();
  for (const difference of differences) {
    const { change, resources, witness, actions } = difference;
    const [service] = witness.action.split(":");
    const key = JSON.stringify([change, service, resources, witness.context, witness.before, witness.after]);
    const known = byKind.get(key);
    byKind.set(
      key,
      known === undefined ? difference : { ...known, actions: [...known.actions, ...actions].sort() },
    );
  }
  return CHANGES.flatMap((change) => [...byKind.values()].filter((it) => it.change === change));
}
