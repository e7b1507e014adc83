/**
 * `Resource` and `NotResource` against one ARN. Case counts everywhere.
 * A `*` that ends a field of the ARN may run over the colons behind it; other wildcards before the fifth colon
 * stay within their field; in the resource part they match anything.
 * See https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
import { arnFields } from "../policy/arn.js";
import { anyKey, type KeyTest, type RequestContext } from "./context.js";
import { compileGlob, matchesGlob, type TextTest } from "./glob.js";
import { compileTemplate, fillTemplate, missingHoles, openTemplate } from "./variables.js";

export interface ResourcePattern {
  /** As written. */
  readonly value: string;
  matches(resource: string, context: RequestContext): boolean;
  /** The keys, as written, whose values decide whether the pattern matches; the request lacks them, and can have them. */
  missing(resource: string, context: RequestContext, canHave?: KeyTest): readonly string[];
}

const ARN_FIELDS = 6;
const NONE: readonly string[] = [];

export function compileResource(value: string, variables: boolean): ResourcePattern {
  const fields = padded(arnFields(value));
  const isArn = fields[0] === "arn" && fields.length === ARN_FIELDS;
  // Variables are filled in the resource part only.
  const head = isArn ? `${fields.slice(0, -1).join(":")}:` : "";
  const tail = isArn ? (fields.at(-1) ?? "") : value;
  const template = variables ? compileTemplate(tail, "pattern") : tail;
  if (typeof template === "string") {
    const test = compilePattern(head, template);
    return { value, matches: test, missing: () => NONE };
  }
  return {
    value,
    matches(resource, context) {
      const filled = fillTemplate(template, context);
      return filled !== undefined && matchesParts(head, filled, resource);
    },
    missing(resource, context, canHave = anyKey) {
      const holes = missingHoles(template, context, canHave) ?? NONE;
      const open = holes.length > 0 && matchesParts(head, openTemplate(template, context, canHave), resource);
      return open ? holes : NONE;
    },
  };
}

/** IAM completes an ARN that breaks off before the resource part. */
function padded(fields: readonly string[]): readonly string[] {
  if (fields[0] !== "arn" || fields.length < 2) return fields;
  return [...fields, ...Array<string>(ARN_FIELDS - fields.length).fill("*")];
}

function compilePattern(head: string, tail: string): TextTest {
  if (!isBounded(head)) return compileGlob(head + tail);
  return (resource) => matchesParts(head, tail, resource);
}

function matchesParts(head: string, tail: string, resource: string): boolean {
  if (!isBounded(head)) return matchesGlob(head + tail, resource);
  return matchesHead(head, 0, resource, 0, (rest) => matchesGlob(tail, rest));
}

/** Has the head a wildcard that must stay within its field? */
function isBounded(head: string): boolean {
  return head.includes("?") || /\*(?!:)/.test(head);
}

function matchesHead(head: string, h: number, text: string, t: number, rest: TextTest): boolean {
  for (; h < head.length; h++, t++) {
    const char = head[h];
    if (char === "*") {
      const spans = head[h + 1] === ":";
      for (let end = t; end <= text.length; end++) {
        if (matchesHead(head, h + 1, text, end, rest)) return true;
        if (!spans && text[end] === ":") return false;
      }
      return false;
    }
    if (t >= text.length || (char === "?" ? text[t] === ":" : char !== text[t])) return false;
  }
  return rest(text.slice(t));
}
