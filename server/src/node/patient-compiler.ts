/**
 * When the engine compiles for speed. By itself it does so in threads of its own within the first seconds: where there are
 * but two cores, these take turns with the editor and with answers, each of which then comes milliseconds late.
 */
import { availableParallelism } from "node:os";
import { setFlagsFromString } from "node:v8";

/** Bytes of code that a function runs before it is worth it; the engine's own number is an eighth. */
const BUDGET = 1_000_000;
const FEW_CORES = 2;

export interface Machine {
  readonly cores: number;
  readonly isElectron: boolean;
}

/** @param tell takes a flag of the engine */
export function compilePatiently(
  { cores, isElectron }: Machine = thisMachine(),
  tell: (flag: string) => void = setFlagsFromString,
): void {
  // Whether Electron lets its engine be told after its start is not documented.
  if (!isElectron && cores <= FEW_CORES) tell(`--interrupt-budget=${BUDGET}`);
}

function thisMachine(): Machine {
  return { cores: availableParallelism(), isElectron: process.versions["electron"] !== undefined };
}
