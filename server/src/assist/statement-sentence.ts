/**
 * A statement in plain words: a short name where it has none of its own, and one sentence on what it does.
 * The words follow the text; what AWS would decide is not known here.
 */
import type { Catalogue } from "../catalogue/catalogue.js";
import type { ActionPattern } from "../policy/action-pattern.js";
import { arnFields } from "../policy/arn.js";
import type { Condition } from "../policy/condition.js";
import { everyStatement, type Policy, type Statement } from "../policy/policy.js";
import { isAnyone, type Principal } from "../policy/principal.js";
import { hasWildcard } from "../policy/wildcard.js";
import { ALLOW, DENY } from "../policy/words.js";
import { conditionPhrase } from "./condition-phrase.js";

/** The Sid, or such as `Allow 4 S3 actions on logs/*`. */
export function statementName(statement: Statement, catalogue: Catalogue): string {
  const { sid, effect } = statement;
  if (sid !== undefined && sid.value.trim() !== "") return sid.value;
  const what = actionsOf(statement, catalogue);
  if (what === undefined) return `Statement ${statement.index + 1}`;
  const on = resourcesOf(statement, shortResource);
  const who = principalsOf(statement);
  const tail = who === undefined ? on && ` on ${on}` : ` for ${who}`;
  return `${effect?.value ?? "?"} ${what}${tail ?? ""}`;
}

/** Such as `Allows s3:GetObject on arn:aws:s3:::logs/*, only in eu-west-1.`; `undefined` while too little is written. */
export function statementSentence(statement: Statement, catalogue: Catalogue): string | undefined {
  const what = actionsOf(statement, catalogue);
  const effect = statement.effect?.value;
  if (what === undefined || (effect !== ALLOW && effect !== DENY)) return undefined;
  const verb = effect === ALLOW ? "Allows" : "Denies";
  const who = principalsOf(statement);
  const on = resourcesOf(statement, (it) => it);
  const subject = who === undefined ? `${verb} ${what}` : `${verb} ${who} ${what}`;
  const conditions = statement.conditions.map((it) => conditionPhrase(it, effect === DENY));
  return `${subject}${on === undefined ? "" : ` on ${on}`}${listOfConditions(conditions, statement.conditions)}.`;
}

