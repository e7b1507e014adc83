/** Asks the person at the terminal. Questions go to standard error: standard output is for results. */
import { createInterface } from "node:readline/promises";
import { UsageError } from "./terminal.js";

/** @throws UsageError where nobody answers: the input ends, or is interrupted */
export async function askOnTerminal(question: string): Promise<string> {
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  const gone = new AbortController();
  asking.once("close", () => gone.abort());
  try {
    return (await asking.question(question, { signal: gone.signal })).trim();
  } catch {
    throw new UsageError("\nThe question was not answered: nothing was done.");
  } finally {
    asking.close();
  }
}
