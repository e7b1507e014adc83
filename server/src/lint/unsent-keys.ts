/**
 * Condition keys of services that actions of the statement never send, as the reference has it.
 * Global keys are not looked at, and neither are services whose keys the reference does not list in full.
 */
import type { Action, Catalogue } from "../catalogue/catalogue.js";
import { hasCompleteKeys } from "../catalogue/incomplete-keys.js";
import { listedKeys, sentKeys } from "../catalogue/sent-keys.js";
import { type ActionPattern, ofWords } from "../policy/action-pattern.js";
import type { Condition } from "../policy/condition.js";
import { NULL } from "../policy/condition-types.js";
import type { Statement } from "../policy/policy.js";

export interface UnsentKey {
  readonly condition: Condition;
  /** Never empty. */
  readonly actions: readonly ActionPattern[];
}

/** The actions named without wildcards that lack a key of the statement's conditions, once for each key. */
export function unsentKeys(statement: Statement, catalogue: Catalogue): readonly UnsentKey[] {
  const found: UnsentKey[] = [];
  for (const condition of statement.conditions) {
    // `IfExists` and `Null` say what is to be where the key is absent: whoever writes them has thought of it.
    const { operator } = condition;
    if (operator.ifExists || operator.base === NULL || !isServiceKey(condition)) continue;
    const key = condition.key.value.toLowerCase();
    if (found.some((it) => it.condition.key.value.toLowerCase() === key)) continue;
    const actions = statement.actions.filter(({ words }) => namedIn(words, catalogue)?.lacks(key));
    if (actions.length > 0) found.push({ condition, actions });
  }
  return found;
}

/** The action that an entry names, without wildcards: is it sent without that key? */
const namedIn = ofWords.answeredIn(({ folded, wildcard }, catalogue: Catalogue) => {
  const named = wildcard ? undefined : catalogue.action(folded);
  return named && hasCompleteKeys(named) ? { lacks: lackingIn(catalogue, named) } : undefined;
});

export function isServiceKey({ key }: Condition): boolean {
  return !key.value.startsWith("aws:") && !/^aws:/i.test(key.value);
}

/** Takes the key in lower case; `false` where that cannot be told. */
export function neverSends(catalogue: Catalogue, action: Action, key: string): boolean {
  return hasCompleteKeys(action) && lackingIn(catalogue, action)(key);
}

function lackingIn(catalogue: Catalogue, { service, fullName }: Action): (key: string) => boolean {
  const folded = fullName.toLowerCase();
  const sent = sentKeys(catalogue, folded);
  return (key) =>
    // A session carries the claims it was made with, so only making one can be without them.
    service === "sts" && isListedClaim(catalogue, key)
      ? !isListed(catalogue, folded, key)
      : sent?.(key) === false;
}

function isListed(catalogue: Catalogue, action: string, key: string): boolean {
  return listedKeys(catalogue, action)?.(key) === true;
}

const FEDERATION = "sts:assumerolewithwebidentity";

/** Claims of the identity providers that STS's reference names; those of all others are unknown. */
function isListedClaim(catalogue: Catalogue, key: string): boolean {
  return key.slice(0, key.indexOf(":")).includes(".") && isListed(catalogue, FEDERATION, key);
}
