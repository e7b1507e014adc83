/**
 * Many requests put to AWS's simulator: those that differ in nothing but the action go together. A request that AWS does
 * not take does not keep the others from being answered.
 */
import { type CallOptions, TargetError } from "../change/target.js";
import type { LiveAnswer, LiveQuestion, LiveSimulator } from "./live-simulator.js";

export type LiveOutcome = LiveAnswer | { readonly refused: string };

export interface AskOptions extends CallOptions {
  /** How many of the requests have been answered. */
  readonly progress?: (done: number) => void;
}

/** @param asked questions about a single action each. Rejects with a `TargetError`. @returns an outcome for each, in their order */
export async function askLive(
  asked: readonly LiveQuestion[],
  simulator: LiveSimulator,
  { progress, ...options }: AskOptions = {},
): Promise<readonly LiveOutcome[]> {
  const together = new Map<string, { readonly question: LiveQuestion; readonly actions: Set<string> }>();
  const keys = asked.map((question) => JSON.stringify({ ...question, actions: [] }));
  for (const [index, question] of asked.entries()) {
    const key = keys[index] ?? "";
    const known = together.get(key) ?? { question, actions: new Set<string>() };
    for (const action of question.actions) known.actions.add(action);
    together.set(key, known);
  }
  const refused = new Map<string, string>();
  const found = new Map<string, LiveAnswer>();
  let done = 0;
  for (const [key, { question, actions }] of together) {
    try {
      const answers = await simulator.simulate({ ...question, actions: [...actions] }, options);
      for (const answer of answers) found.set(`${key} ${answer.action.toLowerCase()}`, answer);
    } catch (error) {
      if (!(error instanceof TargetError) || !ABOUT_THE_REQUEST.has(error.kind)) throw error;
      refused.set(key, error.message);
    }
    done += actions.size;
    progress?.(done);
  }
  return asked.map(({ actions: [action = ""] }, index): LiveOutcome => {
    const key = keys[index] ?? "";
    return (
      found.get(`${key} ${action.toLowerCase()}`) ?? {
        refused: refused.get(key) ?? `AWS's simulator gives no answer about \`${action}\`.`,
      }
    );
  });
}

/** The others would meet every request. */
const ABOUT_THE_REQUEST: ReadonlySet<TargetError["kind"]> = new Set(["invalid", "absent"]);
