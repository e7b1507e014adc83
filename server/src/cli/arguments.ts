/** Command-line flags, read strictly: what is not known is named, with the nearest that is. */
import { parseArgs } from "node:util";
import { nearest } from "../lint/nearest.js";
import { UsageError } from "./terminal.js";

export type Flags = Readonly<
  Record<string, { readonly type: "string" | "boolean"; readonly short?: string }>
>;

export interface Arguments {
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
  readonly positionals: readonly string[];
}

/** @throws UsageError */
export function readArguments(args: readonly string[], flags: Flags): Arguments {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: flags, allowPositionals: true });
    return { values: values as Arguments["values"], positionals };
  } catch (error) {
    const flag = /'(--?[^' =]+)/.exec(error instanceof Error ? error.message : "")?.[1] ?? "";
    const name = flag.replace(/^-+/, "");
    if (name in flags) {
      const wants = flags[name]?.type === "string" ? "needs a value" : "takes no value";
      throw new UsageError(`${flag} ${wants}.`);
    }
    const near = nearest(name, Object.keys(flags));
    throw new UsageError(`There is no flag ${flag}.${near === undefined ? "" : ` Did you mean --${near}?`}`);
  }
}

/** @throws UsageError when the value is not one of those allowed */
export function oneOf<T extends string>(
  flag: string,
  value: string | boolean | undefined,
  allowed: readonly T[],
): T | undefined {
  if (value === undefined) return undefined;
  if (allowed.includes(value as T)) return value as T;
  throw new UsageError(`--${flag} is one of ${allowed.join(", ")}, not ${String(value)}.`);
}
