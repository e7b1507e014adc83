/**
 * Conditions on the tags of a resource, and the actions of services that tell nothing of them.
 * Access Analyzer words its checks by service, and so they are decided here: a single action that sends no tags, of a
 * service that otherwise does, is left alone.
 */
import type { Action, Catalogue } from "../catalogue/catalogue.js";
import { perCatalogue } from "../catalogue/per-catalogue.js";
import { listedKeys } from "../catalogue/sent-keys.js";
import { failsWithoutKey } from "../policy/absent-key.js";
import { type ActionPattern, ofWords } from "../policy/action-pattern.js";
import type { Condition } from "../policy/condition.js";
import { NULL } from "../policy/condition-types.js";
import type { Statement } from "../policy/policy.js";
import { hasWildcard } from "../policy/wildcard.js";
import type { PolicyKind } from "../policy/words.js";
import { moveActions } from "./move-actions.js";
import type { RuleContext } from "./rule.js";

/** The kinds that speak about the resources of many services. */
export const KINDS_WITH_RESOURCE_TAGS: readonly PolicyKind[] = ["identity", "boundary", "session", "scp"];

const RESOURCE_TAG = "aws:resourcetag/";
const REQUEST_TAG = "aws:requesttag/-";

/** The conditions that fail for a resource without tags, once for each tag. */
export function resourceTagConditions({ conditions }: Statement): readonly Condition[] {
  return conditions.filter((condition, index) => {
    if (!isTagCondition(condition)) return false;
    const key = condition.key.value.toLowerCase();
    return !conditions.slice(0, index).some((it) => it.key.value.toLowerCase() === key && isTagCondition(it));
  });
}

function isTagCondition(condition: Condition): boolean {
  const key = condition.key.value;
  if (key.length <= RESOURCE_TAG.length || !key.toLowerCase().startsWith(RESOURCE_TAG)) return false;
  // `Null` asks whether there are tags at all, and Access Analyzer leaves that alone.
  return condition.operator.base !== NULL && failsWithoutKey(condition);
}

/** One finding for the entries of `Action` whose service knows no resource tags, for each tag that the statement asks for. */
export function reportActionsWithoutTags(
  statement: Statement,
  never: "allowed" | "denied",
  { report, catalogue, edits }: RuleContext,
): void {
  const tags = resourceTagConditions(statement);
  if (tags.length === 0) return;
  const actions = statement.actions.filter(({ words }) => isWithoutTags(words, catalogue));
  const [first, ...others] = actions;
  if (first === undefined) return;
  const what =
    others.length === 0 ? `\`${first.value}\` is` : `\`${first.value}\` and ${others.length} more are`;
  for (const { key } of tags) {
    report({
      at: first,
      message: `${what} never ${never} here: no resource tags such as \`${key.value}\` are sent.`,
      related: [
        { at: key, message: "The condition on a tag." },
        ...others.map((other) => ({ at: other, message: "Sends no resource tags either." })),
      ],
      fix: moveActions(statement, actions, key.value, edits),
    });
  }
}

const isWithoutTags = ofWords.answeredIn(({ folded, service }, catalogue: Catalogue) => {
  if (service === "" || hasWildcard(service)) return false;
  return catalogue.standing(folded) === "known" && !serviceKnowsTags(catalogue, service);
});

/** The entries of `Action` that match only actions without tags, of a service that otherwise knows them. */
export function untaggedActions({ actions }: Statement, catalogue: Catalogue): readonly ActionPattern[] {
  return actions.filter(({ words }) => isUntagged(words, catalogue));
}

const isUntagged = ofWords.answeredIn(({ folded, service }, catalogue: Catalogue) => {
  if (service === "" || hasWildcard(service) || !serviceKnowsTags(catalogue, service)) return false;
  const matched = catalogue.expand(folded);
  return matched.length > 0 && matched.every((action) => !knowsTags(catalogue, action));
});

/** Does any action of the service tell of tags? */
const serviceKnowsTags = perCatalogue((catalogue, prefix) =>
  catalogue.expand(`${prefix}:*`).some((action) => knowsTags(catalogue, action)),
);

function knowsTags(catalogue: Catalogue, { fullName }: Action): boolean {
  const listed = listedKeys(catalogue, fullName.toLowerCase());
  return listed === undefined || listed(`${RESOURCE_TAG}-`) || listed(REQUEST_TAG);
}
