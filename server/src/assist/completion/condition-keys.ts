/** Condition keys by the statement's actions and resources, global keys, and keys with a tag or context name in them. */

import type { Catalogue, ConditionKey } from "../../catalogue/catalogue.js";
import { isKeyTemplate } from "../../catalogue/key-template.js";
import type { ConditionOperator } from "../../policy/condition.js";
import { NULL, takesKeyType } from "../../policy/condition-types.js";
import { trustedProvider } from "../../policy/federated-provider.js";
import { remembered } from "../../policy/once.js";
import { variableText } from "../../policy/variable.js";
import { DENY } from "../../policy/words.js";
import type { ObjectNode } from "../../syntax/tree.js";
import { stop } from "../snippet-text.js";
import type { About, Insertion, Suggestion } from "./offer.js";
import { fits, weight } from "./ranking.js";
import { type Scope, servicesOf } from "./scope.js";

/** Global keys in the order in which people outside of AWS reach for them. */
const COMMON: readonly string[] = [
  "aws:RequestedRegion",
  "aws:SourceIp",
  "aws:PrincipalOrgID",
  "aws:SecureTransport",
  "aws:SourceArn",
  "aws:SourceAccount",
  "aws:MultiFactorAuthPresent",
  "aws:PrincipalArn",
  "aws:ResourceAccount",
  "aws:SourceVpce",
  "aws:CalledVia",
  "aws:PrincipalAccount",
  "aws:TagKeys",
  "aws:ViaAWSService",
  "aws:PrincipalIsAWSService",
  "aws:SourceVpc",
  "aws:ResourceOrgID",
  "aws:username",
  "aws:userid",
  "aws:MultiFactorAuthAge",
  "aws:CurrentTime",
  "aws:SourceOrgID",
  "aws:PrincipalOrgPaths",
  "aws:PrincipalType",
  "aws:PrincipalServiceName",
  "aws:VpcSourceIp",
];
/** What statements with these actions usually ask about; the catalogue lists none of it for them, or among much else. */
const USUAL: Readonly<Record<string, readonly string[]>> = {
  "iam:passrole": ["iam:PassedToService", "iam:AssociatedResourceArn"],
  "iam:createservicelinkedrole": ["iam:AWSServiceName"],
  "s3:listbucket": ["s3:prefix", "s3:delimiter"],
  "s3:putobject": [
    "s3:x-amz-acl",
    "s3:x-amz-server-side-encryption",
    "s3:x-amz-server-side-encryption-aws-kms-key-id",
  ],
  "sns:publish": ["aws:SourceArn", "aws:SourceAccount", "aws:SourceOwner"],
  "sts:assumerole": ["sts:ExternalId", "aws:SourceAccount", "aws:SourceArn", "aws:PrincipalOrgID"],
  "ec2:createtags": ["ec2:CreateAction"],
  "ec2:runinstances": ["ec2:InstanceType", "ec2:Region", `aws:RequestTag/${variableText("TagKey")}`],
  "cloudwatch:putmetricdata": ["cloudwatch:namespace"],
  "kms:decrypt": [
    "kms:ViaService",
    "kms:CallerAccount",
    `kms:EncryptionContext:${variableText("EncryptionContextKey")}`,
  ],
  "kms:creategrant": ["kms:GrantIsForAWSResource", "kms:ViaService", "kms:GrantOperations"],
  "organizations:registerdelegatedadministrator": ["organizations:ServicePrincipal"],
};
/** Keys that some requests lack, which is what people ask about. */
const OFTEN_ABSENT: ReadonlySet<string> = new Set([
  "aws:multifactorauthage",
  "aws:multifactorauthpresent",
  "aws:tokenissuetime",
  "aws:sourcevpce",
  "aws:sourcearn",
  "aws:sourceaccount",
  "s3:x-amz-server-side-encryption",
  "s3:x-amz-server-side-encryption-aws-kms-key-id",
]);
const TAGGED = ["aws:ResourceTag/", "aws:RequestTag/", "aws:PrincipalTag/"];
const TAGS = ["Environment", "Project", "Owner", "Team", "Department", "CostCenter", "Name"];
const MOST_ACTIONS = 60;
/** More than a list shows. */
const MOST = 250;

export function conditionKeys(
  scope: Scope,
  operator: ConditionOperator,
  object: ObjectNode,
): readonly Suggestion[] {
  const present = new Set(
    object.members.filter(({ key }) => key !== scope.cursor.node).map(({ key }) => key.value.toLowerCase()),
  );
  return keysBut(scope, operator, present).map(({ form, score }) =>
    suggestion(form, score, { key: form.key, value: valueFor(scope, operator, form.known) }),
  );
}

