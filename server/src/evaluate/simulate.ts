/**
 * One request as JSON to one answer as JSON, or a list of them: what `iam-policy simulate` does.
 * How a request is written is `read-request.ts`'s.
 */
import type { Catalogue } from "../catalogue/catalogue.js";
import { type Decision, evaluate } from "./evaluate.js";
import { type InputError, readRequest } from "./read-request.js";

export type SimulationResult =
  | { readonly ok: true; readonly answer: Decision }
  | { readonly ok: false; readonly errors: readonly InputError[] };

export function simulate(input: unknown, catalogue?: Catalogue): SimulationResult {
  const read = readRequest(input, catalogue);
  return read.ok ? { ok: true, answer: evaluate(read.request, catalogue) } : read;
}

/** Each request of a list on its own; the pointers of errors start at the list. */
export function simulateAll(input: readonly unknown[], catalogue?: Catalogue): readonly SimulationResult[] {
  return input.map((item, index) => {
    const result = simulate(item, catalogue);
    if (result.ok) return result;
    return { ok: false, errors: result.errors.map((it) => ({ ...it, pointer: `/${index}${it.pointer}` })) };
  });
}
