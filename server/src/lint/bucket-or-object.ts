/** What actions of S3 work on, and what its ARNs name: buckets, or the objects in them. */
import { formsOf } from "../catalogue/arn-template.js";
import type { Action, Catalogue } from "../catalogue/catalogue.js";
import { filled, readArnPattern } from "../policy/arn-pattern.js";
import type { Statement } from "../policy/policy.js";
import type { StringNode } from "../syntax/tree.js";
import type { Misfit } from "./action-fit.js";

const BUCKET = "bucket";
const OBJECT = "object";
type Thing = typeof BUCKET | typeof OBJECT;

/** The misfits that work on objects where the statement names only buckets, or the other way round. */
export function s3Misfits(
  misfits: readonly Misfit[],
  { resources }: Statement,
  catalogue: Catalogue,
):
  | { readonly strays: readonly Misfit[]; readonly of: Thing; readonly named: readonly StringNode[] }
  | undefined {
  for (const [of, other] of [
    [OBJECT, BUCKET],
    [BUCKET, OBJECT],
  ] as const) {
    const strays = misfits.filter(({ actions }) => actions.every((action) => worksOn(action, of, other)));
    if (strays.length === 0) continue;
    const named = resources.filter(({ value }) => names(value, catalogue, other, of));
    if (named.length > 0) return { strays, of, named };
  }
  return undefined;
}

function worksOn({ service, resourceTypes }: Action, thing: Thing, other: Thing): boolean {
  return (
    service === "s3" &&
    resourceTypes.some(({ name }) => name === thing) &&
    !resourceTypes.some(({ name }) => name === other)
  );
}

function names(value: string, catalogue: Catalogue, thing: Thing, other: Thing): boolean {
  const entry = readArnPattern(filled(value));
  // Access points carry an account, and stand for either.
  if (entry?.service !== "s3" || /\d/.test(entry.account)) return false;
  const forms = formsOf(entry, catalogue).map(({ type }) => type.name);
  return forms.includes(thing) && !forms.includes(other);
}

export function namesBucket(value: string, catalogue: Catalogue): boolean {
  return names(value, catalogue, BUCKET, OBJECT);
}

/** Such as `arn:aws:s3:::logs` for `arn:aws:s3:::logs/2026/*`. */
export function bucketOf(objects: string): string {
  return objects.slice(0, objects.indexOf("/"));
}

/** Such as `arn:aws:s3:::logs/*` for `arn:aws:s3:::logs`. */
export function objectsIn(bucket: string): string {
  return `${bucket}/*`;
}
