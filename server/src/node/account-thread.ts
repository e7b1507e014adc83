/**
 * The answers of another thread: questions go to a worker that is started with the first one and again after a crash.
 * It knows how to pass messages and nothing about accounts.
 */
import { Worker } from "node:worker_threads";
import type { AccountWork, DeskRequests, Setting } from "../workspace/account-questions.js";

export type WorkerQuestion =
  | {
      readonly id: number;
      readonly method: keyof DeskRequests;
      readonly params: never;
      readonly setting: Setting;
      /** Are parts of the answer wanted? */
      readonly parts: boolean;
    }
  | { readonly id: number; readonly cancel: true };

export type WorkerAnswer =
  | { readonly id: number; readonly part: unknown }
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly failed: { readonly name: string; readonly frames: readonly string[] } };

interface Waiting {
  readonly part: ((part: unknown) => void) | undefined;
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
}

/** How long after a cancellation, in milliseconds. */
const PATIENCE = 1_000;

/** @param module the bundle of `main-worker.ts` */
export function accountThread(module: string): AccountWork {
  let worker: Worker | undefined;
  let last = 0;
  const waiting = new Map<number, Waiting>();

  const fail = (error: Error) => {
    worker = undefined;
    const failed = [...waiting.values()];
    waiting.clear();
    for (const { reject } of failed) reject(error);
  };
  const start = (): Worker => {
    const started = new Worker(module);
    started.on("message", (answer: WorkerAnswer) => {
      const asked = waiting.get(answer.id);
      if (asked === undefined) return;
      if ("part" in answer) return asked.part?.(answer.part);
      waiting.delete(answer.id);
      if (waiting.size === 0) started.unref();
      if ("result" in answer) asked.resolve(answer.result as never);
      else asked.reject(thrownThere(answer.failed));
    });
    started.on("error", fail);
    started.on("exit", () => {
      if (worker === started) fail(new Error("The thread ended."));
    });
    return started;
  };

  return {
    ask(method, params, setting, part, cancellation) {
      worker ??= start();
      const asked = worker;
      const id = ++last;
      asked.ref();
      const question: WorkerQuestion = {
        id,
        method,
        params: params as never,
        setting,
        parts: part !== undefined,
      };
      asked.postMessage(question);
      let timer: NodeJS.Timeout | undefined;
      const listening = cancellation.onCancellationRequested?.(() => {
        asked.postMessage({ id, cancel: true } satisfies WorkerQuestion);
        // One that cannot stop by itself is ended, unless somebody else still waits for it.
        timer = setTimeout(() => {
          if (worker !== asked || waiting.size > 1 || !waiting.has(id)) return;
          void asked.terminate();
          fail(new Error("Cancelled."));
        }, PATIENCE);
      });
      return new Promise<never>((resolve, reject) => {
        waiting.set(id, { part, resolve, reject });
      }).finally(() => {
        clearTimeout(timer);
        listening?.dispose();
      });
    },
  };
}

function thrownThere({ name, frames }: { readonly name: string; readonly frames: readonly string[] }): Error {
  const error = new Error("It failed in its thread.");
  error.name = name;
  error.stack = [name, ...frames].join("\n");
  return error;
}
