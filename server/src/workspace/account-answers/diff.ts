/** `iamPolicy/diff`: which access a change of an account or of policies gives and takes, against another state of the files or another file. */
import { comparedCallers, diffEachCaller } from "../../account/diff-accounts.js";
import { diffMarkdown } from "../../account/diff-report.js";
import type { Difference } from "../../account/semantic-diff.js";
import { languageOf } from "../../syntax/document.js";
import type { Desk } from "../account-desk.js";
import type { DiffAnswer, DiffParams, Refusal } from "../account-questions.js";
import { type DocumentsDiff, diffDocuments } from "../diff-documents.js";
import { type DocumentPolicies, documentPolicies } from "../document-policies.js";
import type { FileState } from "../file-state.js";
import { accountAt, brokenPolicy, holdsAccount, refuse } from "./asked-account.js";

export async function diff(desk: Desk, { uri, against, title }: DiffParams): Promise<DiffAnswer | Refusal> {
  const { now, catalogue } = desk;
  const other = typeof against === "object" && "uri" in against ? against.uri : undefined;
  const before = typeof against === "object" && "uri" in against ? now : desk.other(against);
  const found = await differences(before, other ?? uri, now, uri, desk);
  if (!found.ok) return found;
  const list = found.sections.flatMap((it) => it.differences);
  const gained = list.filter(({ change }) => change === "gained").length;
  const name = now.shownUri(uri);
  const heading = {
    title: `Access: ${name}`,
    before: other !== undefined ? `\`${now.shownUri(other)}\`` : (title ?? "the saved version"),
    after: `\`${name}\` as it is`,
  };
  return {
    ok: true,
    gained,
    lost: list.length - gained,
    document: diffMarkdown(found.sections, heading, catalogue, found.notes),
  };
}

async function differences(
  before: FileState,
  oldUri: string,
  now: FileState,
  uri: string,
  desk: Desk,
): Promise<({ readonly ok: true } & DocumentsDiff) | Refusal> {
  const { catalogue } = desk;
  const [wasAccount, isOne] = [holdsAccount(before, oldUri), holdsAccount(now, uri)];
  if (isOne || wasAccount) {
    const old = accountAt(before, oldUri);
    if (!old.ok) return inOther(old);
    const after = accountAt(now, uri);
    if (!after.ok) return after;
    const list: Difference[] = [];
    for (const found of diffEachCaller(old.account, after.account, catalogue)) {
      list.push(...found);
      if (!(await desk.goOn())) return refuse("Cancelled.");
    }
    const callers = comparedCallers(old.account, after.account);
    return { ok: true, sections: [{ about: undefined, differences: list, callers }], notes: [] };
  }
  const old = soundPolicies(before, oldUri);
  if (!old.ok) return inOther(old);
  const after = soundPolicies(now, uri);
  if (!after.ok) return after;
  return { ok: true, ...diffDocuments(old.document, after.document, catalogue) };
}

/** The policies of a document, all of which AWS would take. */
function soundPolicies(
  state: FileState,
  uri: string,
): { readonly ok: true; readonly document: DocumentPolicies } | Refusal {
  const text = state.readUri(uri);
  if (text === undefined) return refuse("There is no such file, or it cannot be read.");
  const shown = state.shownUri(uri);
  const document = documentPolicies(text, languageOf(decodeURIComponent(uri)));
  if (document.policies.length === 0) return refuse(`${shown} holds no policy.`);
  for (const policy of document.policies) {
    const problem = document.problemIn(policy);
    if (problem !== undefined) return refuse(brokenPolicy(shown, problem));
  }
  return { ok: true, document };
}

function inOther({ message }: Refusal): Refusal {
  return refuse(`In the version to compare with: ${message}`);
}
