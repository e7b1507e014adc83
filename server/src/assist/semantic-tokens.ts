/**
 * What the words of a policy are, for editors to colour: effects, services, actions, wildcards, placeholders, policy
 * variables, operators, condition keys. The types are LSP's own, so that every theme has a colour for them;
 * docs/at-a-glance.md says which stands for what. Places are offsets; the protocol's numbers are not made here.
 */
import type { ActionPattern } from "../policy/action-pattern.js";
import type { Condition } from "../policy/condition.js";
import { findPlaceholders } from "../policy/placeholder.js";
import { everyStatement, type Policy, type Statement } from "../policy/policy.js";
import type { Principal } from "../policy/principal.js";
import { findVariables } from "../policy/variable.js";
import { ALLOW, DENY } from "../policy/words.js";
import type { Span } from "../syntax/span.js";
import { type KeyNode, type StringNode, spanWithin } from "../syntax/tree.js";

export const TOKEN_TYPES = [
  /** The effect. */
  "keyword",
  /** The service of an action. */
  "namespace",
  /** The name of an action. */
  "method",
  /** `*` and `?`. */
  "regexp",
  /** A placeholder. */
  "macro",
  /** A policy variable. */
  "variable",
  /** A condition operator. */
  "operator",
  /** A condition key. */
  "property",
] as const;
export type TokenType = (typeof TOKEN_TYPES)[number];

export const TOKEN_MODIFIERS = ["allow", "deny"] as const;
export type TokenModifier = (typeof TOKEN_MODIFIERS)[number];

export interface SemanticToken extends Span {
  readonly type: TokenType;
  readonly modifier?: TokenModifier;
}

/** In text order; none overlaps another. */
export function semanticTokensIn(policies: readonly Policy[]): readonly SemanticToken[] {
  const tokens: SemanticToken[] = [];
  for (const policy of policies)
    for (const statement of everyStatement(policy)) tokens.push(...tokensOf(statement));
  // What a text means without saying it has no place to colour.
  return tokens.filter(({ start, end }) => start < end).sort((a, b) => a.start - b.start);
}

function* tokensOf(statement: Statement): Generator<SemanticToken> {
  const { sid, effect, actions, notActions, resources, notResources } = statement;
  if (sid !== undefined) yield* inText(sid, undefined, false);
  if (effect !== undefined && effect.value !== "") {
    const modifier = effect.value === ALLOW ? "allow" : effect.value === DENY ? "deny" : undefined;
    const at = spanWithin(effect, 0, effect.value.length);
    yield modifier === undefined ? { ...at, type: "keyword" } : { ...at, type: "keyword", modifier };
  }
  for (const action of [...actions, ...notActions]) yield* inAction(action);
  for (const resource of [...resources, ...notResources]) yield* inText(resource, undefined, true);
  for (const principal of [...statement.principals, ...statement.notPrincipals])
    yield* inPrincipal(principal);
  const blocks = new Set<KeyNode>();
  for (const condition of statement.conditions) {
    const { key } = condition.block;
    if (!blocks.has(key)) yield { ...spanWithin(key, 0, key.value.length), type: "operator" };
    blocks.add(key);
    yield* inCondition(condition);
  }
}

function* inAction({ node, value }: ActionPattern): Generator<SemanticToken> {
  const colon = value.indexOf(":");
  if (colon > 0) yield* inText(node, "namespace", true, 0, colon);
  yield* inText(node, "method", true, colon + 1);
}

function* inPrincipal({ node, value }: Principal): Generator<SemanticToken> {
  // A star within an ARN of a principal is no wildcard.
  yield* inText(node, undefined, value === "*");
}

function* inCondition({ operator, key, values }: Condition): Generator<SemanticToken> {
  yield* inText(key, "property", false);
  const patterns = operator.base.endsWith("Like") || operator.family === "Arn";
  for (const value of values) if (value.type === "string") yield* inText(value, undefined, patterns);
}

/**
 * Variables and placeholders in a text, wildcards where they count, and the rest as `rest`.
 * Only the part from `from` to `to` is looked at.
 */
function* inText(
  node: StringNode | KeyNode,
  rest: TokenType | undefined,
  wildcards: boolean,
  from = 0,
  to = node.value.length,
): Generator<SemanticToken> {
  const { value } = node;
  const special: (Span & { readonly type: TokenType })[] = [];
  if (/[<{]/.test(value)) {
    for (const { start, end, closed } of findVariables(value))
      if (closed) special.push({ start, end, type: "variable" });
    for (const { start, end } of findPlaceholders(value)) special.push({ start, end, type: "macro" });
    special.sort((a, b) => a.start - b.start);
  }
  let at = from;
  for (const { start, end, type } of [...special, { start: to, end: to, type: undefined }]) {
    // One that begins inside another belongs to it.
    if (start < at || start > to) continue;
    yield* plain(node, at, start, rest, wildcards);
    if (type !== undefined && end <= to) yield { ...spanWithin(node, start, end), type };
    at = Math.min(end, to);
  }
}

function* plain(
  node: StringNode | KeyNode,
  from: number,
  to: number,
  rest: TokenType | undefined,
  wildcards: boolean,
): Generator<SemanticToken> {
  for (const { index, 0: part } of node.value
    .slice(from, to)
    .matchAll(wildcards ? /[*?]+|[^*?]+/g : /[\s\S]+/g)) {
    const type = wildcards && /^[*?]/.test(part) ? "regexp" : rest;
    if (type !== undefined) yield { ...spanWithin(node, from + index, from + index + part.length), type };
  }
}
