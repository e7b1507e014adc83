/**
 * When the engine compiles for speed. By itself it does so in threads of its own within the first seconds: on two cores
 * these take turns with the editor and with answers, each of which then comes milliseconds late. Nothing is slower for
 * it in the end.
 */
import { setFlagsFromString } from "node:v8";

/** Bytes of code that a function runs before it is worth it; the engine's own number is an eighth. */
const BUDGET = 1_000_000;

export function compilePatiently(): void {
  // Whether Electron lets its engine be told after its start is not documented, and editors have more cores.
  if (process.versions["electron"] === undefined) setFlagsFromString(`--interrupt-budget=${BUDGET}`);
}
