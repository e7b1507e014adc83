/**
 * Actions in classes that the statements of a comparison treat alike, so that one of each class can speak for all.
 * Which requests to make of them is said in `resource-samples.ts` and `context-samples.ts`.
 */
import type { Action, ActionResource, Catalogue } from "../catalogue/catalogue.js";
import { isKeyOfAll, sentKeys } from "../catalogue/sent-keys.js";
import type { CompiledStatement } from "../evaluate/compile.js";
import { hasOwnRule, isAboutRuler } from "../evaluate/special-actions.js";
import { arnFields } from "../policy/arn.js";

export interface ActionClass {
  /** In AWS's spelling; the statements treat them alike. */
  readonly actions: readonly string[];
  readonly representative: Action;
  /** The statements about these actions. */
  readonly statements: readonly CompiledStatement[];
}

export interface ActionsOfInterest {
  /** Only actions that one of these is about: no other is ever allowed. */
  readonly among?: readonly CompiledStatement[] | undefined;
  /** Takes an action in lower case: is it looked at? */
  readonly concerns?: ((foldedAction: string) => boolean) | undefined;
  /** ARNs of resources that are something special, whatever the statements say. */
  readonly special?: readonly string[];
}

/** The actions that some changed statement is about, in classes that no statement tells apart. */
export function actionClasses(
  statements: readonly CompiledStatement[],
  changed: readonly CompiledStatement[],
  catalogue: Catalogue,
  { among, concerns = () => true, special = [] }: ActionsOfInterest = {},
): readonly ActionClass[] {
  const positions = new Map(statements.map((it, index) => [it, index]));
  const keys = [...new Set(statements.flatMap((it) => it.conditions.map(({ foldedKey }) => foldedKey)))];
  const anywhere = new Set(statements.filter(holdsAnywhere));
  const specialServices = new Set(special.map((arn) => arnFields(arn)[2]));
  const classes = new Map<
    string,
    { actions: string[]; representative: Action; statements: CompiledStatement[] }
  >();
  for (const action of touchedBy(changed, among, catalogue)) {
    const folded = action.fullName.toLowerCase();
    if (!concerns(folded) || catalogue.retired(action.fullName) !== undefined) continue;
    const about = statements.filter(({ matchesAction }) => matchesAction(folded));
    const sent = sentKeys(catalogue, folded);
    const resourcesMatter =
      specialServices.has(action.service) || isAboutRuler(folded) || !about.every((it) => anywhere.has(it));
    const key = [
      action.service,
      resourcesMatter ? action.resourceTypes.map(typeName).join() : "",
      about.map((it) => positions.get(it)).join(),
      keys.map((it) => (sent?.(it) === false ? "-" : "+")).join(""),
      hasOwnRule(folded) ? folded : "",
    ].join("|");
    const known = classes.get(key);
    if (known === undefined)
      classes.set(key, { actions: [action.fullName], representative: action, statements: about });
    else known.actions.push(action.fullName);
  }
  return [...classes.values()];
}

/** As in AWS's reference: a star behind the types that every request names. */
function typeName({ name, required }: ActionResource): string {
  return required ? `${name}*` : name;
}

/** Does it make no difference to the statement which resource a request is about? */
function holdsAnywhere({ anyResource, resources, notResources, conditions }: CompiledStatement): boolean {
  return (
    notResources.length === 0 &&
    (anyResource || resources.some(({ value }) => value === "*")) &&
    conditions.every(
      ({ foldedKey, values }) => isKeyOfAll(foldedKey) && !values.some((it) => it.includes("${")),
    )
  );
}

function touchedBy(
  changed: readonly CompiledStatement[],
  among: readonly CompiledStatement[] | undefined,
  catalogue: Catalogue,
): Iterable<Action> {
  if (among === undefined) return actionsOf(changed, catalogue);
  // Of two lists the shorter one is gone through.
  const [list, other] = changed.some(isBroad) ? [among, changed] : [changed, among];
  return [...actionsOf(list, catalogue)].filter(({ fullName }) => {
    const folded = fullName.toLowerCase();
    return other.some(({ matchesAction }) => matchesAction(folded));
  });
}

function isBroad({ source }: CompiledStatement): boolean {
  return isInverted(source) || source.actions.some(({ value }) => /^\*+(?::\*+)?$/.test(value));
}

function isInverted(source: CompiledStatement["source"]): boolean {
  return source.elements.NotAction !== undefined;
}

function actionsOf(statements: readonly CompiledStatement[], catalogue: Catalogue): ReadonlySet<Action> {
  const found = new Set<Action>();
  for (const { source, matchesAction } of statements) {
    const actions = isInverted(source)
      ? catalogue.expand("*").filter(({ fullName }) => matchesAction(fullName.toLowerCase()))
      : source.actions.flatMap(({ value }) => catalogue.expand(value));
    for (const action of actions) found.add(action);
  }
  return found;
}
