/** What is wrong with an account, a test file or a question, and where: file and JSON pointer. It decides nothing. */
import type { Span } from "../syntax/span.js";
import { pathAt, toPointer, type ValueNode } from "../syntax/tree.js";

export interface AccountProblem extends Span {
  /** As shown to the user. */
  readonly file: string;
  readonly pointer: string;
  /** What is wrong and what to do about it. */
  readonly message: string;
}

export type Complain = (at: Span, message: string) => void;

/** Collects the problems of one file; the pointer follows from the place. */
export function complainer(
  file: string,
  root: ValueNode | undefined,
  problems: AccountProblem[],
  pointer = "",
): Complain {
  return (at, message) => {
    const place = pointer + toPointer(pathAt(root, at));
    // One mistake, met on several ways through a file, is one problem.
    const known = (it: AccountProblem) => it.message === message && it.pointer === place && it.file === file;
    if (problems.some(known)) return;
    problems.push({ file, pointer: place, message, start: at.start, end: at.end });
  };
}

export function describeProblem({ file, pointer, message }: AccountProblem): string {
  return `${file}${pointer === "" ? "" : ` ${pointer}`}: ${message}`;
}
