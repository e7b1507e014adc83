/**
 * Contexts in which the change of a statement shows, where there are too many values to try every combination of them:
 * looked for one key after the other. Which values there are to choose from is `context-samples.ts`'s.
 */
import type { CompiledStatement } from "../evaluate/compile.js";
import type { CompiledCondition } from "../evaluate/conditions.js";
import { RequestContext } from "../evaluate/context.js";
import { DENY } from "../policy/words.js";
import { OTHER } from "./concrete-arn.js";
import type { Context } from "./question.js";
import { foldedVariableKeys } from "./variable-keys.js";

export type Value = string | readonly string[];

/** A condition key and its values, plain ones first. */
export interface Choice {
  readonly key: string;
  readonly values: readonly Value[];
  /** Is the key in every request? */
  readonly always: boolean;
}

/** Up to here a Deny is looked at with each statement that grants what it takes. */
const FEW_GRANTS = 12;

/** Contexts in which a changed statement decides, and those with one key after the other changed. */
export function aroundChanges(
  choices: readonly Choice[],
  statements: readonly CompiledStatement[],
  changed: ReadonlySet<CompiledStatement>,
  known: RequestContext,
): readonly Context[] {
  const plain: Record<string, Value> = {};
  for (const { key, values, always } of choices) if (always) plain[key] = values[0] ?? OTHER;
  const goals = goalsOf(statements, changed);
  const bases = goals.map((goal) => reach(goal, statements, choices, plain, known));
  const contexts: Context[] = [plain, ...bases];
  goals.forEach((goal, index) => {
    const base = bases[index] ?? plain;
    const named = foldedVariableKeys(goal.hold);
    for (const { key, values, always } of choices) {
      const { [key]: _, ...without } = base;
      contexts.push(always ? base : without);
      for (const value of values) {
        contexts.push({ ...base, [key]: value });
        if (!named.has(key.toLowerCase())) continue;
        const others = choices.filter((it) => it.key !== key);
        contexts.push(reach(goal, statements, others, { ...plain, [key]: value }, known));
      }
    }
  });
  return [...new Map(contexts.map((it) => [JSON.stringify(it), it])).values()];
}

/** What a context should bring about, no Deny statement but these being in the way. */
interface Goal {
  /** The conditions of all of these should hold. */
  readonly hold: readonly CompiledStatement[];
  /** Of other Allow statements as many as can be, or as few. */
  readonly others: 1 | -1;
}

/** An Allow shows where no other one grants the same, a Deny where something would grant it. */
function goalsOf(
  statements: readonly CompiledStatement[],
  changed: ReadonlySet<CompiledStatement>,
): readonly Goal[] {
  const allows = statements.filter(({ effect }) => effect !== DENY).slice(0, FEW_GRANTS);
  return statements
    .filter((it) => changed.has(it))
    .flatMap((it): readonly Goal[] =>
      it.effect === DENY
        ? allows.map((allow) => ({ hold: [it, allow], others: 1 }))
        : [
            { hold: [it], others: 1 },
            { hold: [it], others: -1 },
          ],
    );
}

/** The context that comes closest to a goal, choosing one key after the other until nothing gets better. */
function reach(
  { hold, others }: Goal,
  statements: readonly CompiledStatement[],
  choices: readonly Choice[],
  start: Readonly<Record<string, Value>>,
  known: RequestContext,
): Readonly<Record<string, Value>> {
  const rest = statements.filter((it) => !hold.includes(it) && it.conditions.length > 0);
  const score = (context: Context) => {
    const asked = contextOf(context, known);
    const holds = (it: CompiledCondition) => it.holds(asked);
    const wanted = hold.reduce((sum, { conditions }) => sum + conditions.filter(holds).length, 0);
    const applying = rest.filter(({ conditions }) => conditions.every(holds));
    const denies = applying.filter(({ effect }) => effect === DENY).length;
    return wanted * 10_000 - denies * 100 + (applying.length - denies) * others;
  };
  let best: Readonly<Record<string, Value>> = start;
  const named = foldedVariableKeys(hold);
  for (const { key, values } of choices) {
    const [first] = values;
    if (first !== undefined && named.has(key.toLowerCase())) best = { ...best, [key]: first };
  }
  let reached = score(best);
  for (let better = true; better; ) {
    better = false;
    for (const { key, values, always } of choices) {
      const { [key]: _, ...without } = best;
      for (const context of [
        ...values.map((value) => ({ ...best, [key]: value })),
        ...(always ? [] : [without]),
      ]) {
        const reaches = score(context);
        if (reaches <= reached) continue;
        [best, reached, better] = [context, reaches, true];
      }
    }
  }
  return best;
}

/** A request with these keys, and with what else is known of it. */
export function contextOf(context: Context, known?: RequestContext): RequestContext {
  return new RequestContext(
    context,
    () => true,
    (key) => known?.get(key)?.[0],
  );
}
