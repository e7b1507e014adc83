/** `iamPolicy/diff`: which access a change of an account or a policy gives and takes, against another state of the files or another file. */
import { diffAccounts } from "../../account/diff-accounts.js";
import { diffPolicies } from "../../account/diff-policies.js";
import { diffMarkdown } from "../../account/diff-report.js";
import type { Difference } from "../../account/semantic-diff.js";
import type { Desk } from "../account-desk.js";
import type { DiffAnswer, DiffParams, Refusal } from "../account-questions.js";
import type { FileState } from "../file-state.js";
import { accountAt, isAccount, lonePolicy, refuse } from "./asked-account.js";

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
    document: diffMarkdown(found.list, heading, catalogue),
  };
}

function differences(
  before: FileState,
  oldUri: string,
  now: FileState,
  uri: string,
  { catalogue }: Desk,
): { readonly ok: true; readonly list: readonly Difference[] } | Refusal {
  const [wasAccount, isOne] = [isAccount(before, oldUri), isAccount(now, uri)];
  if (isOne || wasAccount) {
    const old = accountAt(before, oldUri);
    if (!old.ok) return inOther(old);
    const after = accountAt(now, uri);
    if (!after.ok) return after;
    return { ok: true, list: diffAccounts(old.account, after.account, catalogue) };
  }
  const old = lonePolicy(before, oldUri);
  if (!old.ok) return inOther(old);
  const after = lonePolicy(now, uri);
  if (!after.ok) return after;
  return { ok: true, list: diffPolicies(old.lone.document, after.lone.document, catalogue) };
}

function inOther({ message }: Refusal): Refusal {
  return refuse(`In the version to compare with: ${message}`);
}
