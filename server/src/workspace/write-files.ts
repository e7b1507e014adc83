/** Writing files as one step, behind a port: what is written, and what it is told when it cannot be. It writes nothing. */

export interface FileToWrite {
  readonly path: string;
  readonly text: string;
}

export interface WritePorts {
  /**
   * All or none.
   * @throws WriteError after everything is as it was
   */
  readonly writeAll: (files: readonly FileToWrite[]) => void;
}

/** Which file could not be written, with the error of the system as its cause. */
export class WriteError extends Error {
  constructor(
    readonly path: string,
    cause: unknown,
  ) {
    super(`${path} cannot be written.`, { cause });
  }
}

/** A file that is to be written anew has bytes that nobody could read: what they say would be lost. */
export class UnreadableBytes extends Error {
  readonly code = "NOT_UTF8";

  constructor() {
    super("A part of it is not UTF-8 and would be lost. Save it as UTF-8.");
  }
}
