/**
 * Which statements of an account's policies ever applied while its access tests ran, and which never did: nothing
 * checks what those grant or deny. A statement is known by its place.
 */
import type { Account } from "./account.js";
import type { LocatedReason } from "./verdict.js";

export interface StatementPlace {
  readonly file: string;
  readonly pointer: string;
  readonly policy: string;
  readonly sid: string | undefined;
}

export interface StatementCoverage {
  readonly covered: number;
  readonly all: number;
  readonly uncovered: readonly StatementPlace[];
}

/** The places of statements that applied. */
export class Statements {
  readonly #places = new Set<string>();

  add({ file, pointer }: LocatedReason): void {
    if (file !== undefined && pointer !== undefined) this.#places.add(`${file} ${pointer}`);
  }

  has({ file, pointer }: StatementPlace): boolean {
    return this.#places.has(`${file} ${pointer}`);
  }
}

export function statementCoverage(accounts: Iterable<Account>, statements: Statements): StatementCoverage {
  const places = statementPlaces(accounts);
  const uncovered = places.filter((place) => !statements.has(place));
  return { covered: places.length - uncovered.length, all: places.length, uncovered };
}

/** Every statement of the accounts' own policies, each once. */
export function statementPlaces(accounts: Iterable<Account>): readonly StatementPlace[] {
  const places = new Map<string, StatementPlace>();
  for (const { documents } of accounts) {
    for (const { id, name, file, pointer, document } of documents.values()) {
      // Policies of AWS are AWS's to test.
      if (document === undefined || id.startsWith("aws/")) continue;
      const single = document.elements.Statement?.value?.type === "object";
      for (const { index, sid } of document.statements) {
        const place = `${pointer}/Statement${single ? "" : `/${index}`}`;
        places.set(`${file} ${place}`, { file, pointer: place, policy: name, sid: sid?.value });
      }
    }
  }
  return [...places.values()];
}
