/** A question about an account as it goes to AWS, with our own answer beside it. Nobody is asked here. */
import type { Catalogue } from "../../catalogue/catalogue.js";
import type { Account } from "../account.js";
import type { AccountPrincipal } from "../principal.js";
import { type Question, requestOf } from "../question.js";
import { type Verdict, verdictOf } from "../verdict.js";
import { liveQuestion } from "./live-question.js";
import type { LiveQuestion } from "./live-simulator.js";

export type LiveRequest =
  | {
      readonly ok: true;
      readonly question: LiveQuestion;
      /** The same with the policies as they are written here, where the first leaves it to AWS which they are. */
      readonly asWritten: LiveQuestion | undefined;
      /** What bears on the request and AWS's simulator does not look at; each a few words. */
      readonly unseen: readonly string[];
      readonly verdict: Verdict & { readonly decided: true };
    }
  | { readonly ok: false; readonly why: string };

/** @param isReal whether AWS knows the account: one that is made up around a lone policy is sent as it is written */
export function liveRequest(
  account: Account,
  question: Question,
  catalogue: Catalogue,
  isReal = true,
): LiveRequest {
  const verdict = verdictOf(account, question, catalogue);
  if (!verdict.decided) return { ok: false, why: verdict.message };
  const asked = requestOf(account, question);
  if (!asked.ok) return { ok: false, why: "It cannot be asked." };
  const arn = isReal ? arnOf(account, question.principal) : undefined;
  const asking = liveQuestion(asked.request, arn, catalogue);
  if (!asking.ok) return asking;
  const written = arn === undefined ? undefined : liveQuestion(asked.request, undefined, catalogue);
  return { ...asking, asWritten: written?.ok ? written.question : undefined, verdict };
}

/** The ARN by which AWS knows somebody of the account whose policies it can look up. */
function arnOf(account: Account, { name, caller }: AccountPrincipal): string | undefined {
  if (name.startsWith("group/")) return account.groups.get(name.slice("group/".length))?.arn;
  if (name.startsWith("policy/") || !["user", "role", "session"].includes(caller.kind)) return undefined;
  return caller.principalArn;
}
