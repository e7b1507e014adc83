/** Hover: which word of a policy is under the cursor, and what is said about it. What the words mean is told beside it. */
import type { Catalogue } from "../../catalogue/catalogue.js";
import { arnPartSpan } from "../../policy/arn.js";
import { findPlaceholders } from "../../policy/placeholder.js";
import { everyStatement, type Policy, readStatement, type Statement } from "../../policy/policy.js";
import { findVariables } from "../../policy/variable.js";
import { hasWildcard } from "../../policy/wildcard.js";
import { DENY } from "../../policy/words.js";
import { contains, type Span, spanOf } from "../../syntax/span.js";
import type { KeyNode, ObjectNode, StringNode, ValueNode } from "../../syntax/tree.js";
import { spanWithin } from "../../syntax/tree.js";
import { conditionPhrase } from "../condition-phrase.js";
import { loneStatementAt } from "../lone-statement.js";
import { type Place, placeOf } from "../place.js";
import { statementSentence } from "../statement-sentence.js";
import { argumentMeaning, terraformBlockAround, terraformDocumentAround } from "../terraform-arguments.js";
import { actionText } from "./action.js";
import { arnPartAt, arnText } from "./arn.js";
import { conditionKeyText } from "./condition-key.js";
import { elementText } from "./element.js";
import { code, literally, paragraphs } from "./markdown.js";
import { operatorText } from "./operator.js";
import { principalText } from "./principal.js";
import { serviceText } from "./service.js";
import { variableText } from "./variable.js";
import { wildcardText } from "./wildcard.js";

export interface Hover {
  /** What it is about. */
  readonly at: Span;
  readonly markdown: string;
}

export interface HoverInput {
  readonly policies: readonly Policy[];
  /** Of the document. */
  readonly root: ValueNode | undefined;
  readonly catalogue: Catalogue;
  readonly offset: number;
  /** Values of placeholders. */
  readonly variables: Readonly<Record<string, string>>;
}

export function hoverAt(input: HoverInput): Hover | undefined {
  return atWord(input) ?? atArgument(input);
}

function atWord({ policies, root, catalogue, offset, variables }: HoverInput): Hover | undefined {
  const policy = policies.find(({ node }) => node.start <= offset && offset <= node.end);
  const lone = policy === undefined ? loneStatementAt(root, offset) : undefined;
  const listed = policy && everyStatement(policy).find(({ start, end }) => start <= offset && offset <= end);
  const statement = lone === undefined ? listed : readStatement(lone, 0);
  const around = policy?.node ?? lone;
  if (around === undefined) return undefined;
  const node = innermost(around, offset);
  if (node === undefined) return undefined;
  if (node.type === "object" || node.type === "array") {
    return node === statement?.node ? atBrace(node, statement, catalogue, offset) : undefined;
  }
  const place = placeOf(node, { policy: around, statement: statement?.node });
  if (place === undefined) return undefined;
  if (node.type === "key") return said(node, keyText(node, place, statement, catalogue));
  if (node.type === "string") return atText(node, place, statement, catalogue, offset, variables);
  return place.at === "condition-value" ? said(node, conditionText(node, statement)) : undefined;
}

/** The name of an argument in Terraform's words, which a policy need not have. */
function atArgument({ root, offset }: HoverInput): Hover | undefined {
  const node = root && innermost(root, offset);
  const document = node?.type === "key" ? terraformDocumentAround(node, root) : undefined;
  if (node?.type !== "key" || document === undefined) return undefined;
  const meaning = argumentMeaning(terraformBlockAround(node, document)?.block, node.value);
  if (meaning === undefined) return undefined;
  const text =
    "element" in meaning ? elementText(meaning.element) : paragraphs(`**${node.value}**`, meaning.text);
  return said(node, text);
}

/** The key or value under the cursor; a container where it is on none of its parts. */
function innermost(root: ValueNode, offset: number): KeyNode | ValueNode | undefined {
  const covers = ({ start, end }: Span) => start <= offset && offset <= end;
  let node: ValueNode = root;
  for (;;) {
    if (node.type === "object") {
      const member = node.members.find(covers);
      if (member === undefined) return node;
      if (covers(member.key)) return member.key;
      if (member.value === undefined || !covers(member.value)) return undefined;
      node = member.value;
    } else if (node.type === "array") {
      const item: ValueNode | undefined = node.items.find(covers);
      if (item === undefined) return node;
      node = item;
    } else return node;
  }
}

function atBrace(
  node: ObjectNode,
  statement: Statement,
  catalogue: Catalogue,
  offset: number,
): Hover | undefined {
  const opening = offset <= node.start + 1;
  if (!opening && offset < node.end - 1) return undefined;
  const at = opening ? { start: node.start, end: node.start + 1 } : { start: node.end - 1, end: node.end };
  return said(at, sentenceOf(statement, catalogue));
}

