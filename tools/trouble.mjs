// An error that the person at the terminal can do something about: shown as one message, without a stack.
export class Trouble extends Error {}

export function exitWith(error) {
  console.error(error instanceof Trouble ? `\n${error.message}` : error);
  process.exit(1);
}
