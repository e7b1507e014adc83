/**
 * Texts that wildcard patterns tell apart: for each combination of patterns that some text matches, one such text, found
 * by walking all patterns at once. How patterns cover one another without any text is `wildcard.ts`'s.
 */

/**
 * `*`, `?`, the same followed by a colon for wildcards that stay within a field of an ARN,
 * or `=` with the characters that stand in this place: one, or a letter in both cases.
 */
export type PatternElement = string;
export type PatternElements = readonly PatternElement[];

const STAR = "*";
const ANY = "?";
const COLON = ":";

export function globElements(pattern: string): PatternElements {
  return [...pattern].map((char) => (char === STAR || char === ANY ? char : `=${char}`));
}

/** As the ARN operators read a pattern: only the last of its fields may run over colons. */
export function arnElements(fields: readonly string[]): PatternElements {
  return fields.flatMap((field, index) => {
    const elements = globElements(field);
    if (index === fields.length - 1) return elements;
    return [...elements.map((it) => (it === STAR || it === ANY ? it + COLON : it)), `=${COLON}`];
  });
}

export function literalElements(text: string): PatternElements {
  return [...text].map((char) => `=${char}`);
}

export function foldedElements(text: string): PatternElements {
  return [...text].map((char) => `=${char.toLowerCase()}${char.toUpperCase()}`);
}

/**
 * One text of each kind, short ones first, among those that `within` matches; without any of the characters `not`.
 * All kinds are found unless there are too many to look at: then those that short texts show.
 */
export function textsToldApart(
  patterns: readonly PatternElements[],
  within: PatternElements,
  not = "",
): readonly string[] {
  const key = JSON.stringify([patterns, within, not]);
  let found = remembered.get(key);
  if (found === undefined) {
    found = walk(patterns, within, not);
    if (remembered.size >= REMEMBERED) remembered.clear();
    remembered.set(key, found);
  }
  return found;
}

/** Steps of single patterns: some ten milliseconds. */
const EFFORT = 300_000;
const REMEMBERED = 1000;
const remembered = new Map<string, readonly string[]>();
/** What stands for all characters that no pattern names: the first that is free. */
const FREE = [..."nxyz0123456789-_abcdefghijklmopqrstuvwABCDEFGHIJKLMNOPQRSTUVWXYZ.~"];

interface Place {
  readonly states: readonly number[];
  readonly from: Place | undefined;
  readonly char: string;
}

function walk(patterns: readonly PatternElements[], within: PatternElements, not: string): readonly string[] {
  const machines = [within, ...patterns].map((elements) => new Machine(elements));
  const free = freeCharacter([within, ...patterns], not);
  const limit = EFFORT / machines.length;
  const start: Place = { states: machines.map(() => 0), from: undefined, char: "" };
  const seen = new Set([start.states.join()]);
  const queue = [start];
  const found = new Map<string, Place>();
  let steps = 0;
  for (let at = 0; at < queue.length && steps < limit; at++) {
    const place = queue[at];
    if (place === undefined) break;
    const [ends, ...matches] = machines.map((it, index) => it.accepts(place.states[index] ?? 0));
    const kind = matches.map(Number).join("");
    if (ends === true && !found.has(kind)) found.set(kind, place);
    // Every character that no pattern asks for in this place is as good as any other.
    const asked = new Set(free);
    machines.forEach((it, index) => {
      for (const char of it.asked(place.states[index] ?? 0)) if (!not.includes(char)) asked.add(char);
    });
    for (const char of asked) {
      steps++;
      const states = machines.map((it, index) => it.next(place.states[index] ?? 0, char));
      if (machines[0]?.isDead(states[0] ?? 0) === true) continue;
      const key = states.join();
      if (seen.has(key)) continue;
      seen.add(key);
      queue.push({ states, from: place, char });
    }
  }
  return [...found.values()].map(textAt);
}

function freeCharacter(patterns: readonly PatternElements[], not: string): string {
  const named = new Set(patterns.flatMap((elements) => elements.filter((it) => it.startsWith("="))).join(""));
  return FREE.find((char) => !named.has(char) && !not.includes(char)) ?? "";
}

function textAt(place: Place): string {
  let text = "";
  for (let it: Place | undefined = place; it !== undefined; it = it.from) text = it.char + text;
  return text;
}

/** A pattern as a deterministic machine, made as far as it is asked. State 0 is the start. */
class Machine {
  /** The positions in the pattern that each state stands for. */
  readonly #positions: (readonly number[])[] = [];
  readonly #byKey = new Map<string, number>();
  readonly #next: Map<string, number>[] = [];
  readonly #asked: (readonly string[])[] = [];

  constructor(private readonly elements: PatternElements) {
    this.#state([0]);
  }

  accepts(state: number): boolean {
    return this.#positions[state]?.includes(this.elements.length) === true;
  }

  isDead(state: number): boolean {
    return this.#positions[state]?.length === 0;
  }

  /** The characters that lead elsewhere than all others do. */
  asked(state: number): readonly string[] {
    let asked = this.#asked[state];
    if (asked === undefined) {
      const chars = (this.#positions[state] ?? []).flatMap((position) => {
        const element = this.elements[position] ?? "";
        if (element.startsWith("=")) return [...element.slice(1)];
        return element.endsWith(COLON) ? [COLON] : [];
      });
      asked = [...new Set(chars)].sort();
      this.#asked[state] = asked;
    }
    return asked;
  }

  next(state: number, char: string): number {
    const known = this.#next[state]?.get(char);
    if (known !== undefined) return known;
    const positions = (this.#positions[state] ?? []).flatMap((position) => {
      const element = this.elements[position];
      if (element === undefined) return [];
      if (element.startsWith("=")) return element.includes(char, 1) ? [position + 1] : [];
      if (char === COLON && element.endsWith(COLON)) return [];
      return [element.startsWith(STAR) ? position : position + 1];
    });
    const next = this.#state(positions);
    this.#next[state]?.set(char, next);
    return next;
  }

  /** A star may match nothing, so whoever stands in front of it stands behind it as well. */
  #state(positions: readonly number[]): number {
    const all = new Set<number>();
    for (let position of positions) {
      all.add(position);
      while (this.elements[position]?.startsWith(STAR)) all.add(++position);
    }
    const sorted = [...all].sort((a, b) => a - b);
    const key = sorted.join();
    let state = this.#byKey.get(key);
    if (state === undefined) {
      state = this.#positions.length;
      this.#positions.push(sorted);
      this.#next.push(new Map());
      this.#byKey.set(key, state);
    }
    return state;
  }
}
