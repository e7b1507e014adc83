/** The composition root of the thread that answers questions about accounts, so that keystrokes need not wait for them. */
import { parentPort } from "node:worker_threads";
import type { WorkerAnswer, WorkerQuestion } from "./node/account-thread.js";
import { diskPorts } from "./node/disk.js";
import { createAccountDesk } from "./workspace/account-desk.js";

const desk = createAccountDesk(diskPorts());
const running = new Map<number, { isCancellationRequested: boolean }>();
const send = (answer: WorkerAnswer) => parentPort?.postMessage(answer);

parentPort?.on("message", async (message: WorkerQuestion) => {
  const { id } = message;
  if ("cancel" in message) {
    const cancelled = running.get(id);
    if (cancelled !== undefined) cancelled.isCancellationRequested = true;
    return;
  }
  const { method, params, setting, parts } = message;
  const cancellation = { isCancellationRequested: false };
  running.set(id, cancellation);
  try {
    const part = parts ? (it: unknown) => send({ id, part: it }) : undefined;
    send({ id, result: await desk.ask(method, params, setting, part, cancellation) });
  } catch (error) {
    // Only where it happened: messages can quote the user's text.
    const frames =
      error instanceof Error ? (error.stack ?? "").split("\n").filter((it) => /^\s+at /.test(it)) : [];
    send({ id, failed: { name: error instanceof Error ? error.name : typeof error, frames } });
  } finally {
    running.delete(id);
  }
});
