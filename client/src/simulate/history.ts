/** The last questions of this workspace, newest first, so that they can be asked again. */
import type * as vscode from "vscode";
import type { SimulateParams, Simulation } from "../../../server/src/lsp/protocol.js";

const KEY = "iamPolicy.simulations";
const KEPT = 20;

export interface Asked {
  readonly question: SimulateParams;
  /** How it was answered then. */
  readonly headline: string;
  /** Was AWS asked? */
  readonly live?: boolean;
}

export interface History {
  all(): readonly Asked[];
  add(simulation: Simulation): Promise<void>;
}

export function createHistory(memory: vscode.Memento): History {
  const all = (): readonly Asked[] => memory.get<readonly Asked[]>(KEY, []);
  return {
    all,
    async add({ question, headline, live }) {
      const asked: Asked = { question, headline, ...(live && { live: true }) };
      const others = all().filter((it) => keyOf(it) !== keyOf(asked));
      await memory.update(KEY, [asked, ...others].slice(0, KEPT));
    },
  };
}

function keyOf({ question, live }: Asked): string {
  return JSON.stringify([question, live === true]);
}
