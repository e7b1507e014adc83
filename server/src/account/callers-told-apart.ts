/**
 * The callers that policies of resources tell apart: those that they name, and where they speak to everyone, somebody
 * without an account, somebody with one, and those whom conditions pick out. What each of them may do is not asked.
 */
import { ANONYMOUS, readCaller } from "../evaluate/caller.js";
import type { Policy, Statement } from "../policy/policy.js";
import { isAnyone } from "../policy/principal.js";
import { fillWildcards } from "./concrete-arn.js";
import { ACCOUNT_ID } from "./value-reader.js";

const STRANGE_ACCOUNT = "999999999999";
/** Somebody with an account that no policy names. */
export const STRANGER = anyoneOf(STRANGE_ACCOUNT);

/** As `readCaller` takes them. */
export function callersToldApart(policies: readonly Policy[]): readonly string[] {
  const found = policies.flatMap(({ statements }) => statements.flatMap(callersOf));
  return [...new Set(found)].filter((it) => typeof readCaller(it) === "object");
}

function callersOf(statement: Statement): readonly string[] {
  const { principals, notPrincipals, elements } = statement;
  const entries = [...principals, ...notPrincipals];
  const named = entries.flatMap((entry) =>
    isAnyone(entry) || entry.type?.value === "CanonicalUser" ? [] : [entry.value],
  );
  const everyone = entries.some(isAnyone) || elements.NotPrincipal !== undefined;
  if (everyone) return [...named, ANONYMOUS, ...pickedOut(statement, STRANGE_ACCOUNT)];
  return [...named, ...new Set(named.flatMap(wholeAccount).flatMap((id) => insiders(statement, id)))];
}

/** The account, if that is what the principal names. */
function wholeAccount(principal: string): readonly string[] {
  const caller = readCaller(principal);
  return typeof caller === "object" && caller.kind === "root" ? [caller.account ?? ""] : [];
}

/** Naming an account speaks to everybody in it. */
function insiders(statement: Statement, account: string): readonly string[] {
  return pickedOut(statement, account).filter((it) => {
    const caller = readCaller(it);
    return typeof caller === "object" && caller.account === account;
  });
}

/**
 * Conditions on the caller stand where principals might.
 * @param account where somebody is from, as far as the conditions leave that open
 */
function pickedOut({ conditions }: Statement, account: string): readonly string[] {
  const accountOr = (text: string) => (ACCOUNT_ID.test(text) ? text : account);
  return conditions.flatMap(({ key, values }) => {
    const folded = key.value.toLowerCase();
    if (!folded.startsWith("aws:principal")) return [];
    const texts = values.flatMap((it) => (it.type === "string" ? [fillWildcards(it.value)] : []));
    const own = texts.flatMap((text): readonly string[] => {
      if (folded === "aws:principalarn") return [replaceAccount(text, accountOr)];
      if (folded === "aws:principalaccount") return [anyoneOf(accountOr(text))];
      return folded === "aws:principalservicename" ? [text] : [];
    });
    return [anyoneOf(account), ...own];
  });
}

function anyoneOf(account: string): string {
  return `arn:aws:iam::${account}:user/anyone`;
}

function replaceAccount(arn: string, replace: (account: string) => string): string {
  const fields = arn.split(":");
  return fields.map((field, index) => (index === 4 ? replace(field) : field)).join(":");
}
