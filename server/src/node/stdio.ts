/**
 * Messages over standard input and output, each written as a whole: a head that goes out before its body wakes the
 * client twice. What messages mean is not known here.
 */
import { Console } from "node:console";
import type { Writable } from "node:stream";
import {
  AbstractMessageWriter,
  type Message,
  type MessageReader,
  type MessageWriter,
  StreamMessageReader,
} from "vscode-languageserver/node";

export function stdio(): readonly [MessageReader, MessageWriter] {
  // A client that is gone says no goodbye.
  for (const gone of ["end", "close"]) process.stdin.on(gone, () => process.exit(1));
  // The protocol has standard output for itself.
  globalThis.console = new Console(process.stderr);
  return [new StreamMessageReader(process.stdin), new WholeMessageWriter(process.stdout)];
}

/** A class, because the protocol's library keeps the listeners of writers in one. */
export class WholeMessageWriter extends AbstractMessageWriter implements MessageWriter {
  #failures = 0;

  constructor(private readonly output: Writable) {
    super();
    output.on("error", (error) => this.fireError(error));
    output.on("close", () => this.fireClose());
  }

  write(message: Message): Promise<void> {
    const body = JSON.stringify(message);
    const whole = `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
    return new Promise((resolve, reject) => {
      this.output.write(whole, (error) => {
        if (error === undefined || error === null) return resolve();
        this.fireError(error, message, ++this.#failures);
        reject(error);
      });
    });
  }

  end(): void {
    this.output.end();
  }
}
