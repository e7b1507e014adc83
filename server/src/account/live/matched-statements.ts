/**
 * Which statements AWS means: it names a policy in a way of its own, and a place in the text that it has. Where that text
 * is another than ours, a statement is found only if nothing speaks against it. It decides nothing.
 */
import type { PolicySource } from "../../evaluate/decide.js";
import type { NamedPolicy, PolicySet } from "../../evaluate/request.js";
import type { Statement } from "../../policy/policy.js";
import type { Span } from "../../syntax/span.js";
import { documentText, policyIn } from "../change/document-meaning.js";
import type { SoundDocument } from "../question.js";
import type { LivePosition, LiveStatement } from "./live-simulator.js";

export interface MeantStatement {
  readonly source: PolicySource;
  /** `undefined` for a policy that is not written here. */
  readonly holder: SoundDocument | undefined;
  readonly statement: Statement | undefined;
}

/**
 * @param documents all that bear on the request
 * @param texts how else AWS may have a document than as we send it, such as with the blanks of its file
 */
export function meantStatement(
  { policy, start, end }: LiveStatement,
  policies: PolicySet,
  documents: readonly SoundDocument[],
  texts: (holder: SoundDocument) => readonly string[],
): MeantStatement {
  const sent = sentPolicy(policy, policies);
  const holder = documents.find((it) =>
    sent === undefined ? isCalled(it, policy) : it.document === sent.policy?.document,
  );
  const source = sent?.source ?? sourceOf(holder, policies);
  if (holder === undefined) return { source, holder, statement: undefined };
  const { statements } = holder.document;
  if (statements.length === 1) return { source, holder, statement: statements[0] };
  if (start === undefined || end === undefined) return { source, holder, statement: undefined };
  const candidates = [documentText(holder.document), ...(sent === undefined ? texts(holder) : [])];
  for (const text of candidates) {
    const [from, to] = [offsetIn(text, start), offsetIn(text, end)];
    const index = (policyIn(text)?.statements ?? []).findIndex(({ node }) =>
      sent === undefined ? isExactly(text, node, from, to) : holds(node, (from + to) >> 1),
    );
    if (index >= 0) return { source, holder, statement: statements[index] };
  }
  return { source, holder, statement: undefined };
}

/** AWS counts the policies that it was sent. */
function sentPolicy(
  name: string,
  { identity, boundary = [], resource }: PolicySet,
): { readonly source: PolicySource; readonly policy: NamedPolicy | undefined } | undefined {
  const [, limit, number] = /^(PermissionsBoundary)?PolicyInputList\.(\d+)$/.exec(name) ?? [];
  if (number !== undefined) {
    const list = limit === undefined ? identity : boundary;
    return { source: limit === undefined ? "identity" : "boundary", policy: list[Number(number) - 1] };
  }
  return /^resource ?policy/i.test(name) ? { source: "resource", policy: resource } : undefined;
}

/** A managed policy goes by its name, one inside of somebody by kind, name and its own name. */
function isCalled({ id }: SoundDocument, name: string): boolean {
  return id === `policy/${name}` || id === `aws/${name}` || id.replaceAll("/", "_") === name;
}

function sourceOf(holder: SoundDocument | undefined, { boundary = [], identity }: PolicySet): PolicySource {
  const isOwn = identity.some(({ document }) => document === holder?.document);
  return !isOwn && boundary.some(({ document }) => document === holder?.document) ? "boundary" : "identity";
}

/** Ends where AWS says, and begins where nothing but blanks and a punctuation mark is left out. */
function isExactly(text: string, { start, end }: Span, from: number, to: number): boolean {
  const before = text.slice(Math.min(from, start), start);
  return Math.abs(to - end) <= 1 && from <= start + 1 && /^[[{,:]?\s*$/.test(before);
}

function holds({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset <= end;
}

function offsetIn(text: string, { line, column }: LivePosition): number {
  let at = 0;
  for (let left = line - 1; left > 0; left--) {
    const next = text.indexOf("\n", at);
    if (next < 0) break;
    at = next + 1;
  }
  return at + column - 1;
}
