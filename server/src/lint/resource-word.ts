/**
 * The word that the last field of an ARN starts with, such as `role` in `role/app`, against the words that the service
 * has. Whether what follows it fits is not looked at.
 */
import { templatesOf } from "../catalogue/arn-template.js";
import type { Catalogue } from "../catalogue/catalogue.js";
import { type ArnPattern, isOpen } from "../policy/arn-pattern.js";
import { nearest } from "../policy/nearest.js";

export interface UnknownWord {
  /** As written, with the colon or slash behind it. */
  readonly written: string;
  /** What it was meant to be, likewise, where one of the service's is near enough. */
  readonly meant: string | undefined;
}

const HEAD = /^([^:/]*)([:/]?)/;

/** `undefined` where the word is known, or is none, or where ARNs of the service need not start with one. */
export function unknownWord(
  catalogue: Catalogue,
  { service, resource }: ArnPattern,
): UnknownWord | undefined {
  const [written = "", word = "", separator = ""] = HEAD.exec(resource) ?? [];
  if (word === "" || isOpen(word)) return undefined;
  const templates = templatesOf(catalogue, service);
  if (templates.length === 0 || templates.some(({ lead }) => lead === "")) return undefined;
  const known = templates.map(({ lead }) => HEAD.exec(lead)?.[0] ?? "");
  if (known.includes(written)) return undefined;
  const withoutSeparator = new Map(known.map((it) => [it.replace(/[:/]$/, ""), it]));
  const meant = separator === "" ? undefined : nearest(word, withoutSeparator.keys());
  return { written, meant: meant === undefined ? undefined : withoutSeparator.get(meant) };
}
