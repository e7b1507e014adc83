/**
 * The answer to a question about an account with its grounds: the decision, and for each reason where the statement is
 * written. `evaluate` decides and explains; this knows the files.
 */
import type { Catalogue } from "../catalogue/catalogue.js";
import { type Decision, weigh } from "../evaluate/evaluate.js";
import type { Reason } from "../evaluate/explain.js";
import { NOT_NAMED } from "../evaluate/match-principal.js";
import type { Trace } from "../evaluate/trace.js";
import type { Statement } from "../policy/policy.js";
import type { StatementElement } from "../policy/words.js";
import { type Path, toPointer } from "../syntax/tree.js";
import type { Account, AccountDocument } from "./account.js";
import { describeProblem } from "./problem.js";
import { type Question, requestOf, type SoundDocument } from "./question.js";

export type Verdict =
  | ({ readonly decided: true } & Decision<LocatedReason>)
  | { readonly decided: false; readonly message: string };

/** Where the statement is written: the file as shown to the user, and a JSON pointer. */
export interface LocatedReason extends Reason {
  readonly file?: string;
  readonly pointer?: string;
  /** Of a statement that does not apply: the pointer of the element because of which. */
  readonly element?: string;
}

export function verdictOf(account: Account, question: Question, catalogue: Catalogue): Verdict {
  const asked = requestOf(account, question);
  if (!asked.ok) return { decided: false, message: unusableMessage(asked.unusable) };
  const { request, documents } = asked;
  const answer = weigh(
    request,
    (reason, trace): LocatedReason =>
      trace === undefined ? reason : { ...reason, ...placeOf(trace, documents) },
    catalogue,
  );
  return { decided: true, ...answer };
}

export function unusableMessage(documents: readonly AccountDocument[]): string {
  const reasons = documents.map(({ name, file, why }) =>
    why === undefined ? `\`${name}\` (${file})` : `\`${name}\` (${describeProblem(why)})`,
  );
  return `Nobody can tell, because a policy that counts cannot be used: ${reasons.join(", ")}`;
}

function placeOf(trace: Trace, documents: readonly SoundDocument[]) {
  const { source } = trace.statement;
  const holder = documents.find(({ document }) => document.statements.includes(source));
  if (holder === undefined) return {};
  const pointer = statementPointer(holder, source);
  const element = failingElement(trace);
  return {
    file: holder.file,
    pointer,
    ...(element === undefined ? {} : { element: pointer + toPointer(element) }),
  };
}

export function statementPointer({ document, pointer }: SoundDocument, { index }: Statement): string {
  const single = document.elements.Statement?.value?.type === "object";
  return `${pointer}/Statement${single ? "" : `/${index}`}`;
}

/** The path in a statement that does not apply to what is in the way; `undefined` where it is nothing that is written. */
function failingElement({
  statement: { source },
  matched,
  naming,
  onResource,
  failing,
}: Trace): Path | undefined {
  if (matched) return undefined;
  const written = (...names: readonly StatementElement[]): Path | undefined => {
    const [member] = names.flatMap((name) => source.elements[name] ?? []);
    return member === undefined ? undefined : [member.key.value];
  };
  if (naming === NOT_NAMED) return written("Principal", "NotPrincipal");
  if (!onResource) return written("Resource", "NotResource");
  const [first] = failing;
  const condition = source.conditions.find(
    ({ operator, key }) => operator.value === first?.operator.value && key.value === first.key,
  );
  const element = written("Condition");
  if (condition === undefined || element === undefined) return element;
  return [...element, condition.block.key.value, condition.key.value];
}
