/** The last questions of this workspace, newest first, so that they can be asked again. */
import type * as vscode from "vscode";
import type { SimulateParams, Simulation } from "../../../server/src/lsp/protocol.js";

const KEY = "iamPolicy.simulations";
const KEPT = 20;

export interface Asked {
  readonly question: SimulateParams;
  /** How it was answered then. */
  readonly headline: string;
}

export interface History {
  all(): readonly Asked[];
  add(simulation: Simulation): Promise<void>;
}

export function createHistory(memory: vscode.Memento): History {
  const all = (): readonly Asked[] => memory.get<readonly Asked[]>(KEY, []);
  return {
    all,
    async add({ question, headline }) {
      const same = JSON.stringify(question);
      const others = all().filter((it) => JSON.stringify(it.question) !== same);
      await memory.update(KEY, [{ question, headline }, ...others].slice(0, KEPT));
    },
  };
}
