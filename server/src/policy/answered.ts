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
  const ask = answeredFrom((thing: Thing, _none: undefined) => make(thing));
  return (thing) => ask(thing, undefined);
}

/** @param make answers from the thing and a source that says the same of it each time, such as the text that it stands in */
export function answeredFrom<Thing extends Answering, Source, T>(
  make: (thing: Thing, source: Source) => T,
): (thing: Thing, source: Source) => T {
  const question = questions++;
  return (thing, source) => {
    const known = thing.answers[question] as Answer | undefined;
    if (known !== undefined) return known.value as T;
    const answer: Answer = { world: undefined, value: make(thing, source) };
    thing.answers[question] = answer;
    return answer.value as T;
  };
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
