/** The request's context: condition keys and their values. Where the values come from is `request.ts`'s matter. */

export type ContextScalar = string | number | boolean;
export type ContextInput = ContextScalar | readonly ContextScalar[];

export class RequestContext {
  /** By lower-case key: AWS ignores the case of condition keys. */
  readonly #values = new Map<string, readonly string[]>();
  /** Keys that were given although the action never sends them. */
  readonly #ignored = new Set<string>();

  /** The values of a key, `undefined` where the request has no such key. The key is in lower case. */
  get(key: string): readonly string[] | undefined {
    return this.#values.get(key);
  }

  isIgnored(key: string): boolean {
    return this.#ignored.has(key);
  }

  set(key: string, value: ContextInput): void {
    const values = Array.isArray(value) ? value.map(String) : [String(value)];
    this.#values.set(key.toLowerCase(), values);
  }

  /** Sets what AWS fills by itself, unless the request says otherwise. */
  setDefault(key: string, value: string): void {
    const folded = key.toLowerCase();
    if (!this.#values.has(folded)) this.#values.set(folded, [value]);
  }

  ignore(key: string): void {
    this.#ignored.add(key.toLowerCase());
  }
}
