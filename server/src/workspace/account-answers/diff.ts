/** `iamPolicy/diff`: which access a change of an account or of policies gives and takes, against another state of the files or another file. */
import { diffAccounts } from "../../account/diff-accounts.js";
import { type DiffSection, diffMarkdown } from "../../account/diff-report.js";
import type { Difference } from "../../account/semantic-diff.js";
import { languageOf } from "../../syntax/document.js";
import type { Desk } from "../account-desk.js";
import type { DiffAnswer, DiffParams, Refusal } from "../account-questions.js";
import { diffDocuments, sectionsOf } from "../diff-documents.js";
import { type DocumentPolicies, documentPolicies } from "../document-policies.js";
import type { FileState } from "../file-state.js";
import { accountAt, brokenPolicy, holdsAccount, refuse } from "./asked-account.js";

export function diff(desk: Desk, { uri, against, title }: DiffParams): DiffAnswer | Refusal {
  const { now, catalogue } = desk;
  const other = typeof against === "object" && "uri" in against ? against.uri : undefined;
  const before = typeof against === "object" && "uri" in against ? now : desk.other(against);
  const found = differences(before, other ?? uri, now, uri, desk);
  if (!found.ok) return found;
  const gained = found.list.filter(({ change }) => change === "gained").length;
  const name = now.shownUri(uri);
  const heading = {
    title: `Access: ${name}`,
    before: other !== undefined ? `\`${now.shownUri(other)}\`` : (title ?? "the saved version"),
    after: `\`${name}\` as it is`,
  };
  return {
    ok: true,
    gained,
    lost: found.list.length - gained,
    document: diffMarkdown(found.sections, heading, catalogue, found.notes),
  };
}

interface Found {
  readonly ok: true;
  readonly list: readonly Difference[];
  readonly sections: readonly DiffSection[];
  readonly notes: readonly string[];
}

function differences(
  before: FileState,
  oldUri: string,
  now: FileState,
  uri: string,
  { catalogue }: Desk,
): Found | Refusal {
  const [wasAccount, isOne] = [holdsAccount(before, oldUri), holdsAccount(now, uri)];
  if (isOne || wasAccount) {
    const old = accountAt(before, oldUri);
    if (!old.ok) return inOther(old);
    const after = accountAt(now, uri);
    if (!after.ok) return after;
    const list = diffAccounts(old.account, after.account, catalogue);
    return { ok: true, list, sections: [{ about: undefined, differences: list }], notes: [] };
  }
  const old = soundPolicies(before, oldUri);
  if (!old.ok) return inOther(old);
  const after = soundPolicies(now, uri);
  if (!after.ok) return after;
  const found = diffDocuments(old.document, after.document, catalogue);
  return { ok: true, list: found.differences, ...sectionsOf(found) };
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
    if (problem !== undefined) return refuse(brokenPolicy(shown, problem.code));
  }
  return { ok: true, document };
}

function inOther({ message }: Refusal): Refusal {
  return refuse(`In the version to compare with: ${message}`);
}
