/** The request's context: condition keys and their values. What AWS fills in by itself is `request.ts`'s matter. */

export type ContextScalar = string | number | boolean;
export type ContextInput = ContextScalar | readonly ContextScalar[];

export type Values = readonly string[];

/** Asks something of a key in lower case. */
export type KeyTest = (key: string) => boolean;
export const anyKey: KeyTest = () => true;

export class RequestContext {
  /** By lower-case key: AWS ignores the case of condition keys. */
  readonly #given: ReadonlyMap<string, Values>;
  readonly #isSent: KeyTest;
  /** What AWS fills in, unless the request says otherwise. */
  readonly #filled: (key: string) => string | undefined;

  constructor(
    given: Readonly<Record<string, ContextInput>>,
    isSent: KeyTest,
    filled: (key: string) => string | undefined,
  ) {
    this.#given = fold(given);
    this.#isSent = isSent;
    this.#filled = filled;
  }

  /** The values of a key, `undefined` where the request has no such key. The key is in lower case. */
  get(key: string): Values | undefined {
    const given = this.#given.get(key);
    if (given !== undefined && this.#isSent(key)) return given;
    const filled = this.#filled(key);
    return filled === undefined ? undefined : [filled];
  }

  /** Could a request of this kind have the key, in lower case? */
  canHave(key: string): boolean {
    return this.#isSent(key);
  }
}

const folded = new WeakMap<object, ReadonlyMap<string, Values>>();

/** Read once for all the requests that share a context. */
function fold(given: Readonly<Record<string, ContextInput>>): ReadonlyMap<string, Values> {
  const known = folded.get(given);
  if (known !== undefined) return known;
  const values = new Map<string, Values>();
  for (const [key, value] of Object.entries(given)) {
    values.set(key.toLowerCase(), Array.isArray(value) ? value.map(String) : [String(value)]);
  }
  folded.set(given, values);
  return values;
}
