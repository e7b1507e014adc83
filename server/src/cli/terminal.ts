/** What the commands know of the terminal: where to write, what was typed, whether colours are welcome. */

export interface Terminal {
  readonly cwd: string;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** All of standard input, as bytes. */
  readonly readInput: () => Promise<Uint8Array>;
  readonly colours: boolean;
  /** Asks the person at the terminal, and waits for a line; absent where there is nobody to ask. */
  readonly ask?: ((question: string) => Promise<string>) | undefined;
  /** The language of whoever sits there, as a tag such as `de-CH`; English unless said. */
  readonly locale?: string | undefined;
  /** Shows how far a long run is, on one line that changes; the empty text takes it away. */
  readonly progress?: ((text: string) => void) | undefined;
  /** From its first call on, Ctrl+C asks to stop where it is safe, and the second one ends the process. */
  readonly interruption?: (() => AbortSignal) | undefined;
}

export const EXIT = { ok: 0, findings: 1, usage: 2 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Wrong usage or unreadable input, as a message for the user: what, where and what to do. */
export class UsageError extends Error {}

type Style = "bold" | "dim" | "red" | "yellow" | "blue" | "cyan";
const CODES: Readonly<Record<Style, readonly [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  yellow: [33, 39],
  blue: [34, 39],
  cyan: [36, 39],
};

export type Paint = (style: Style, text: string) => string;

export function painter(colours: boolean): Paint {
  if (!colours) return (_style, text) => text;
  return (style, text) => {
    const [on, off] = CODES[style];
    return `\u001b[${on}m${text}\u001b[${off}m`;
  };
}
