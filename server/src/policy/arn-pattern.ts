/**
 * An entry of `Resource` as a pattern. Policy variables and placeholders stand for text that nobody knows yet, so they
 * count as wildcards; what the text means to a service is the catalogue's.
 */
import { Asked, questionsAbout } from "./answered.js";
import { type Arn, type ArnPart, arnPartSpan, parseArn } from "./arn.js";
import { findPlaceholders } from "./placeholder.js";
import { findVariables } from "./variable.js";
import { hasWildcard } from "./wildcard.js";

/** Every field has stars where the text has variables or placeholders: as many as characters, so offsets stay true. */
export class ArnPattern extends Asked implements Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;

  constructor(
    readonly text: string,
    arn: Arn,
  ) {
    super();
    this.partition = arn.partition;
    this.service = arn.service;
    this.region = arn.region;
    this.account = arn.account;
    this.resource = arn.resource;
  }
}

export const ofArn = questionsAbout<ArnPattern>();

const REMEMBERED = 50_000;
const known = new Map<string, ArnPattern | null>();

/** `undefined` for anything but `arn:` and five more fields. Remembered: several rules ask about each entry. */
export function readArnPattern(text: string): ArnPattern | undefined {
  let pattern = known.get(text);
  if (pattern === undefined) {
    const arn = parseArn(opened(text));
    pattern = arn === undefined ? null : new ArnPattern(text, arn);
    if (known.size >= REMEMBERED) known.clear();
    known.set(text, pattern);
  }
  return pattern ?? undefined;
}

/** The text with stars in the place of variables and placeholders. */
export function opened(text: string): string {
  if (!text.includes("${") && !text.includes("<") && !text.includes("{{")) return text;
  let result = text;
  for (const { start, end } of [...findVariables(text), ...findPlaceholders(text)])
    result = result.slice(0, start) + "*".repeat(end - start) + result.slice(end);
  return result;
}

/** The text with a letter for every character of variables and placeholders, as if they were filled with a plain name. */
export function filled(text: string): string {
  const stars = opened(text);
  if (stars === text) return text;
  let result = "";
  for (let i = 0; i < text.length; i++) result += stars[i] === text[i] ? text[i] : "x";
  return result;
}

/** The entry as written, with another text in one part of it. */
export function withPart({ text }: ArnPattern, part: ArnPart, value: string): string {
  const { start, end } = arnPartSpan(opened(text), part);
  return text.slice(0, start) + value + text.slice(end);
}

/** The part as written. */
export function writtenPart({ text }: ArnPattern, part: ArnPart): string {
  const { start, end } = arnPartSpan(opened(text), part);
  return text.slice(start, end);
}

/** Can this part of a pattern stand for several texts? */
export const isOpen = hasWildcard;
