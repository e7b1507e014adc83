/** One ARN out of many: wildcards and variables of a pattern filled with something plain. Whether such a resource exists is not asked. */
import { arnFields } from "../policy/arn.js";

/** What stands in the place of a wildcard or of a name that nobody gives. */
export const ANY = "any";
/** Another name that nobody gives. */
export const OTHER = "other";
export const FALLBACK_REGION = "us-east-1";

/** What is filled in where an ARN leaves it open. An account is one. */
export interface ArnHome {
  readonly partition: string;
  readonly region: string | undefined;
  readonly id: string;
}

/** `${aws:username}` is left in: it is filled for each principal. */
export function concreteArn(pattern: string, { partition, region, id }: ArnHome): string {
  const [, , service = "", inRegion = "", inAccount = "", resource = ""] = arnFields(pattern);
  const field = (text: string, value: string) => (/[*?$]/.test(text) ? value : text);
  const name = fillWildcards(resource);
  return [
    "arn",
    partition,
    service,
    field(inRegion, region ?? FALLBACK_REGION),
    field(inAccount, id),
    name === "" ? ANY : name,
  ].join(":");
}

/** Is it filled in from its first letter, such as a bucket that nobody names? */
export function isNameless(arn: string): boolean {
  return new RegExp(`^${ANY}(?=[/:]|$)`).test(arnFields(arn)[5] ?? "");
}

export function fillWildcards(text: string): string {
  return text.replace(HOLE, (hole) => (/^\$\{aws:username\}$/i.test(hole) ? hole : ANY));
}

const HOLE = /\$\{[^}]*\}|\*+|\?/g;
