/** ARNs for `Resource`, by the statement's actions, and the parts of an ARN that is being written. */

import { type ArnTemplate, templatesOf, templatesOfAction } from "../../catalogue/arn-template.js";
import { arnFields } from "../../policy/arn.js";
import { variableText } from "../../policy/variable.js";
import { partitionName } from "../partition.js";
import { stop } from "../snippet-text.js";
import type { Suggestion } from "./offer.js";
import { weight } from "./ranking.js";
import {
  accountId,
  placeOfRegion,
  region,
  regionsWritten,
  type Scope,
  servicesOf,
  textsLike,
} from "./scope.js";

const ARN = /^arn:/;
/** Wildcards match many actions; which of their resource types are proposed first hardly depends on the rest. */
const MOST_ACTIONS = 200;
const MOST_FORMS = 25;

export function resources(scope: Scope): readonly Suggestion[] {
  const { place, cursor, kind, policy } = scope;
  const siblings = new Set(place.at === "resource" ? place.siblings : []);
  const found: Suggestion[] = [];
  const actions = actionsOf(scope);
  const takesNone = actions.length > 0 && actions.every(({ resourceTypes }) => resourceTypes.length === 0);
  if (siblings.size === 0) {
    const score = takesNone || actions.length === 0 ? 60 : 22.5;
    const detail = takesNone ? "these actions take no resource" : "every resource";
    found.push({ label: "*", type: "arn", detail, score });
  }
  for (const [index, text] of textsLike(scope, ARN).entries()) {
    if (siblings.has(text) || !isResource(text)) continue;
    const used = policy?.statements.some((it) => it.resources.some(({ value }) => value === text)) ?? false;
    found.push({
      label: text,
      type: "arn",
      detail: "used in this policy",
      about: { what: "arn" },
      score: (used ? 20 : 8) - index / 10,
    });
  }
  found.push(...objectsOf(siblings));
  found.push(...namedInAccount(scope, siblings, actions));
  found.push(...formsOf(scope, siblings, actions));
  const typed = cursor.word.typed.toLowerCase();
  const typedService = typed.startsWith("arn:") ? typed.split(":")[2] : undefined;
  if (kind !== "trust" && typedService) found.push(...formsOfService(scope, typedService, siblings));
  return found;
}

/** What matches at any partition, Region and account reads as a form that somebody has to fill. */
function isResource(text: string): boolean {
  return arnFields(text).length >= 6;
}

/** Of a bucket the objects in it: that both are needed is what people forget. */
function objectsOf(siblings: ReadonlySet<string>): readonly Suggestion[] {
  return [...siblings].flatMap((text): readonly Suggestion[] => {
    const bucket = /^arn:[\w-]*:s3:::[^/]*$/.test(text);
    const label = bucket ? `${text}/*` : text.replace(/\/\*$/, "");
    if (siblings.has(label) || !/^arn:[\w-]*:s3:::/.test(text)) return [];
    return [
      {
        label,
        type: "arn",
        detail: bucket ? "the objects in it" : "the bucket itself",
        about: { what: "arn" },
        score: 40,
      },
    ];
  });
}

/** What the account has of the forms that the actions work on; without actions all that it has. */
function namedInAccount(
  { account, catalogue }: Scope,
  siblings: ReadonlySet<string>,
  actions: readonly MatchedAction[],
): readonly Suggestion[] {
  if (account === undefined) return [];
  const forms = new Set<string>();
  for (const { service, resourceTypes } of actions) {
    for (const { name } of resourceTypes) {
      const arn = catalogue.service(service)?.resourceTypes.get(name.toLowerCase())?.arn;
      if (arn !== undefined) forms.add(arn);
    }
  }
  const patterns = [...forms].map(patternOf);
  const { buckets, roles, users, others } = account;
  const arns = [...buckets.flatMap((arn) => [arn, `${arn}/*`]), ...roles, ...users, ...others];
  return arns
    .filter((arn) => !siblings.has(arn) && (forms.size === 0 || patterns.some((it) => it.test(arn))))
    .map((arn, index) => ({
      label: arn,
      type: "arn",
      detail: "of your account",
      about: { what: "arn" },
      score: (forms.size === 0 ? 21 : 32) - index / 100,
    }));
}

