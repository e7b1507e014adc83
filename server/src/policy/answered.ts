/**
 * Answers about a thing that are worked out once and stay with it, because many rules ask the same. A statement keeps
 * its answers when a keystroke elsewhere moves it, so they must not hold offsets.
 */

/** What keeps answers; they are nobody's business but this module's. */
export interface Answering {
  readonly answers: unknown[];
}

/** Each way makes a question of a function; asked again about the same thing, it answers as before. */
export interface Questions<Thing extends Answering> {
  answered<T>(make: (thing: Thing) => T): (thing: Thing) => T;
  /** From a source that says the same of the thing each time, such as the text that it stands in. */
  answeredFrom<Source, T>(make: (thing: Thing, source: Source) => T): (thing: Thing, source: Source) => T;
  /** In a world, such as a catalogue: in another one it is asked anew. */
  answeredIn<World, T>(make: (thing: Thing, world: World) => T): (thing: Thing, world: World) => T;
}

/** The answer that nothing is there: what was never asked is absent itself. */
const NOTHING = Symbol("nothing");

interface AnswerInWorld {
  readonly world: unknown;
  readonly value: unknown;
}

/** Questions about one kind of thing are numbered on their own, so that answers lie close together. */
export function questionsAbout<Thing extends Answering>(): Questions<Thing> {
  let questions = 0;
  const answeredFrom = <Source, T>(make: (thing: Thing, source: Source) => T) => {
    const question = questions++;
    return (thing: Thing, source: Source): T => {
      const known = thing.answers[question];
      if (known !== undefined) return (known === NOTHING ? undefined : known) as T;
      const answer = make(thing, source);
      thing.answers[question] = answer === undefined ? NOTHING : answer;
      return answer;
    };
  };
  return {
    answeredFrom,
    answered(make) {
      const ask = answeredFrom((thing, _nowhere: undefined) => make(thing));
      return (thing) => ask(thing, undefined);
    },
    answeredIn<World, T>(make: (thing: Thing, world: World) => T) {
      const question = questions++;
      return (thing: Thing, world: World): T => {
        const known = thing.answers[question] as AnswerInWorld | undefined;
        if (known !== undefined && known.world === world) return known.value as T;
        const answer: AnswerInWorld = { world, value: make(thing, world) };
        thing.answers[question] = answer;
        return answer.value as T;
      };
    },
  };
}
