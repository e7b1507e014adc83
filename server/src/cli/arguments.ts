/** Command-line flags, read strictly: what is not known is named, with the nearest that is. */
import { parseArgs } from "node:util";
import { nearest } from "../policy/nearest.js";
import { UsageError } from "./terminal.js";

export type Flags = Readonly<
  Record<
    string,
    {
      readonly type: "string" | "boolean";
      readonly short?: string;
      /** May be given several times, and takes all values up to the next flag. */
      readonly multiple?: boolean;
    }
  >
>;

type Value = string | boolean | readonly string[] | undefined;

export interface Arguments {
  readonly values: Readonly<Record<string, Value>>;
  readonly positionals: readonly string[];
}

/** @throws UsageError */
export function readArguments(args: readonly string[], flags: Flags): Arguments {
  try {
    const parsed = parseArgs({ args: [...args], options: flags, allowPositionals: true, tokens: true });
    const lists: Record<string, string[]> = {};
    for (const [name, { multiple }] of Object.entries(flags)) if (multiple === true) lists[name] = [];
    const positionals: string[] = [];
    let taking: string[] | undefined;
    for (const token of parsed.tokens) {
      if (token.kind !== "positional") taking = token.kind === "option" ? lists[token.name] : undefined;
      if (token.kind === "positional") (taking ?? positionals).push(token.value);
      else if (token.kind === "option" && token.value !== undefined) taking?.push(token.value);
    }
    const values = { ...(parsed.values as Arguments["values"]), ...lists };
    return { values, positionals };
  } catch (error) {
    const flag = /'(--?[^' =]+)/.exec(error instanceof Error ? error.message : "")?.[1] ?? "";
    const name = flag.replace(/^-+/, "");
    if (name in flags) {
      const wants = flags[name]?.type === "string" ? "needs a value" : "takes no value";
      throw new UsageError(`${flag} ${wants}.`);
    }
    const near = nearest(name, Object.keys(flags));
    const hint = near === undefined ? "--help lists those that there are." : `Did you mean --${near}?`;
    throw new UsageError(`There is no flag ${flag}. ${hint}`);
  }
}

/** The values of a flag that may be given several times. */
export function listOf(value: Value): readonly string[] {
  return Array.isArray(value) ? value : [];
}

/** @throws UsageError when the value is not one of those allowed */
export function oneOf<T extends string>(flag: string, value: Value, allowed: readonly T[]): T | undefined {
  if (value === undefined) return undefined;
  if (allowed.includes(value as T)) return value as T;
  throw new UsageError(`--${flag} is one of ${allowed.join(", ")}, not ${String(value)}.`);
}
