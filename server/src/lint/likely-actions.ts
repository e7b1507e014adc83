/** What an action or service that AWS does not have may have been meant to be, the likeliest first. */
import type { Catalogue, Service } from "../catalogue/catalogue.js";
import type { ActionPattern } from "../policy/action-pattern.js";
import { distance, nearest } from "../policy/nearest.js";
import { hasWildcard } from "../policy/wildcard.js";

/** Names that people and SDKs have for services whose prefix is another word. */
const OTHER_NAMES: ReadonlyMap<string, readonly string[]> = new Map([
  ["apigw", ["apigateway", "execute-api"]],
  ["cloudwatchlogs", ["logs"]],
  ["cognito", ["cognito-idp", "cognito-identity"]],
  ["cognitoidp", ["cognito-idp"]],
  ["costexplorer", ["ce"]],
  ["efs", ["elasticfilesystem"]],
  ["elb", ["elasticloadbalancing"]],
  ["elbv2", ["elasticloadbalancing"]],
  ["emr", ["elasticmapreduce"]],
  ["eventbridge", ["events"]],
  ["iot-core", ["iot"]],
  ["msk", ["kafka"]],
  ["opensearch", ["es"]],
  ["parameterstore", ["ssm"]],
  ["resource-explorer", ["resource-explorer-2"]],
  ["sfn", ["states"]],
  ["stepfunctions", ["states"]],
  ["systemsmanager", ["ssm"]],
  ["waf-v2", ["wafv2"]],
]);
const FEW = 3;

/** For an unknown name, whether its service is known or it has none at all. */
export function likelyActions(action: ActionPattern, catalogue: Catalogue): readonly string[] {
  const name = action.name.trim();
  const service = catalogue.service(action.service.trim());
  if (service === undefined) {
    const [, prefix = "", rest = ""] = /^([a-z0-9-]+)[./ ]+(\w+)$/i.exec(name) ?? [];
    const separated = catalogue.action(`${prefix}:${rest}`);
    return separated === undefined ? withName(name, catalogue) : [separated.fullName];
  }
  if (hasWildcard(name)) return likelyPattern(name, service);
  const near = nearest(
    name,
    [...service.actions.values()].map((it) => it.name),
  );
  const own = near === undefined ? [] : [`${service.prefix}:${near}`];
  if (near !== undefined && distance(near.toLowerCase(), name.toLowerCase(), 2) <= 2) return own;
  if (firstWords(service).has(name)) return [`${service.prefix}:${name}*`];
  const elsewhere = withName(name, catalogue);
  return elsewhere.length > 0 ? elsewhere : own;
}

/** For a service that is none: entries of `Action` with another service. */
export function likelyServices({ service, name }: ActionPattern, catalogue: Catalogue): readonly string[] {
  const near = nearest(service, catalogue.services);
  const prefixes = [...(OTHER_NAMES.get(service) ?? []), ...(near === undefined ? [] : [near])];
  const written = prefixes.map((prefix) => `${prefix}:${name}`);
  const fitting = written.filter((it) => catalogue.standing(it) === "known");
  if (fitting.length > 0) return fitting;
  const elsewhere = hasWildcard(name) ? [] : withName(name, catalogue);
  return elsewhere.length > 0 ? elsewhere : written;
}

/** The actions of that name in all services, as long as they are few enough to choose from. */
function withName(name: string, catalogue: Catalogue): readonly string[] {
  const found = catalogue.actionsNamed(name);
  return found.length <= FEW ? found : [];
}

/** `Descibe*` is near the first words of some actions. */
function likelyPattern(name: string, service: Service): readonly string[] {
  const stem = name.slice(0, -1);
  if (!name.endsWith("*") || hasWildcard(stem) || stem === "") return [];
  const near = nearest(stem, firstWords(service));
  return near === undefined ? [] : [`${service.prefix}:${near}*`];
}

/** What its actions begin with: `Get`, `GetObject` and `GetObjectAcl` are words of `GetObjectAcl`. */
function firstWords(service: Service): ReadonlySet<string> {
  const words = new Set<string>();
  for (const { name } of service.actions.values()) {
    for (const { index } of name.matchAll(/(?!^)(?=[A-Z])|$/g)) words.add(name.slice(0, index));
  }
  return words;
}
