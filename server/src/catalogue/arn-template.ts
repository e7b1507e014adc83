/**
 * The ARN templates of resource types, such as `arn:${Partition}:s3:::${BucketName}/${ObjectName}`, compiled once:
 * could an entry of `Resource` match an ARN of this form? It may have wildcards, variables and placeholders.
 * Which requests AWS sends with which ARN is not told here.
 */

import { type Arn, parseArn } from "../policy/arn.js";
import { type ArnPattern, isOpen, ofArn } from "../policy/arn-pattern.js";
import { matchesPattern, patternsOverlap } from "../policy/wildcard.js";
import type { Action, Catalogue, ResourceType } from "./catalogue.js";
import { perCatalogue, SEPARATOR } from "./per-catalogue.js";

export interface ArnTemplate {
  readonly type: ResourceType;
  /** The service as the ARN names it; not always the prefix of the service that has the resource type. */
  readonly service: string;
  /** Empty where ARNs of this form have none; otherwise a pattern. */
  readonly region: string;
  readonly account: string;
  /** A pattern: `?*` for every placeholder. */
  readonly resource: string;
  /** What `resource` starts with, up to its first wildcard. */
  readonly lead: string;
  /** Has the resource part no slash? Told of buckets alone, which only that tells from objects. */
  readonly flat: boolean;
}

const PLACEHOLDER = /\$\{[^}]*\}/g;
const ANY = "?*";
const templates = new WeakMap<ResourceType, ArnTemplate>();
const byAction = new WeakMap<Action, readonly ArnTemplate[]>();

/** Every form of ARN that names this service, whichever service has the resource type. */
export const templatesOf = perCatalogue((catalogue, service): readonly ArnTemplate[] =>
  catalogue
    .arnOwners(service)
    .flatMap((owner) => [...(catalogue.service(owner)?.resourceTypes.values() ?? [])])
    .map(templateOf)
    .filter((template) => template.service === service),
);

/** The forms of ARN that the action works on. Actions that work on the same have the same list. */
export function templatesOfAction(catalogue: Catalogue, action: Action): readonly ArnTemplate[] {
  let found = byAction.get(action);
  if (found === undefined) {
    const names = action.resourceTypes.map(({ name }) => name.toLowerCase());
    found = templatesNamed(catalogue, [action.service, ...names].join(SEPARATOR));
    byAction.set(action, found);
  }
  return found;
}

/** Asked for with a service, and behind it the names of resource types. */
const templatesNamed = perCatalogue((catalogue, asked): readonly ArnTemplate[] => {
  const [service = "", ...names] = asked.split(SEPARATOR);
  const types = catalogue.service(service)?.resourceTypes;
  return names.flatMap((name) => types?.get(name) ?? []).map(templateOf);
});

export function templateOf(type: ResourceType): ArnTemplate {
  let template = templates.get(type);
  if (template === undefined) {
    template = compile(type);
    templates.set(type, template);
  }
  return template;
}

/**
 * The forms whose part behind the fifth colon the entry could match; which Region and account they have is not looked at,
 * nor that a star in the account may run over the colon behind it.
 * Remembered: several rules ask about each entry.
 */
export const formsOf = ofArn.answeredIn((entry, catalogue: Catalogue): readonly ArnTemplate[] =>
  templatesOf(catalogue, entry.service).filter((template) => resourceMayMatch(entry.resource, template)),
);

/** Could the entry match an ARN of this form? */
export function mayMatch(catalogue: Catalogue, entry: ArnPattern, template: ArnTemplate): boolean {
  return (
    placeMayMatch(entry, template) &&
    (isOpen(entry.service) || isOpen(template.service)
      ? patternsOverlap(entry.service, template.service) && resourceMayMatch(entry.resource, template)
      : formsOf(entry, catalogue).includes(template))
  );
}

/** Has the ARN of one resource this form? */
export function writtenAs(arn: Arn, { service, region, account, resource, flat }: ArnTemplate): boolean {
  return (
    matchesPattern(service, arn.service) &&
    matchesPattern(region, arn.region) &&
    matchesPattern(account, arn.account) &&
    matchesPattern(resource, arn.resource) &&
    !(flat && arn.resource.includes("/"))
  );
}

/** The Region and the account alone. */
export function placeMayMatch(entry: ArnPattern, template: ArnTemplate): boolean {
  return fieldMayMatch(entry.region, template.region) && fieldMayMatch(entry.account, template.account);
}

function resourceMayMatch(entry: string, { lead, resource, flat }: ArnTemplate): boolean {
  if (flat && entry.includes("/")) return false;
  return leadsAgree(entry, lead) && patternsOverlap(entry, resource);
}

function fieldMayMatch(entry: string, template: string): boolean {
  if (entry === template || entry === "*") return true;
  return (isOpen(entry) || isOpen(template)) && patternsOverlap(entry, template);
}

/** Rules out most templates of a service at the first letters. */
function leadsAgree(entry: string, lead: string): boolean {
  for (let i = 0; i < lead.length; i++) {
    const char = entry[i];
    if (char === "*") return true;
    if (char !== lead[i] && char !== "?") return false;
  }
  return true;
}

function compile(type: ResourceType): ArnTemplate {
  const arn = parseArn(type.arn);
  const pattern = (field: string | undefined) => field?.replace(PLACEHOLDER, ANY) ?? "";
  const resource = pattern(arn?.resource);
  const service = pattern(arn?.service);
  return {
    type,
    service,
    region: pattern(arn?.region),
    account: pattern(arn?.account),
    resource,
    lead: /^[^*?]*/.exec(resource)?.[0] ?? "",
    flat: service === "s3" && resource === ANY,
  };
}
