/**
 * Adds one of the conditions that people add most, with a placeholder where nobody else knows the value.
 * A Deny gets the opposite, so that it denies whoever does not meet the condition.
 */
import { addCondition } from "../../policy/add-condition.js";
import type { Statement } from "../../policy/policy.js";
import { isOfType } from "../../policy/principal.js";
import { matchesPattern } from "../../policy/wildcard.js";
import { ALLOW, DENY, type PolicyKind } from "../../policy/words.js";
import type { Edits } from "../../syntax/edits.js";
import type { Edit } from "../../syntax/span.js";
import type { Refactor } from "./refactoring.js";

/** Operator, key and value. */
type Part = readonly [operator: string, key: string, value: string];

interface Offer {
  readonly key: string;
  /** Behind `Allow only` and, in a Deny, behind `Deny unless`. */
  readonly only: string;
  readonly unless?: string;
  readonly allow: (statement: Statement) => readonly Part[];
  readonly deny: readonly Part[];
  readonly fits: (statement: Statement, kind: PolicyKind) => boolean;
}

export const addConditions: Refactor = ({ statement, kind, edits, variables }) => {
  const effect = statement.effect?.value;
  if (effect !== ALLOW && effect !== DENY) return [];
  const present = new Set(statement.conditions.map(({ key }) => key.value.toLowerCase()));
  return OFFERS.filter(({ key, fits }) => !present.has(key.toLowerCase()) && fits(statement, kind)).map(
    ({ only, unless = only, allow, deny }) => ({
      title: effect === ALLOW ? `Allow only ${only}` : `Deny unless ${unless}`,
      kind: "refactor.rewrite",
      edits: editsFor(effect === ALLOW ? allow(statement) : deny, statement, edits, variables),
    }),
  );
};

function editsFor(
  parts: readonly Part[],
  statement: Statement,
  edits: Edits,
  variables: Readonly<Record<string, string>>,
): readonly Edit[] {
  const element = statement.elements.Condition;
  const condition = Object.fromEntries(
    parts.map(([operator, key, value]) => [operator, { [key]: filled(value, variables) }]),
  );
  if (element === undefined) return edits.insertMember(statement.node, "Condition", condition);
  if (element.value?.type === "object" && element.value.members.length === 0)
    return edits.replaceValue(element.value, condition);
  const present = new Set(statement.conditions.map(({ key }) => key.value.toLowerCase()));
  return parts
    .filter(([, key]) => !present.has(key.toLowerCase()))
    .flatMap(([operator, key, value]) =>
      addCondition(statement, operator, key, filled(value, variables), edits),
    );
}

const MULTI_FACTOR: Offer = {
  key: "aws:MultiFactorAuthPresent",
  only: "with MFA",
  allow: () => [["Bool", "aws:MultiFactorAuthPresent", "true"]],
  // Requests with access keys do not carry the key at all.
  deny: [["BoolIfExists", "aws:MultiFactorAuthPresent", "false"]],
  fits: (statement) => !servesService(statement),
};

const SOURCE_IP: Offer = {
  key: "aws:SourceIp",
  only: "from an IP range",
  allow: () => [["IpAddress", "aws:SourceIp", "<ip-range>"]],
  // A service that calls another one on the user's behalf has an address of its own.
  deny: [
    ["NotIpAddress", "aws:SourceIp", "<ip-range>"],
    ["Bool", "aws:ViaAWSService", "false"],
  ],
  fits: (statement) => !servesService(statement),
};

const TLS: Offer = {
  key: "aws:SecureTransport",
  only: "over TLS",
  allow: () => [["Bool", "aws:SecureTransport", "true"]],
  deny: [["Bool", "aws:SecureTransport", "false"]],
  fits: (_, kind) => kind !== "trust",
};

const ORGANISATION: Offer = {
  key: "aws:PrincipalOrgID",
  only: "for principals of an organisation",
  allow: () => [["StringEquals", "aws:PrincipalOrgID", "<organization-id>"]],
  // AWS's own services are in nobody's organisation.
  deny: [
    ["StringNotEqualsIfExists", "aws:PrincipalOrgID", "<organization-id>"],
    ["BoolIfExists", "aws:PrincipalIsAWSService", "false"],
  ],
  fits: (statement) => namesPrincipals(statement) && !servesService(statement),
};

const PASSED_TO_SERVICE: Offer = {
  key: "iam:PassedToService",
  only: "to pass roles to one service",
  unless: "roles are passed to one service",
  // Other actions never send the key, and would not be allowed any more.
  allow: (statement) => [
    [
      passesOnly(statement) ? "StringEquals" : "StringEqualsIfExists",
      "iam:PassedToService",
      "<service-principal>",
    ],
  ],
  deny: [["StringNotEquals", "iam:PassedToService", "<service-principal>"]],
  fits: (statement) =>
    passesOnly(statement) ||
    (statement.effect?.value === ALLOW &&
      statement.actions.some(({ folded }) => matchesPattern(folded, PASS_ROLE))),
};

const SOURCE_ACCOUNT: Offer = {
  key: "aws:SourceAccount",
  only: "on behalf of one account",
  allow: () => [["StringEquals", "aws:SourceAccount", "<aws-account-id>"]],
  // A service that acts for itself sends no account.
  deny: [
    ["StringNotEquals", "aws:SourceAccount", "<aws-account-id>"],
    ["Null", "aws:SourceAccount", "false"],
  ],
  fits: servesService,
};

const OFFERS: readonly Offer[] = [
  MULTI_FACTOR,
  SOURCE_IP,
  TLS,
  ORGANISATION,
  PASSED_TO_SERVICE,
  SOURCE_ACCOUNT,
];
const PASS_ROLE = "iam:passrole";

function passesOnly({ actions }: Statement): boolean {
  return actions.length > 0 && actions.every(({ folded }) => folded === PASS_ROLE);
}

function namesPrincipals({ principals, notPrincipals }: Statement): boolean {
  return principals.length + notPrincipals.length > 0;
}

/** An AWS service calls on somebody's behalf: it has no MFA, no organisation, and an address of its own. */
function servesService({ principals }: Statement): boolean {
  return principals.some((it) => isOfType(it, "Service"));
}

/** The placeholder's value, where the configuration knows it. */
function filled(value: string, variables: Readonly<Record<string, string>>): string {
  const name = /^<(.*)>$/.exec(value)?.[1];
  return name !== undefined && Object.hasOwn(variables, name) ? (variables[name] ?? value) : value;
}