/** `${…}` of a form as what may stand there: no slash in the name of a bucket, anything in the last gap. */
function patternOf(form: string): RegExp {
  const gaps = form.split(/\$\{\w+\}/).map((it) => it.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const slashes = form.includes("/");
  return new RegExp(`^${gaps.join(slashes ? "[^:]*" : "[^:/]*")}$`);
}

interface MatchedAction {
  readonly service: string;
  readonly resourceTypes: readonly { readonly name: string; readonly required: boolean }[];
}

function actionsOf({ statement, catalogue }: Scope): readonly MatchedAction[] {
  if (statement === undefined) return [];
  return statement.actions.flatMap(({ value, service }) => {
    if (service === "" || service.includes("*")) return [];
    return catalogue.expand(value).slice(0, MOST_ACTIONS);
  });
}

/** One ARN for each form that the actions work on, with the fields to fill in. */
function formsOf(
  scope: Scope,
  siblings: ReadonlySet<string>,
  actions: readonly MatchedAction[],
): readonly Suggestion[] {
  const { catalogue } = scope;
  const votes = new Map<string, number>();
  for (const { service, resourceTypes } of actions) {
    for (const { name, required } of resourceTypes) {
      const id = `${service} ${name.toLowerCase()}`;
      votes.set(id, (votes.get(id) ?? 0) + (required ? 2 : 1));
    }
  }
  const found: Suggestion[] = [];
  const likely = [...votes].sort((a, b) => b[1] - a[1]).slice(0, MOST_FORMS);
  for (const [id, count] of likely) {
    const [service = "", name = ""] = id.split(" ");
    const type = catalogue.service(service)?.resourceTypes.get(name);
    if (type === undefined) continue;
    found.push(
      ...forms(
        scope,
        type.arn,
        `${type.name} of ${service}`,
        23 + weight(count) - gapsIn(type.arn) / 8,
        siblings,
      ),
    );
  }
  const services = servicesOf(scope);
  for (const service of services) {
    for (const [index, arn] of scope.usage.resourcesOf(service).entries()) {
      if (!siblings.has(arn)) {
        found.push({ label: arn, type: "arn", about: { what: "arn" }, score: 14 - index / 10 });
      }
    }
  }
  if (found.length === 0) {
    for (const service of services.length > 0 ? services : ["s3"]) {
      found.push(...formsOfService(scope, service, siblings));
    }
  }
  return found;
}

function formsOfService(scope: Scope, service: string, siblings: ReadonlySet<string>): readonly Suggestion[] {
  return templatesOf(scope.catalogue, service).flatMap(({ type }, index) =>
    forms(scope, type.arn, type.name, 11 - gapsIn(type.arn) / 8 - index / 100, siblings),
  );
}

/** A form filled as far as the configuration knows; the names of its gaps become places to fill in. */
function forms(
  scope: Scope,
  template: string,
  detail: string,
  score: number,
  siblings: ReadonlySet<string>,
): readonly Suggestion[] {
  const label = fill(scope, template, (name, known) => known ?? `<${kebab(name)}>`);
  let number = 1;
  const text = fill(scope, template, (name, known) =>
    stop(number++, known ?? (isScoped(name) ? "*" : kebab(name))),
  );
  if (siblings.has(label)) return [];
  return [{ label, type: "arn", detail, insert: { text }, about: { what: "arn", name: template }, score }];
}

function fill(
  scope: Scope,
  template: string,
  gap: (name: string, known: string | undefined) => string,
): string {
  return template.replace(/\$\{(\w+)\}/g, (_, name: string) => {
    switch (name) {
      case "Partition":
        return partitionOf(scope);
      case "Region":
        return gap("region", region(scope));
      case "Account":
        return gap("account", accountId(scope));
      default:
        return gap(name, undefined);
    }
  });
}

/** The partition that the policy's other ARNs name. */
function partitionOf({ cursor }: Scope): string {
  return /"arn:(aws[\w-]*):/.exec(cursor.tree.text)?.[1] ?? "aws";
}

function isScoped(name: string): boolean {
  return name === "region" || name === "account";
}

function kebab(name: string): string {
  return name.replace(/([a-z\d])([A-Z])/g, "$1-$2").toLowerCase();
}

/** What the field at the cursor may hold; `undefined` where no ARN is being written. */
export function arnFieldValues(scope: Scope): readonly Suggestion[] | undefined {
  const { word } = scope.cursor;
  if (!ARN.test(word.typed) || word.typed.includes("${")) return undefined;
  const before = word.typed.split(":");
  const index = before.length - 1;
  if (index < 1) return undefined;
  if (index >= 5) return resourceParts(scope, before);
  const start = word.typed.lastIndexOf(":") + 1;
  const rest = word.text.slice(start);
  const end = start + (rest.indexOf(":") < 0 ? rest.length : rest.indexOf(":"));
  const closed = rest.includes(":");
  const within = { start, end };
  const offer = (label: string, score: number, detail?: string): Suggestion => ({
    label,
    type: "value",
    ...(detail !== undefined && { detail }),
    insert: { text: closed ? label : `${label}:`, within },
    more: true,
    score,
  });
  const [, , service = ""] = before;
  switch (index) {
    case 1:
      return scope.catalogue.partitions.map((name, at) =>
        offer(name, name === "aws" ? 1 : -at, partitionName(name)),
      );
    case 2:
      return arnServices(scope).map(([name, score]) =>
        offer(name, score, scope.catalogue.service(name)?.name),
      );
    case 3:
      return regionsFor(scope, service).map((name, at) =>
        name === ""
          ? { ...offer("", 0), label: ":", insert: { text: closed ? "" : ":", within } }
          : {
              ...offer(name, -at),
              ...(name === "*" ? { detail: "every Region" } : placeOfRegion(scope, name)),
            },
      );
    case 4:
      return accountsFor(scope, service).map(([name, detail], at) =>
        name === ""
          ? { ...offer("", 0), label: ":", insert: { text: closed ? "" : ":", within } }
          : offer(name, -at, detail),
      );
    default:
      return undefined;
  }
}

/** Behind the fifth colon: what the forms of the statement's actions have there, with places to fill in. */
function resourceParts(scope: Scope, before: readonly string[]): readonly Suggestion[] {
  const [, , service = "", region = "", account = ""] = before;
  const start = before.slice(0, 5).join(":").length + 1;
  const within = { start, end: scope.cursor.word.text.length };
  return likelyForms(scope, service)
    .filter((it) => (it.region === "") === (region === "") && (it.account === "") === (account === ""))
    .map(({ type }, index) => {
      const form = type.arn.split(":").slice(5).join(":");
      let number = 1;
      return {
        label: fill(scope, form, (name, known) => known ?? `<${kebab(name)}>`),
        type: "arn",
        detail: type.name,
        insert: { text: fill(scope, form, (name, known) => stop(number++, known ?? kebab(name))), within },
        about: { what: "arn", name: type.arn },
        score: -index - gapsIn(form),
      };
    });
}

/** The forms with the fewest gaps are the ones that people know. */
function gapsIn(form: string): number {
  return form.split("${").length - 1;
}

function arnServices(scope: Scope): readonly (readonly [string, number])[] {
  const own = servicesOf(scope);
  return scope.catalogue.services
    .filter((prefix) => templatesOf(scope.catalogue, prefix).length > 0)
    .map((prefix) => [prefix, weight(scope.usage.services.get(prefix)) + (own.includes(prefix) ? 20 : 0)]);
}

/** The forms that the statement's actions work on; all of the service where it has none of them. */
function likelyForms({ statement, catalogue }: Scope, service: string): readonly ArnTemplate[] {
  const forms = (statement?.actions ?? [])
    .filter((it) => it.service !== "" && !it.service.includes("*"))
    .flatMap(({ value }) => catalogue.expand(value).slice(0, MOST_ACTIONS))
    .flatMap((action) => templatesOfAction(catalogue, action))
    .filter((it) => it.service === service);
  return forms.length > 0 ? forms : templatesOf(catalogue, service);
}

/** An empty text where ARNs of the service may have none. */
function regionsFor(scope: Scope, service: string): readonly string[] {
  const forms = likelyForms(scope, service);
  const none = forms.some((it) => it.region === "") ? [""] : [];
  if (none.length > 0 && forms.every((it) => it.region === "")) return none;
  const known = region(scope);
  const written = regionsWritten(scope);
  const first = known === undefined ? [] : [known];
  return [...new Set([...none, ...first, ...written, "*", ...scope.catalogue.regions])];
}

function accountsFor(scope: Scope, service: string): readonly (readonly [string, string])[] {
  const forms = likelyForms(scope, service);
  const none: (readonly [string, string])[] = forms.some((it) => it.account === "") ? [["", ""]] : [];
  if (none.length > 0 && forms.every((it) => it.account === "")) return none;
  const known = accountId(scope);
  const variable = variableText("aws:PrincipalAccount");
  const offers: (readonly [string, string])[] = known === undefined ? [] : [[known, "your account"]];
  return [
    ...none,
    ...offers,
    ["*", "every account"],
    [variable, "the caller's account"],
    ["aws", "AWS's own, such as managed policies"],
  ];
}
