/**
 * Which elements a statement has, what its effect is, and whether they hold one thing or several. A few hundred shapes
 * make up nearly all statements, so each is one object, and what follows from a shape need be told only once. What the
 * entries say is not known here, but for a resource that is `*` alone.
 */
import type { MemberNode } from "../syntax/tree.js";
import type { Elements } from "./elements.js";
import { ALLOW, DENY, type EFFECTS, STATEMENT_ELEMENTS, type StatementElement } from "./words.js";

export interface Shape {
  /** `undefined` where there is none, or another text. */
  readonly effect: (typeof EFFECTS)[number] | undefined;
  /** Has it a member that is no element, is not in AWS's spelling, or is there twice? */
  readonly odd: boolean;
  /** Is there nothing but texts, and lists of texts where AWS takes lists? A `Condition` is never flat. */
  readonly flat: boolean;
  /** Is `Resource` just `*`? */
  readonly onAnything: boolean;
  /** Has it this element, or one of these? */
  has(...names: readonly StatementElement[]): boolean;
  /** Has this element, or one of these, more than one entry? */
  hasSeveral(...names: readonly StatementElement[]): boolean;
  /** Is this element, or one of these, an empty list? */
  hasEmpty(...names: readonly StatementElement[]): boolean;
}

const ABSENT = 0;
const TEXT = 1;
const STAR = 2;
/** A list with one text. */
const SINGLE = 3;
const SEVERAL = 4;
const EMPTY = 5;
const NESTED = 6;
type Form =
  | typeof ABSENT
  | typeof TEXT
  | typeof STAR
  | typeof SINGLE
  | typeof SEVERAL
  | typeof EMPTY
  | typeof NESTED;
const BITS = 3;

const known = new Map<number, Shape>();

export function shapeOf(
  elements: Elements<StatementElement>,
  effect: string | undefined,
  odd: boolean,
): Shape {
  let code = odd ? 1 : 0;
  if (effect === ALLOW) code |= 2;
  else if (effect === DENY) code |= 4;
  for (let i = 0; i < STATEMENT_ELEMENTS.length; i++)
    code |= formOf(elements[STATEMENT_ELEMENTS[i] as StatementElement]) << (BITS * (i + 1));
  let shape = known.get(code);
  if (shape === undefined) {
    shape = describe(formsOf(elements), effect, odd);
    known.set(code, shape);
  }
  return shape;
}

function formOf(member: MemberNode | undefined): Form {
  const value = member?.value;
  if (member === undefined) return ABSENT;
  if (value === undefined) return NESTED;
  if (value.type === "string") return value.value === "*" ? STAR : TEXT;
  if (value.type !== "array") return NESTED;
  const { items } = value;
  if (items.length === 0) return EMPTY;
  for (let i = 0; i < items.length; i++) if (items[i]?.type !== "string") return NESTED;
  const [first] = items;
  if (items.length > 1) return SEVERAL;
  return first?.type === "string" && first.value === "*" ? STAR : SINGLE;
}

type Forms = ReadonlyMap<StatementElement, Form>;

function formsOf(elements: Elements<StatementElement>): Forms {
  const all = STATEMENT_ELEMENTS.map((name) => [name, formOf(elements[name])] as const);
  return new Map(all.filter(([, form]) => form !== ABSENT));
}

/** Is given nothing of a document: a shape outlives them all. */
function describe(forms: Forms, effect: string | undefined, odd: boolean): Shape {
  const having =
    (wanted: ReadonlySet<Form>) =>
    (...names: readonly StatementElement[]) =>
      names.some((name) => wanted.has(forms.get(name) ?? ABSENT));
  return {
    effect: effect === ALLOW || effect === DENY ? effect : undefined,
    odd,
    flat: [...forms].every(
      ([name, form]) => (form === TEXT && name !== "Condition") || (LISTS.has(name) && form !== NESTED),
    ),
    onAnything: forms.get("Resource") === STAR,
    has: (...names) => names.some((name) => forms.has(name)),
    // What is nested may be anything.
    hasSeveral: having(new Set([SEVERAL, NESTED])),
    hasEmpty: having(new Set([EMPTY])),
  };
}

/** What may be a list as well as a text. */
const LISTS: ReadonlySet<StatementElement> = new Set<StatementElement>([
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
]);
