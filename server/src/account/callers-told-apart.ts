/**
 * The callers that policies of resources tell apart: those that they name, and where they speak to everyone, somebody
 * without an account, somebody with one, and those whom conditions pick out. What each of them may do is not asked.
 */
import { ANONYMOUS, readCaller } from "../evaluate/caller.js";
import type { Policy, Statement } from "../policy/policy.js";
import { isAnyone } from "../policy/principal.js";
import { fillWildcards } from "./concrete-arn.js";
import { ACCOUNT_ID } from "./value-reader.js";

/** Somebody with an account that no policy names. */
export const STRANGER = "arn:aws:iam::999999999999:user/anyone";

/** As `readCaller` takes them. */
export function callersToldApart(policies: readonly Policy[]): readonly string[] {
  const found = policies.flatMap(({ statements }) => statements.flatMap(callersOf));
  return [...new Set(found)].filter((it) => typeof readCaller(it) === "object");
}

function callersOf(statement: Statement): readonly string[] {
  const { principals, notPrincipals, element } = statement;
  const entries = [...principals, ...notPrincipals];
  const named = entries.flatMap((entry) =>
    isAnyone(entry) || entry.type?.value === "CanonicalUser" ? [] : [entry.value],
  );
  const everyone = entries.some(isAnyone) || element("NotPrincipal") !== undefined;
  return everyone ? [...named, ANONYMOUS, ...pickedOut(statement)] : named;
}

/** Conditions on the caller stand where principals might. */
function pickedOut({ conditions }: Statement): readonly string[] {
  return conditions.flatMap(({ key, values }) => {
    const folded = key.value.toLowerCase();
    if (!folded.startsWith("aws:principal")) return [];
    const texts = values.flatMap((it) => (it.type === "string" ? [fillWildcards(it.value)] : []));
    const own = texts.flatMap((text): readonly string[] => {
      if (folded === "aws:principalarn") return [withAccount(text)];
      if (folded === "aws:principalaccount") return [`arn:aws:iam::${accountOr(text)}:user/anyone`];
      return folded === "aws:principalservicename" ? [text] : [];
    });
    return [STRANGER, ...own];
  });
}

function withAccount(arn: string): string {
  const fields = arn.split(":");
  return fields.map((field, index) => (index === 4 ? accountOr(field) : field)).join(":");
}

function accountOr(text: string): string {
  return ACCOUNT_ID.test(text) ? text : "999999999999";
}
