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
