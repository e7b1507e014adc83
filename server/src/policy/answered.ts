/**
 * Answers about a thing that are worked out once and stay with it, because many rules ask the same. A statement keeps
 * its answers when a keystroke elsewhere moves it, so they must not hold offsets.
 */

/** What keeps answers; they are nobody's business but this module's. */
export interface Answering {
  readonly answers: unknown[];
}

interface Answer {
  readonly world: unknown;
  readonly value: unknown;
}

let questions = 0;

export function answered<Thing extends Answering, T>(make: (thing: Thing) => T): (thing: Thing) => T {
  const ask = answeredIn((thing: Thing, _none: undefined) => make(thing));
  return (thing) => ask(thing, undefined);
}

/** @param make answers from the thing and its world, such as the catalogue; in another world it is asked anew */
export function answeredIn<Thing extends Answering, World, T>(
  make: (thing: Thing, world: World) => T,
): (thing: Thing, world: World) => T {
  const question = questions++;
  return (thing, world) => {
    const known = thing.answers[question] as Answer | undefined;
    if (known !== undefined && known.world === world) return known.value as T;
    const value = make(thing, world);
    const answer: Answer = { world, value };
    thing.answers[question] = answer;
    return value;
  };
}
