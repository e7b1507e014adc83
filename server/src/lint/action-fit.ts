/**
 * Which actions of a statement work on which of its resources, by the forms of ARN in AWS's reference. Says nothing where
 * the reference may be incomplete: about actions and ARNs that it does not know.
 */
import { formsOf, mayMatch, templatesOfAction } from "../catalogue/arn-template.js";
import type { Action, Catalogue } from "../catalogue/catalogue.js";
import type { ActionPattern } from "../policy/action-pattern.js";
import { type ArnPattern, filled, isOpen, readArnPattern } from "../policy/arn-pattern.js";
import type { Statement } from "../policy/policy.js";
import { itemsOf, type StringNode } from "../syntax/tree.js";

export interface Misfit {
  readonly action: ActionPattern;
  /** What the entry matches. */
  readonly actions: readonly Action[];
}

export interface ActionFit {
  /** Entries that work on resources, but on none of these. */
  readonly misfits: readonly Misfit[];
  /** Entries that take no resource, and so need `*`. */
  readonly withoutResource: readonly ActionPattern[];
  /** Resources that none of the actions works on. */
  readonly unused: readonly StringNode[];
}

const known = new WeakMap<Statement, { readonly fit: ActionFit | undefined }>();

/** `undefined` where a resource or an action could be anything. Remembered: several rules ask. */
export function actionFit(statement: Statement, catalogue: Catalogue): ActionFit | undefined {
  let answer = known.get(statement);
  if (answer === undefined) {
    answer = { fit: readFit(statement, catalogue) };
    known.set(statement, answer);
  }
  return answer.fit;
}

function readFit({ actions, resources, element }: Statement, catalogue: Catalogue): ActionFit | undefined {
  if (actions.length === 0 || resources.length === 0) return undefined;
  if (element("NotAction") !== undefined || element("NotResource") !== undefined) return undefined;
  // What is no text, such as `{ "Ref": … }`, a template fills.
  if (itemsOf(element("Resource")?.value).length !== resources.length) return undefined;
  const entries: ArnPattern[] = [];
  for (const { value } of resources) {
    const entry = readArnPattern(filled(value));
    if (entry === undefined || !isJudged(entry, catalogue)) return undefined;
    entries.push(entry);
  }

  const misfits: Misfit[] = [];
  const withoutResource: ActionPattern[] = [];
  const used = new Set<ArnPattern>();
  let certain = itemsOf(element("Action")?.value).length === actions.length;
  for (const action of actions) {
    const matched = action.value === "*" ? [] : catalogue.expand(action.value);
    if (matched.length === 0) {
      certain = false;
      continue;
    }
    const before = used.size;
    let fits = false;
    let takesResource = false;
    for (const it of matched) {
      const templates = templatesOfAction(catalogue, it);
      if (templates.length > 0) takesResource = true;
      for (const entry of entries) {
        if (fits && used.has(entry)) continue;
        if (!templates.some((template) => mayMatch(catalogue, entry, template))) continue;
        fits = true;
        used.add(entry);
      }
      if (fits && used.size === entries.length) break;
    }
    if (fits || used.size > before) continue;
    if (takesResource) misfits.push({ action, actions: matched });
    else withoutResource.push(action);
  }
  return {
    misfits,
    withoutResource,
    unused: certain ? resources.filter((_, index) => !used.has(entries[index] as ArnPattern)) : [],
  };
}

/** Is the ARN of a form that the reference has? */
function isJudged(entry: ArnPattern, catalogue: Catalogue): boolean {
  if (isOpen(entry.service)) return false;
  return formsOf(catalogue, entry).some((form) => mayMatch(catalogue, entry, form));
}