/** Where the object with the keys is still to come. */
export function conditionKeyForms(scope: Scope, operator: ConditionOperator): readonly Suggestion[] {
  return keysBut(scope, operator, new Set()).map(({ form, score }) =>
    suggestion(form, score, { value: { [form.key]: valueFor(scope, operator, form.known) } }),
  );
}

function suggestion({ label, detail, about }: KeyForm, score: number, insert: Insertion): Suggestion {
  return {
    label,
    type: "condition-key",
    ...(detail !== undefined && { detail }),
    insert,
    about,
    more: true,
    score,
  };
}

interface ScoredKey {
  readonly form: KeyForm;
  readonly score: number;
}

function keysBut(
  scope: Scope,
  operator: ConditionOperator,
  present: ReadonlySet<string>,
): readonly ScoredKey[] {
  const scores = new Map<string, number>();
  const add = (key: string, score: number) => scores.set(key, (scores.get(key) ?? 0) + score);
  for (const [key, score] of ofActions(scope)) add(key, score);
  for (const { key } of scope.catalogue.globalConditionKeys) add(key, 0);
  for (const [index, key] of COMMON.entries()) add(key, 6 - index / 6);
  for (const [key, count] of scope.usage.keys) {
    if (scores.has(key) || TAGGED.some((it) => key.startsWith(it))) add(key, weight(count) / 2);
  }
  for (const service of servicesOf(scope)) {
    for (const [key, count] of scope.usage.keysWith(service)) add(key, 2.5 * weight(count));
  }
  for (const [key, count] of written(scope)) add(key, 3 + 2 * weight(count));
  for (const key of ofProviders(scope)) add(key, 20);
  for (const [key, score] of ofPrincipal(scope)) add(key, score);
  for (const [key, score] of customaryTags(scores)) add(key, score);

  const typed = scope.cursor.word.typed.toLowerCase();
  const found: ScoredKey[] = [];
  for (const [name, score] of scores) {
    const form = formOf(scope.catalogue)(name);
    if (present.has(name.toLowerCase()) || !fits(form, typed)) continue;
    found.push({
      form,
      score: score + (form.known === undefined ? 0 : agreement(scope, operator, form.known)),
    });
  }
  // Typed letters put what fits best first, which is not known here.
  return typed === "" ? found.sort((a, b) => b.score - a.score).slice(0, MOST) : found;
}

/** Behind the keys for any tag, those for the tags that most people have. */
function customaryTags(scores: ReadonlyMap<string, number>): readonly (readonly [string, number])[] {
  return TAGGED.flatMap((prefix) => {
    const any = scores.get(prefix + variableText("TagKey"));
    if (any === undefined) return [];
    return TAGS.map((tag, index): readonly [string, number] => {
      const key = prefix + tag;
      return [key, Math.max(0, any - 1 - index / 4 - (scores.get(key) ?? 0))];
    });
  });
}

/** What is the same of a key wherever it is offered. */
interface KeyForm {
  readonly label: string;
  readonly detail: string | undefined;
  readonly about: About;
  /** With places to fill in. */
  readonly key: string;
  readonly known: ConditionKey | undefined;
}

const forms = new WeakMap<Catalogue, (name: string) => KeyForm>();

function formOf(catalogue: Catalogue): (name: string) => KeyForm {
  let made = forms.get(catalogue);
  if (made === undefined) {
    made = remembered((name) => {
      const known = catalogue.conditionKey(name);
      const gap = isKeyTemplate(name);
      return {
        known,
        label: gap ? name.replace(/\$\{[^}]*\}|<[^>]*>/g, "") : name,
        detail: known && `${known.type}${known.multivalued ? ", several values" : ""}`,
        key: gap
          ? name.replace(/\$\{([^}]*)\}|<([^>]*)>/g, (_, a?: string, b?: string) => stop(1, a ?? b ?? ""))
          : name,
        about: { what: "condition-key", ...(gap && { name }) },
      };
    });
    forms.set(catalogue, made);
  }
  return made;
}

/** How well key and operator suit each other: by type, by number of values, and by what others have paired. */
function agreement({ usage }: Scope, operator: ConditionOperator, key: ConditionKey): number {
  const { family, qualifier, value } = operator;
  let score = 0;
  if (family !== undefined && !takesKeyType(family, key.type)) score -= 30;
  else if (family !== undefined && family !== NULL && familyOf(key) === family) score += 4;
  if (qualifier !== undefined) score += key.multivalued ? 14 : -4;
  else if (key.multivalued && family !== NULL) score -= 8;
  if (family === NULL && OFTEN_ABSENT.has(key.key.toLowerCase())) score += 10;
  const paired = usage.operatorsOf(key.key).indexOf(value);
  if (paired >= 0) score += 4 - paired;
  return score;
}

