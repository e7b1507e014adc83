/**
 * Which way an Allow statement grants one sensitive action on resources that nobody listed. Access Analyzer has a check
 * for each way, of `iam:PassRole` and of `iam:CreateServiceLinkedRole`; this is what they share.
 */
import type { Catalogue } from "../catalogue/catalogue.js";
import { servicesOf } from "../policy/action-bits.js";
import type { ActionPattern } from "../policy/action-pattern.js";
import { arnFields } from "../policy/arn.js";
import { filled } from "../policy/arn-pattern.js";
import type { Condition } from "../policy/condition.js";
import { isNegated } from "../policy/condition-types.js";
import { ofStatement, type Statement } from "../policy/policy.js";
import { serviceBits } from "../policy/service-bits.js";
import { hasWildcard, matchesPattern } from "../policy/wildcard.js";
import { ALLOW } from "../policy/words.js";
import type { Span } from "../syntax/span.js";
import { defineRule, type Rule } from "./rule.js";

interface ActionNamed {
  readonly name: string;
  /** The condition key that narrows down the grant to a service. */
  readonly key: string;
  /** Does this resource, which has wildcards, stand for roles of more than one service? */
  isBroad(resource: string, catalogue: Catalogue): boolean;
}

export interface SensitiveAction extends ActionNamed {
  /** How an Allow grants it, if it does. */
  grantIn(statement: Statement, catalogue: Catalogue): Grant | undefined;
}

/** How the statement names the action: by its name, by a pattern, or by leaving it out of `NotAction`. */
type ByAction = "name" | "wildcard" | "not-action";
/** How it names the resources: with wildcards, or by leaving them out of `NotResource`. */
type OnResource = "wildcard" | "not-resource";

interface Grant {
  readonly by: ByAction;
  readonly on: OnResource;
  readonly at: Span;
  readonly resource: Span;
}

/** A rule about one of the ways. */
export function defineBroadGrantRule(
  rule: Pick<Rule, "name" | "severity" | "summary" | "references"> & {
    readonly accessAnalyzer: string;
    readonly action: SensitiveAction;
    readonly by: ByAction;
    readonly on: OnResource;
  },
): Rule {
  const { action, by, on, ...metadata } = rule;
  return defineRule({
    ...metadata,
    group: "security",
    since: "0.1.0",
    fix: by === "not-action" ? "suggestion" : "none",
    appliesTo: ["identity", "boundary", "session"],
    about: {
      statement: ({ effect, has }) =>
        effect === ALLOW &&
        has(by === "not-action" ? "NotAction" : "Action") &&
        has(on === "not-resource" ? "NotResource" : "Resource"),
    },
    statement(statement, { catalogue, report, edits }) {
      const grant = action.grantIn(statement, catalogue);
      if (grant?.by !== by || grant.on !== on) return;
      const last = statement.notActions.at(-1);
      report({
        at: grant.at,
        message: `This allows \`${action.name}\` on ${on === "wildcard" ? "any role that a wildcard matches" : "every role that is not listed"}.`,
        related: [{ at: grant.resource, message: "The roles." }],
        fix:
          by === "not-action" && last !== undefined
            ? { title: `Leave out \`${action.name}\``, edits: edits.insertAfter(last.node, action.name) }
            : undefined,
      });
    },
  });
}

const IAM = serviceBits("iam");

/** An action with what tells its grants: each statement is asked about in all six ways. */
export function sensitiveAction(action: ActionNamed): SensitiveAction {
  return {
    ...action,
    grantIn: ofStatement.answeredIn((statement, catalogue: Catalogue) =>
      readGrant(statement, action, catalogue),
    ),
  };
}

function readGrant(statement: Statement, action: ActionNamed, catalogue: Catalogue): Grant | undefined {
  const granted = byAction(statement, action.name.toLowerCase());
  if (granted === undefined) return undefined;
  const resource = statement.elements.NotResource?.value;
  if (resource !== undefined) return { ...granted, on: "not-resource", resource };
  if (statement.conditions.some((condition) => narrows(condition, action.key))) return undefined;
  const broad = statement.resources.find(
    ({ value }) => value === "*" || (hasWildcard(value) && action.isBroad(value, catalogue)),
  );
  return broad === undefined ? undefined : { ...granted, on: "wildcard", resource: broad };
}

function byAction(statement: Statement, name: string): Pick<Grant, "by" | "at"> | undefined {
  const excluded = statement.elements.NotAction?.value;
  if (excluded === undefined && (servicesOf(statement) & IAM) === 0) return undefined;
  const matches = ({ service, folded, wildcard }: ActionPattern) =>
    folded === name ||
    (wildcard && (service === "iam" || hasWildcard(folded)) && matchesPattern(folded, name));
  if (excluded !== undefined)
    return statement.notActions.some(matches) || statement.notActions.length === 0
      ? undefined
      : { by: "not-action", at: excluded };
  const exact = statement.actions.find(({ folded }) => folded === name);
  const found = exact ?? statement.actions.find(matches);
  return found && { by: exact === undefined ? "wildcard" : "name", at: found };
}

/** Does the condition leave only services whose names start with something definite? */
export function narrows({ key, operator, values }: Condition, wanted: string): boolean {
  return (
    key.value.toLowerCase() === wanted &&
    !isNegated(operator) &&
    operator.base !== "Null" &&
    values.every((value) => value.type !== "string" || !value.value.startsWith("*"))
  );
}

/** The part of an ARN behind the fifth colon, if AWS sees wildcards there; what is filled in later becomes a letter. */
export function wildResource(resource: string): string | undefined {
  const text = filled(resource);
  const part = arnFields(text)[5] ?? text;
  return hasWildcard(part) ? part : undefined;
}
