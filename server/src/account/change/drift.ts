/**
 * Where an account as it was read is not as its file says, difference by difference, each with the file that says
 * otherwise. What would be done about it is a plan's to say.
 */
import type { Account } from "../account.js";
import { documentId } from "./document-id.js";
import {
  BOUNDARY,
  EXISTS,
  type FactChange,
  factOf,
  isDocument,
  policyName,
  type SubjectId,
} from "./facts.js";
import { factsOfAccount } from "./facts-of-account.js";
import { factsOfSnapshot } from "./facts-of-snapshot.js";
import { describeFact } from "./recover.js";
import type { Snapshot } from "./snapshot-shape.js";
import { wantedChanges } from "./wanted-changes.js";

export interface Difference {
  readonly subject: SubjectId;
  readonly part: string;
  /** A sentence. */
  readonly words: string;
  /** The id of the document that differs; `undefined` for what is no document. */
  readonly document: string | undefined;
  /** The file that says otherwise, as the account calls it. */
  readonly file: string;
}

export function driftOf(account: Account, observed: Snapshot): readonly Difference[] {
  const facts = factsOfSnapshot(observed);
  const changes = wantedChanges(factsOfAccount(account), facts, observed, []);
  return changes
    .filter(({ subject, part }) => {
      // Of what is not there at all, only its documents are said besides: they have files of their own.
      const isNew = factOf(facts, subject, EXISTS) === undefined;
      return !isNew || part === EXISTS || isDocument(part);
    })
    .map((change) => {
      const { subject, part } = change;
      const document = documentId(subject, part);
      const file = (document && account.documents.get(document)?.file) ?? account.file;
      return { subject, part, words: wordsOf(change), document, file };
    });
}

function wordsOf({ subject, part, before, after }: FactChange): string {
  const what = describeFact(subject, part);
  const sentence = what.charAt(0).toUpperCase() + what.slice(1);
  if (before === undefined) return `${sentence} is not in the account.`;
  if (after === undefined) return `${sentence} is in the account, and not in the file.`;
  if (isDocument(part)) return `${sentence} says something else.`;
  const [live, here] = [before, after].map((it) => (part === BOUNDARY ? policyName(it) : it));
  return `${sentence} is \`${live}\` in the account, and \`${here}\` in the file.`;
}
