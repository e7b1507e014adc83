/**
 * When the engine compiles for speed. By itself it does so in threads of its own within the first seconds: where there are
 * but two cores, these take turns with the editor and with answers, each of which then comes milliseconds late.
 */
import { availableParallelism } from "node:os";
import { setFlagsFromString } from "node:v8";

/** Bytes of code that a function runs before it is worth it; the engine's own number is an eighth. */
const BUDGET = 1_000_000;
const FEW_CORES = 2;

export function compilePatiently(): void {
  // Whether Electron lets its engine be told after its start is not documented.
  const canBeTold = process.versions["electron"] === undefined;
  if (canBeTold && availableParallelism() <= FEW_CORES) setFlagsFromString(`--interrupt-budget=${BUDGET}`);
}
