/** The elements of a policy document or a statement, found among the members of its object by their names. */
import type { MemberNode, ObjectNode } from "../syntax/tree.js";
import {
  DOCUMENT_ELEMENTS,
  type DocumentElement,
  STATEMENT_ELEMENTS,
  type StatementElement,
} from "./words.js";

/** By their proper names; of one that is there twice the last. */
export type Elements<Name extends string> = { readonly [N in Name]: MemberNode | undefined };

function noElements<Name extends string>(names: readonly Name[]): Elements<Name> {
  return Object.fromEntries(names.map((name) => [name, undefined])) as Elements<Name>;
}

const NO_DOCUMENT_ELEMENTS = noElements(DOCUMENT_ELEMENTS);
const NO_STATEMENT_ELEMENTS = noElements(STATEMENT_ELEMENTS);

interface Found<Name extends string> {
  readonly elements: Elements<Name>;
  /** Is there a member that is no element, is not in AWS's spelling, or is there twice? */
  readonly odd: boolean;
}

export function documentElements(node: ObjectNode): Found<DocumentElement> {
  return elementsOf(node, DOCUMENT_ELEMENTS, NO_DOCUMENT_ELEMENTS);
}

export function statementElements(node: ObjectNode): Found<StatementElement> {
  return elementsOf(node, STATEMENT_ELEMENTS, NO_STATEMENT_ELEMENTS);
}

/**
 * One in the wrong case still counts, so that a mistake in the name
 * (which `unknown-element` reports) does not make the element missing as well.
 */
function elementsOf<Name extends string>(
  { members }: ObjectNode,
  names: readonly Name[],
  none: Elements<Name>,
): Found<Name> {
  const elements: { -readonly [N in Name]: MemberNode | undefined } = { ...none };
  let odd = false;
  let stray = false;
  for (const member of members) {
    const name = names[names.indexOf(member.key.value as Name)];
    if (name === undefined) stray = true;
    else {
      odd ||= elements[name] !== undefined;
      elements[name] = member;
    }
  }
  if (!stray) return { elements, odd };
  for (const member of members) {
    const folded = member.key.value.toLowerCase();
    const name = names.find((it) => it.toLowerCase() === folded);
    if (name !== undefined) elements[name] ??= member;
  }
  return { elements, odd: true };
}
