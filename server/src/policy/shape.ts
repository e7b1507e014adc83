/**
 * Which elements a statement has and what its effect is. A few dozen shapes make up nearly all statements, so each is one
 * object, and what follows from a shape need be told only once. What stands in the elements is not known here.
 */
import { ALLOW, DENY, type EFFECTS, STATEMENT_ELEMENTS, type StatementElement } from "./words.js";

export interface Shape {
  /** `undefined` where there is none, or another text. */
  readonly effect: (typeof EFFECTS)[number] | undefined;
  /** Has it a member that is no element, is not in AWS's spelling, or is there twice? */
  readonly odd: boolean;
  /** Has it this element, or one of these? */
  has(...names: readonly StatementElement[]): boolean;
}

const known = new Map<number, Shape>();

export function shapeOf(
  elements: { readonly [Name in StatementElement]: unknown },
  effect: string | undefined,
  odd: boolean,
): Shape {
  let bits = odd ? 1 : 0;
  if (effect === ALLOW) bits |= 2;
  else if (effect === DENY) bits |= 4;
  for (let i = 0; i < STATEMENT_ELEMENTS.length; i++) {
    if (elements[STATEMENT_ELEMENTS[i] as StatementElement] !== undefined) bits |= 8 << i;
  }
  let shape = known.get(bits);
  if (shape === undefined) {
    const names = new Set(STATEMENT_ELEMENTS.filter((name) => elements[name] !== undefined));
    shape = {
      effect: effect === ALLOW || effect === DENY ? effect : undefined,
      odd,
      has: (...asked) => asked.some((name) => names.has(name)),
    };
    known.set(bits, shape);
  }
  return shape;
}