function familyOf({ type }: ConditionKey): string {
  return type === "ARN" ? "Arn" : type === "IPAddress" ? "IpAddress" : type;
}

/** Keys that requests for the statement's actions carry. */
function ofActions({ statement, catalogue, cursor }: Scope): ReadonlyMap<string, number> {
  const scores = new Map<string, number>();
  const raise = (key: string, score: number) => scores.set(key, Math.max(scores.get(key) ?? 0, score));
  const entries = [...(statement?.actions ?? []), ...(statement?.notActions ?? [])];
  for (const { value, service, folded, node } of entries) {
    if (node === cursor.node) continue;
    for (const [index, key] of (Object.hasOwn(USUAL, folded) ? (USUAL[folded] ?? []) : []).entries()) {
      raise(key, 18 - index);
    }
    const own = catalogue.service(service);
    if (own === undefined) continue;
    for (const action of catalogue.expand(value).slice(0, MOST_ACTIONS)) {
      for (const key of action.conditionKeys) raise(key, key.startsWith("aws:") ? 3 : 6);
      for (const { conditionKeys } of action.resourceTypes) {
        for (const key of conditionKeys) raise(key, key.startsWith("aws:") ? 3 : 6);
      }
    }
    for (const { key } of own.conditionKeys.values()) raise(key, 1);
  }
  return scores;
}

/** Keys of the policy's other conditions, this statement's twice. */
function written({ policy, statement, cursor }: Scope): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const it of policy?.statements ?? []) {
    for (const { key } of it.conditions) {
      if (key === cursor.node || key.value === "") continue;
      counts.set(key.value, (counts.get(key.value) ?? 0) + (it === statement ? 2 : 1));
    }
  }
  return counts;
}

/** Claims of the identity providers that the statement trusts. */
function ofProviders({ statement, catalogue }: Scope): readonly string[] {
  return (statement?.principals ?? []).flatMap((principal) => {
    const provider = trustedProvider(principal);
    if (provider === undefined) return [];
    if (provider.protocol === "SAML") return ["SAML:aud", "SAML:sub", "SAML:iss"];
    const claims = ["aud", "sub", "amr", "azp", "oaud"].map((claim) => `${provider.issuer}:${claim}`);
    return claims.filter((key, index) => index < 2 || catalogue.conditionKey(key) !== undefined);
  });
}

/** Who calls decides what to ask: a service for its source, everyone for their organization. */
function ofPrincipal({ statement, kind }: Scope): readonly (readonly [string, number])[] {
  const scores: (readonly [string, number])[] = [];
  const denies = statement?.effect?.value === DENY;
  const principals = statement?.principals ?? [];
  if (principals.some(({ type }) => type?.value === "Service")) {
    scores.push(["aws:SourceArn", 10], ["aws:SourceAccount", 11], ["aws:SourceOrgID", 5]);
  }
  if (principals.some(({ value }) => value === "*")) {
    scores.push(
      ["aws:PrincipalOrgID", 6],
      ["aws:SourceVpce", 4],
      ["aws:PrincipalArn", 4],
      ["aws:SourceIp", 4],
    );
    if (denies) scores.push(["aws:SecureTransport", 9]);
  }
  if (denies) {
    scores.push(["aws:PrincipalArn", 8], ["aws:RequestedRegion", 5], ["aws:MultiFactorAuthPresent", 3]);
    scores.push(["aws:PrincipalOrgID", 2], ["aws:PrincipalIsAWSService", 2], ["aws:ViaAWSService", 1]);
    scores.push(["aws:ResourceOrgID", 4], ["aws:SourceVpc", 3], ["aws:MultiFactorAuthAge", 2]);
  }
  // A service is let through on behalf of whom.
  if (statement?.conditions.some(({ key }) => key.value.toLowerCase() === "aws:principalisawsservice"))
    scores.push(["aws:SourceOrgID", 7], ["aws:SourceAccount", 7]);
  if (kind === "rcp")
    scores.push(["aws:SourceOrgID", 7], ["aws:SourceAccount", 6], ["aws:PrincipalOrgID", 6]);
  if (kind === "scp") scores.push(["aws:PrincipalArn", 5], ["aws:RequestedRegion", 5]);
  return scores;
}

function valueFor({ statement }: Scope, operator: ConditionOperator, key: ConditionKey | undefined) {
  if (operator.family === NULL || operator.family === "Bool" || key?.type === "Bool") {
    // What a Deny asks about is what ought to be so and is not.
    const absent = operator.family !== NULL && statement?.effect?.value === DENY;
    return stop(2, ...(absent ? ["false", "true"] : ["true", "false"]));
  }
  return operator.qualifier === undefined ? stop(2) : [stop(2)];
}
