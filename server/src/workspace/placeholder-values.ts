/**
 * What account files say about placeholders, by the folder they lie in, read once. Objects stay the same for as long as
 * nothing in them changes, so that what was made with them can be kept.
 */
import { rememberedValues } from "../scaffold/choose-values.js";

type Values = Readonly<Record<string, string>>;

interface Known {
  readonly account: string;
  readonly values: Values | undefined;
  /** Together with those of a configuration. */
  readonly merged: WeakMap<Values, Values>;
}

export class PlaceholderValues {
  readonly #known = new Map<string, Known>();

  /** @param read the text of a file, or `undefined` where there is none */
  constructor(private readonly read: (path: string) => string | undefined) {}

  /** Those of the nearest account over others; the others themselves where there is no account. */
  over(others: Values, folders: Iterable<{ readonly folder: string; readonly account: string }>): Values {
    for (const { folder, account } of folders) {
      let known = this.#known.get(folder);
      if (known === undefined) {
        known = { account, values: this.#valuesOf(account), merged: new WeakMap() };
        this.#known.set(folder, known);
      }
      const { values, merged } = known;
      if (values === undefined) continue;
      const both = merged.get(others) ?? { ...others, ...values };
      merged.set(others, both);
      return both;
    }
    return others;
  }

  /** Reads the account files anew. @returns whether one of them says something else now */
  refresh(): boolean {
    let changed = false;
    for (const [folder, { account, values }] of this.#known) {
      const now = this.#valuesOf(account);
      if (JSON.stringify(now) === JSON.stringify(values)) continue;
      this.#known.set(folder, { account, values: now, merged: new WeakMap() });
      changed = true;
    }
    return changed;
  }

  #valuesOf(account: string): Values | undefined {
    const text = this.read(account);
    return text === undefined ? undefined : Object.fromEntries(rememberedValues(text));
  }
}
