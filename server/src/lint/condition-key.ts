/** What is wrong with the name of a condition key, decided once for the rules that report it, and which key was meant. */
import type { Catalogue, ConditionKey } from "../catalogue/catalogue.js";
import { isKeyTemplate } from "../catalogue/key-template.js";
import { nearest } from "../policy/nearest.js";
import { hasPlaceholder } from "../policy/placeholder.js";
import type { Statement } from "../policy/policy.js";

export type KeyFault =
  /** Not of the form `service:name`. */
  | "form"
  /** `aws:RequestTag/` without the tag's key. */
  | "tag-key"
  /** `aws:` with a name that is none. */
  | "global"
  /** A service's prefix with a name that is none of its keys. */
  | "of-service"
  /** A prefix that is no service's. */
  | "service";

/** Keys that AWS takes, its own policies show it, though its reference leaves them out. */
const UNLISTED: ReadonlySet<string> = new Set([
  // It has a successor, `aws:PrincipalArn`; that it is out of date is reported as such.
  "aws:arn",
  "aws:principalorgmasteraccountid",
  "lakeformation:gluearn",
]);

export function keyFault(key: string, catalogue: Catalogue): KeyFault | undefined {
  if (catalogue.conditionKey(key) !== undefined || key.includes("${") || hasPlaceholder(key))
    return undefined;
  const colon = key.indexOf(":");
  if (colon <= 0 || colon === key.length - 1) return "form";
  if (UNLISTED.has(key.toLowerCase())) return undefined;
  if (tagFamily(key, catalogue) !== undefined) return "tag-key";
  const prefix = key.slice(0, colon).toLowerCase();
  if (prefix === "aws") return "global";
  if (catalogue.service(prefix) !== undefined) return "of-service";
  // Identity providers bring their own keys: `saml:…`, and the host names of OpenID Connect.
  if (prefix === "saml" || prefix.includes(".") || catalogue.retired(prefix) !== undefined) return undefined;
  return "service";
}

/** For a key that should end with a tag's key and does not: the family, such as `aws:RequestTag/`. */
export function tagFamily(key: string, catalogue: Catalogue): string | undefined {
  const bare = key.endsWith("/") ? key.slice(0, -1) : key;
  if (!/tag$/i.test(bare)) return undefined;
  const found = catalogue.conditionKey(`${bare}/-`)?.key;
  return found !== undefined && isKeyTemplate(found) ? headOf(found) : undefined;
}

/** The key that was probably meant, in AWS's spelling. */
export function meantKey(key: string, statement: Statement, catalogue: Catalogue): string | undefined {
  const colon = key.indexOf(":");
  const name = key.slice(colon + 1);
  const prefix = key.slice(0, Math.max(colon, 0));
  // The right name behind a wrong prefix, or none.
  for (const other of new Set(["aws", ...statement.actions.map(({ service }) => service)])) {
    const found = other === "" ? undefined : catalogue.conditionKey(`${other}:${name}`);
    if (found !== undefined) return spelled(found, `${other}:${name}`);
  }
  const service = catalogue.service(prefix);
  if (prefix.toLowerCase() === "aws") return nearestOf(catalogue.globalConditionKeys, key);
  if (service !== undefined) return nearestOf([...service.conditionKeys.values()], key);
  const meant = nearest(prefix, ["aws", ...catalogue.services]);
  const found = meant === undefined ? undefined : catalogue.conditionKey(`${meant}:${name}`);
  return found && spelled(found, `${meant}:${name}`);
}

function nearestOf(keys: readonly ConditionKey[], key: string): string | undefined {
  const slash = key.indexOf("/");
  if (slash < 0) {
    const plain = keys.filter((it) => !isKeyTemplate(it.key));
    return nearest(
      key,
      plain.map((it) => it.key),
    );
  }
  const heads = keys.filter((it) => isKeyTemplate(it.key)).map((it) => headOf(it.key));
  const head = nearest(key.slice(0, slash + 1), heads);
  return head && head + key.slice(slash + 1);
}

/** What a template begins with, up to its gap. */
function headOf(template: string): string {
  return template.slice(0, template.search(/[$<]/));
}

function spelled({ key }: ConditionKey, written: string): string {
  if (!isKeyTemplate(key)) return key;
  const head = headOf(key);
  return head + written.slice(head.length);
}
