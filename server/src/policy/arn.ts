/** Amazon Resource Names, split into their parts. See https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
import type { Span } from "../syntax/span.js";

export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  /** Everything behind the fifth colon, colons and slashes included. */
  readonly resource: string;
}

export type ArnPart = keyof Arn;
const PARTS: readonly ArnPart[] = ["partition", "service", "region", "account", "resource"];

/** The parts of a text that starts with `arn:` and has all six fields; `undefined` otherwise. */
export function parseArn(text: string): Arn | undefined {
  const fields = arnFields(text);
  if (fields[0] !== "arn" || fields.length < 6) return undefined;
  const [, partition = "", service = "", region = "", account = "", resource = ""] = fields;
  return { partition, service, region, account, resource };
}

/** The fields between colons, at most six; colons inside `${…}` do not separate. */
export function arnFields(text: string): readonly string[] {
  if (!text.includes("${")) {
    const fields: string[] = [];
    let from = 0;
    while (fields.length < 5) {
      const colon = text.indexOf(":", from);
      if (colon < 0) break;
      fields.push(text.slice(from, colon));
      from = colon + 1;
    }
    fields.push(text.slice(from));
    return fields;
  }
  const fields: string[] = [];
  let field = "";
  for (let i = 0; i < text.length; i++) {
    const close = text.startsWith("${", i) ? text.indexOf("}", i) : -1;
    if (close > 0) {
      field += text.slice(i, close + 1);
      i = close;
    } else if (text[i] === ":" && fields.length < 5) {
      fields.push(field);
      field = "";
    } else field += text[i];
  }
  fields.push(field);
  return fields;
}

/** Where a part stands in the text. */
export function arnPartSpan(text: string, part: ArnPart): Span {
  const fields = arnFields(text);
  const index = PARTS.indexOf(part) + 1;
  const start = fields.slice(0, index).reduce((sum, field) => sum + field.length + 1, 0);
  return { start, end: start + (fields[index]?.length ?? 0) };
}
