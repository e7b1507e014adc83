/**
 * Which actions of a statement work on which of its resources, by the forms of ARN in AWS's reference. Says nothing where
 * the reference may be incomplete: about actions and ARNs that it does not know.
 */
import {
  type ArnTemplate,
  formsOf,
  mayMatch,
  placeMayMatch,
  templatesOfAction,
} from "../catalogue/arn-template.js";
import type { Action, Catalogue } from "../catalogue/catalogue.js";
import { type ActionPattern, ofWords } from "../policy/action-pattern.js";
import { type ArnPattern, filled, isOpen, ofArn, readArnPattern } from "../policy/arn-pattern.js";
import { ofStatement, type Statement } from "../policy/policy.js";
import type { Shape } from "../policy/shape.js";
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

/** Could a statement of this shape be told about at all? */
export function canFit({ has, onAnything }: Shape): boolean {
  return has("Action") && has("Resource") && !onAnything && !has("NotAction", "NotResource");
}

/** For a statement that can fit; `undefined` where a resource or an action could be anything. Several rules ask. */
export const actionFit = ofStatement.answeredIn(readFit);

function readFit({ actions, resources, elements }: Statement, catalogue: Catalogue): ActionFit | undefined {
  if (actions.length === 0 || resources.length === 0) return undefined;
  // What is no text, such as `{ "Ref": … }`, a template fills.
  if (itemsOf(elements.Resource?.value).length !== resources.length) return undefined;
  const entries: Entry[] = [];
  for (const { value } of resources) {
    const entry = readEntry(value, catalogue);
    if (entry === undefined) return undefined;
    entries.push(entry);
  }

  const used = entries.map(() => false);
  let idle = entries.length;
  const misfits: Misfit[] = [];
  const withoutResource: ActionPattern[] = [];
  let certain = itemsOf(elements.Action?.value).length === actions.length;
  let reach: Reach | undefined;
  let fits = false;
  for (const action of actions) {
    const before = reach;
    reach = reachOf(action.words, catalogue);
    if (reach === undefined) {
      certain = false;
      continue;
    }
    // Actions of one kind mostly stand together.
    if (reach !== before) fits = false;
    else if (fits) continue;
    for (let i = 0; i < entries.length && !(fits && idle === 0); i++) {
      if ((fits && used[i]) || !worksOn(entries[i] as Entry, reach, catalogue)) continue;
      fits = true;
      if (!used[i]) idle--;
      used[i] = true;
    }
    if (fits) continue;
    if (reach.templates.size > 0) misfits.push({ action, actions: catalogue.expand(action.folded) });
    else withoutResource.push(action);
  }
  const unused = certain && idle > 0 ? resources.filter((_, index) => !used[index]) : [];
  return { misfits, withoutResource, unused };
}

function worksOn({ pattern, forms }: Entry, { templates, open }: Reach, catalogue: Catalogue): boolean {
  for (const form of forms) if (templates.has(form)) return true;
  for (const template of open) if (mayMatch(catalogue, pattern, template)) return true;
  return false;
}

interface Entry {
  readonly pattern: ArnPattern;
  /** The forms of the reference whose ARNs it could match. */
  readonly forms: readonly ArnTemplate[];
}

/** `undefined` where the ARN is of no form that the reference has. */
function readEntry(value: string, catalogue: Catalogue): Entry | undefined {
  const pattern = value === "*" ? undefined : readArnPattern(filled(value));
  return pattern === undefined ? undefined : entryOf(pattern, catalogue);
}

const entryOf = ofArn.answeredIn((pattern, catalogue: Catalogue): Entry | undefined => {
  if (isOpen(pattern.service)) return undefined;
  const forms = formsOf(pattern, catalogue).filter((form) => placeMayMatch(pattern, form));
  return forms.length === 0 ? undefined : { pattern, forms };
});

/** The forms of ARN that an entry works on. */
interface Reach {
  readonly templates: ReadonlySet<ArnTemplate>;
  /** Those of them that name no certain service. */
  readonly open: readonly ArnTemplate[];
}

/** `undefined` for an entry that matches nothing, or everything. */
const reachOf = ofWords.answeredIn(({ folded }, catalogue: Catalogue): Reach | undefined => {
  const matched = folded === "*" ? [] : catalogue.expand(folded);
  const [first, ...others] = matched.map((it) => templatesOfAction(catalogue, it));
  if (first === undefined) return undefined;
  return others.length === 0 ? sharedReach(first) : newReach([first, ...others].flat());
});

const reaches = new WeakMap<readonly ArnTemplate[], Reach>();

function sharedReach(templates: readonly ArnTemplate[]): Reach {
  const reach = reaches.get(templates) ?? newReach(templates);
  reaches.set(templates, reach);
  return reach;
}

function newReach(templates: readonly ArnTemplate[]): Reach {
  return { templates: new Set(templates), open: templates.filter(({ service }) => isOpen(service)) };
}
