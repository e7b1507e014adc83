/**
 * Actions in classes that the statements of a comparison treat alike, so that one of each class can speak for all.
 * Which requests to make of them is said in `resource-samples.ts` and `context-samples.ts`.
 */
import type { Action, Catalogue } from "../catalogue/catalogue.js";
import { sentKeys } from "../catalogue/sent-keys.js";
import type { CompiledStatement } from "../evaluate/compile.js";
import { hasOwnRule } from "../evaluate/special-actions.js";

export interface ActionClass {
  /** In AWS's spelling; the statements treat them alike. */
  readonly actions: readonly string[];
  readonly representative: Action;
  /** The statements about these actions. */
  readonly statements: readonly CompiledStatement[];
}

/**
 * The actions that some changed statement is about, in classes that no statement tells apart.
 * @param concerns takes an action in lower case: is it looked at?
 */
export function actionClasses(
  statements: readonly CompiledStatement[],
  changed: Iterable<CompiledStatement>,
  catalogue: Catalogue,
  concerns: (foldedAction: string) => boolean = () => true,
): readonly ActionClass[] {
  const touched = new Set<Action>();
  for (const { source, matchesAction } of changed) {
    const inverted = source.element("NotAction") !== undefined;
    const found = inverted
      ? catalogue.expand("*").filter(({ fullName }) => matchesAction(fullName.toLowerCase()))
      : source.actions.flatMap(({ value }) => catalogue.expand(value));
    for (const action of found) {
      if (concerns(action.fullName.toLowerCase()) && catalogue.retired(action.fullName) === undefined) {
        touched.add(action);
      }
    }
  }
  const positions = new Map(statements.map((it, index) => [it, index]));
  const keys = [...new Set(statements.flatMap((it) => it.conditions.map(({ foldedKey }) => foldedKey)))];
  const classes = new Map<
    string,
    { actions: string[]; representative: Action; statements: CompiledStatement[] }
  >();
  for (const action of touched) {
    const folded = action.fullName.toLowerCase();
    const about = statements.filter(({ matchesAction }) => matchesAction(folded));
    const sent = sentKeys(catalogue, folded);
    const key = [
      action.service,
      action.resourceTypes.map(({ name }) => name).join(),
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
