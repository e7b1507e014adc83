/**
 * Answers about a thing that are worked out once and stay with it, because many rules ask the same. A statement keeps
 * its answers when a keystroke elsewhere moves it, so they must not hold offsets.
 */

const NONE: never[] = [];

/**
 * What keeps answers; they are nobody's business but this module's. Their lists are no literals: an engine that sees those
 * of words live on would put those of statements among the long-lived as well, and all that they hold with them.
 */
export abstract class Asked {
  readonly answers: unknown[] = NONE.slice();
  /** What holds in one world, such as a catalogue; there is hardly ever another one. */
  world: unknown;
  answersInWorld: unknown[] = NONE;
  /** The answer to the question that is asked most, and for whom it was given. */
  foremost: unknown;
  foremostFor: unknown;
}

/** Each way makes a question of a function; asked again about the same thing, it answers as before. */
export interface Questions<Thing extends Asked> {
  answered<T>(make: (thing: Thing) => T): (thing: Thing) => T;
  /** From a source that says the same of the thing each time, such as the text that it stands in. */
  answeredFrom<Source, T>(make: (thing: Thing, source: Source) => T): (thing: Thing, source: Source) => T;
  /** In a world: in another one it is asked anew. */
  answeredIn<World, T>(make: (thing: Thing, world: World) => T): (thing: Thing, world: World) => T;
  /** The question that is asked most, of which each kind of thing has one: only the last who asked has an answer kept. */
  answeredFor<Asker, T>(make: (thing: Thing, asker: Asker) => T): (thing: Thing, asker: Asker) => T;
}

/** The answer that nothing is there: what was never asked is absent itself. */
const NOTHING = Symbol("nothing");

/** Questions about one kind of thing are numbered on their own, so that answers lie close together. */
export function questionsAbout<Thing extends Asked>(): Questions<Thing> {
  let questions = 0;
  let questionsInWorld = 0;
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
      const question = questionsInWorld++;
      return (thing: Thing, world: World): T => {
        if (thing.world !== world) {
          thing.world = world;
          thing.answersInWorld = NONE.slice();
        }
        const known = thing.answersInWorld[question];
        if (known !== undefined) return (known === NOTHING ? undefined : known) as T;
        const answer = make(thing, world);
        // Asked in another world meanwhile, the thing has forgotten this one.
        if (thing.world === world) thing.answersInWorld[question] = answer === undefined ? NOTHING : answer;
        return answer;
      };
    },
    answeredFor<Asker, T>(make: (thing: Thing, asker: Asker) => T) {
      return (thing: Thing, asker: Asker): T => {
        if (thing.foremostFor !== asker) {
          thing.foremost = make(thing, asker);
          thing.foremostFor = asker;
        }
        return thing.foremost as T;
      };
    },
  };
}