/** What all statements do together, such as `Allows 6 actions of S3 and ec2, denies all of iam.` */
export function policySentence(policy: Policy, catalogue: Catalogue): string | undefined {
  const statements = everyStatement(policy);
  const parts: string[] = [];
  for (const [effect, verb] of [
    [ALLOW, "allows"],
    [DENY, "denies"],
  ] as const) {
    const of = statements.filter((it) => it.effect?.value === effect);
    const actions = of.flatMap((it) => it.actions);
    if (of.some((it) => it.notActions.length > 0)) parts.push(`${verb} everything but a few actions`);
    else if (actions.length > 0) parts.push(`${verb} ${actionPhrase(distinct(actions), catalogue)}`);
  }
  if (parts.length > 0 && policy.alternatives.length > 0) parts.push("as the template chooses");
  const sentence = parts.join(", ");
  return sentence === "" ? undefined : `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}

function distinct(actions: readonly ActionPattern[]): readonly ActionPattern[] {
  return [...new Map(actions.map((it) => [it.folded, it])).values()];
}

function listOfConditions(phrases: readonly string[], conditions: readonly Condition[]): string {
  if (phrases.length === 0) return "";
  if (phrases.length > 4) return `, under ${conditions.length} conditions`;
  return `, ${enumerate(phrases, "and")}`;
}

function actionsOf({ actions, notActions }: Statement, catalogue: Catalogue): string | undefined {
  if (actions.length > 0) return actionPhrase(actions, catalogue);
  if (notActions.length > 0) return `everything but ${actionPhrase(notActions, catalogue)}`;
  return undefined;
}

function actionPhrase(written: readonly ActionPattern[], catalogue: Catalogue): string {
  // One without a service is still being typed.
  const actions = written.filter(({ service, value }) => service !== "" || value === "*");
  if (actions.length === 0) return "nothing yet";
  if (actions.some(({ value }) => value === "*" || value === "*:*")) return "every action";
  const [only] = actions;
  if (actions.length === 1 && only !== undefined) {
    return only.name === "*" ? `all of ${serviceName(only.service, catalogue)}` : only.value;
  }
  const whole = actions.filter(({ name }) => name === "*").map(({ service }) => service);
  const single = actions.filter(({ service }) => !whole.includes(service));
  return [
    ...(whole.length === 0 ? [] : [`all of ${servicesPhrase(whole, catalogue)}`]),
    ...(single.length === 0 ? [] : [singlePhrase(single, catalogue)]),
  ].join(", and ");
}

/** How many they are once their wildcards are written out; a wildcard for services counts as it stands. */
function singlePhrase(actions: readonly ActionPattern[], catalogue: Catalogue): string {
  const serviceOf = new Map<string, string>();
  for (const { service, value, wildcard, folded } of actions) {
    const matched = wildcard && !hasWildcard(service) ? catalogue.expand(value) : [];
    for (const { fullName } of matched) serviceOf.set(fullName.toLowerCase(), service);
    if (matched.length === 0) serviceOf.set(folded, service);
  }
  if (serviceOf.size === 1) return actions[0]?.value ?? "";
  const services = [...new Set(serviceOf.values())];
  const names = servicesPhrase(services, catalogue);
  return services.length === 1
    ? `${serviceOf.size} ${names} actions`
    : `${serviceOf.size} actions of ${names}`;
}

function servicesPhrase(prefixes: readonly string[], catalogue: Catalogue): string {
  const services = [...new Set(prefixes)];
  if (services.length > 3) return `${services.length} services`;
  return enumerate(
    services.map((it) => serviceName(it, catalogue)),
    "and",
  );
}

/** `S3` for `s3`; the prefix where the name is a long one. */
export function serviceName(prefix: string, catalogue: Catalogue): string {
  const name = catalogue.service(prefix)?.name.replace(/^(?:AWS|Amazon) /, "");
  return name === undefined || name.length > 12 ? prefix : name;
}

function resourcesOf(
  { resources, notResources }: Statement,
  shown: (resource: string) => string,
): string | undefined {
  const phrase = (values: readonly string[]) =>
    values.length === 1
      ? shown(values[0] ?? "")
      : values.length === 2
        ? `${shown(values[0] ?? "")} and ${shown(values[1] ?? "")}`
        : `${values.length} resources`;
  if (resources.some(({ value }) => value === "*")) return "every resource";
  if (resources.length > 0) return phrase(resources.map(({ value }) => value));
  if (notResources.length > 0) return `everything but ${phrase(notResources.map(({ value }) => value))}`;
  return undefined;
}

/** What tells it apart: the ARN without its head. */
function shortResource(resource: string): string {
  const last = arnFields(resource)[5] ?? resource;
  return last.length > 40 ? `${last.slice(0, 39)}…` : last;
}

function principalsOf({ principals, notPrincipals }: Statement): string | undefined {
  if (principals.length > 0) return principals.some(isAnyone) ? "anyone" : principalPhrase(principals);
  if (notPrincipals.length > 0) return `everyone but ${principalPhrase(notPrincipals)}`;
  return undefined;
}

function principalPhrase(principals: readonly Principal[]): string {
  if (principals.length > 2) return `${principals.length} principals`;
  return enumerate(principals.map(shortPrincipal), "and");
}

function shortPrincipal({ value }: Principal): string {
  const fields = arnFields(value);
  const [, , , , account, resource] = fields;
  if (resource === "root") return `account ${account}`;
  if (/^\d{12}$/.test(value)) return `account ${value}`;
  return resource ?? value;
}

function enumerate(words: readonly string[], word: "and" | "or"): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} ${word} ${words.at(-1)}`;
}