function keyText(
  { value }: KeyNode,
  place: Place,
  statement: Statement | undefined,
  catalogue: Catalogue,
): string | undefined {
  switch (place.at) {
    case "statement-element":
      if (value !== "Sid" && value !== "Effect") return elementText(value);
      return paragraphs(sentenceOf(statement, catalogue), elementText(value));
    case "document-element":
    case "principal-type":
      return elementText(value);
    case "operator":
      return operatorText(value);
    case "condition-key":
      return conditionKeyText(catalogue, value);
    default:
      return undefined;
  }
}

function atText(
  node: StringNode,
  place: Place,
  statement: Statement | undefined,
  catalogue: Catalogue,
  offset: number,
  values: Readonly<Record<string, string>>,
): Hover | undefined {
  const { value } = node;
  const inside = offsetWithin(node, offset);
  // Where a character stands for none, as the first of two marks in Terraform's JSON, nothing is named.
  const covers = ({ start, end }: Span) =>
    contains(spanWithin(node, start, end), { start: offset, end: offset });
  const variable = findVariables(value).find(covers);
  if (variable !== undefined && offset > node.start && offset < node.end) {
    return said(spanWithin(node, variable.start, variable.end), variableText(catalogue, variable));
  }
  const placeholder = findPlaceholders(value).find(covers);
  if (placeholder !== undefined && offset > node.start && offset < node.end) {
    const known = Object.hasOwn(values, placeholder.name) ? values[placeholder.name] : undefined;
    return said(
      spanWithin(node, placeholder.start, placeholder.end),
      placeholderText(placeholder.text, known),
    );
  }
  switch (place.at) {
    case "id":
      return said(node, elementText("Id"));
    case "version":
      return said(node, elementText("Version"));
    case "effect":
      return said(node, paragraphs(sentenceOf(statement, catalogue), elementText(value)));
    case "sid":
      return said(node, sentenceOf(statement, catalogue));
    case "action":
      return said(node, entryText(catalogue, value));
    case "principal":
      return said(node, principalText(catalogue, undefined, value));
    case "principal-value":
      return said(node, principalText(catalogue, place.type, value));
    case "resource":
      return atArn(node, catalogue, inside, offset);
    case "condition-value":
      if (value.startsWith("arn:")) return atArn(node, catalogue, inside, offset);
      return said(node, paragraphs(valueText(catalogue, value), conditionText(node, statement)));
    default:
      return undefined;
  }
}

/** Of an entry of `Action`: an action, a pattern, or a service whose action is not written yet. */
function entryText(catalogue: Catalogue, value: string): string | undefined {
  if (hasWildcard(value)) return wildcardText(catalogue, value);
  if (/^[\w-]+:?$/.test(value)) return serviceText(catalogue, value.replace(":", ""));
  return actionText(catalogue, value);
}

function atArn(node: StringNode, catalogue: Catalogue, inside: number, offset: number): Hover | undefined {
  const part = arnPartAt(node.value, inside);
  const span = part === undefined || node.value === "*" ? undefined : arnPartSpan(node.value, part);
  const at = span === undefined || span.start === span.end ? node : spanWithin(node, span.start, span.end);
  // On a quote it is the whole ARN.
  const onPart = at.start <= offset && offset <= at.end;
  return said(onPart ? at : node, arnText(catalogue, node.value, inside));
}

/** Values that mean something by themselves: services and Regions. */
function valueText(catalogue: Catalogue, value: string): string | undefined {
  if (/\.amazonaws\.com(?:\.cn)?$/.test(value) && !hasWildcard(value)) {
    return principalText(catalogue, "Service", value);
  }
  const region = catalogue.regionName(value);
  return region === undefined ? undefined : `**Region** ${code(value)}: ${region}`;
}

/** What the condition that the value belongs to limits its statement to. */
function conditionText(node: ValueNode, statement: Statement | undefined): string | undefined {
  const condition = statement?.conditions.find(({ values }) => values.includes(node));
  const effect = statement?.effect?.value;
  if (condition === undefined || effect === undefined) return undefined;
  const denies = effect === DENY;
  const verb = denies ? "Denies" : "Allows";
  return literally(`${verb} ${conditionPhrase(condition, denies)}.`);
}

function placeholderText(text: string, known: string | undefined): string {
  return paragraphs(
    `**Placeholder** ${code(text)}`,
    known === undefined
      ? "Somebody has to put a value here before AWS takes the policy: neither the account file nor the configuration has one."
      : `It stands for ${code(known)}.`,
  );
}

function sentenceOf(statement: Statement | undefined, catalogue: Catalogue): string | undefined {
  const sentence = statement && statementSentence(statement, catalogue);
  return sentence && literally(sentence);
}

/** Where an offset of the document is in the text that the string stands for. */
function offsetWithin({ contentStart, sourceMap, value }: StringNode, offset: number): number {
  if (sourceMap === undefined) return Math.min(Math.max(0, offset - contentStart), value.length);
  const index = sourceMap.findIndex((at) => at >= offset);
  return index < 0 ? value.length : index;
}

function said(at: Span, markdown: string | undefined): Hover | undefined {
  return markdown === undefined || markdown === "" ? undefined : { at: spanOf(at), markdown };
}
