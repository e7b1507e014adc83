/** Completion: from a text and an offset to offers with their edits. Which source of words is asked, and how edits look. */
import type { Catalogue } from "../../catalogue/catalogue.js";
import type { KindHints } from "../../policy/kind.js";
import { cursorAt, type Language } from "../../syntax/document.js";
import type { Edit } from "../../syntax/span.js";
import { isStandIn } from "../../syntax/stand-in.js";
import { hasStops, toPlainText, toSnippet } from "../snippet-text.js";
import { usage as everyonesUsage, type Usage } from "../usage.js";
import type { AccountNames } from "./account-names.js";
import { actions } from "./actions.js";
import { arnFieldValues, resources } from "./arns.js";
import { conditionKeyForms, conditionKeys } from "./condition-keys.js";
import { operatorForms, operators } from "./condition-operators.js";
import { conditionValues } from "./condition-values.js";
import { contextAt } from "./context.js";
import {
  documentElements,
  effects,
  ids,
  principalTypes,
  sids,
  statementElements,
  versions,
} from "./elements.js";
import type { Completion, Offer, Suggestion } from "./offer.js";
import { placeholders } from "./placeholders.js";
import { principalForms, principalParts, principals } from "./principals.js";
import { ranked } from "./ranking.js";
import type { Scope } from "./scope.js";
import { documentSnippets, statementSnippets } from "./snippets.js";
import { terraformArguments } from "./terraform.js";
import { variables } from "./variables.js";

export interface CompletionInput {
  readonly text: string;
  readonly offset: number;
  readonly language: Language;
  readonly hints: KindHints;
  /** Did somebody say that the text is a policy? */
  readonly named: boolean;
  readonly catalogue: Catalogue;
  /** Values of placeholders that go into ARNs, from the configuration. */
  readonly variables: Readonly<Record<string, string>>;
  /** Values of all placeholders that are known; `variables` unless said. */
  readonly placeholders?: Readonly<Record<string, string>>;
  readonly account?: AccountNames | undefined;
  /** Can the editor fill in places? Otherwise the proposed texts stand there. */
  readonly snippets: boolean;
  readonly usage?: Usage;
}

const NOTHING: Completion = { offers: [], incomplete: false };
/** Behind a colon: all actions of most services. */
const WHOLE_SERVICE = 200;

export function complete(input: CompletionInput): Completion {
  const { text, offset, language, hints, named, catalogue } = input;
  const cursor = cursorAt(text, offset, language);
  const context = cursor && contextAt(cursor, hints, named);
  if (cursor === undefined || context === undefined) return NOTHING;
  const scope: Scope = {
    ...context,
    catalogue,
    usage: input.usage ?? everyonesUsage(),
    variables: input.variables,
    placeholders: input.placeholders ?? input.variables,
    account: input.account,
  };
  const { typed } = cursor.word;
  const inside =
    placeholders(scope) ??
    variables(scope) ??
    principalParts(scope) ??
    (scope.place.at === "action" ? undefined : arnFieldValues(scope));
  const whole = suggestionsAt(scope);
  const [first] = inside ?? [];
  const start = first?.insert !== undefined && "text" in first.insert ? (first.insert.within?.start ?? 0) : 0;
  const most = typed.includes(":") ? WHOLE_SERVICE : undefined;
  const part = ranked(inside ?? [], typed.slice(start).trimStart(), most);
  const rest = ranked(whole, typed, most);
  const labels = new Set(part.found.map(({ label }) => label));
  const others = rest.found.filter(({ label }) => !labels.has(label));
  return {
    offers: [...part.found, ...others].map((it) => offer(scope, it, input.snippets)),
    incomplete: part.left || rest.left || scope.place.at === "action",
  };
}

function suggestionsAt(scope: Scope): readonly Suggestion[] {
  const { place } = scope;
  switch (place.at) {
    case "document":
      return documentSnippets(scope);
    case "document-element":
      return documentElements(scope, place.object);
    case "argument":
      return terraformArguments(scope, place.block, place.object);
    case "version":
      return versions();
    case "id":
      return ids(scope);
    case "statement":
      return statementSnippets(scope, place.listed);
    case "statement-element":
      return statementElements(scope, place.object);
    case "sid":
      return sids(scope);
    case "effect":
      return effects(scope);
    case "action":
      return actions(scope);
    case "resource":
      return resources(scope);
    case "principal":
      return principalForms(scope);
    case "principal-type":
      return principalTypes(scope, place.object);
    case "principal-value":
      return principals(scope, place.type, place.siblings);
    case "condition":
      return operatorForms(scope);
    case "operator":
      return operators(scope, place.object);
    case "condition-key":
      return conditionKeys(scope, place.operator, place.object);
    case "operator-value":
      return conditionKeyForms(scope, place.operator);
    case "condition-value": {
      const taken = new Set(place.siblings);
      return conditionValues(scope, place.operator, place.key).filter(({ label }) => !taken.has(label));
    }
  }
}

function offer(scope: Scope, suggestion: Suggestion, snippets: boolean): Offer {
  const { label, type, detail, about, insert } = suggestion;
  const [edit, ...additional] = editsOf(scope, suggestion, snippets);
  const newText = edit?.newText ?? "";
  return {
    label,
    type,
    detail,
    filter: filterOf(scope, suggestion),
    about,
    deprecated: suggestion.deprecated ?? false,
    // A name that Terraform has as a text is written with it.
    more: (suggestion.more ?? false) && !(insert && "key" in insert && isStandIn(scope.cursor.node)),
    stops: snippets && hasStops(newText),
    edit: { start: edit?.start ?? 0, end: edit?.end ?? 0, newText: finished(newText, snippets) },
    additional: additional.map((it) => ({ ...it, newText: toPlainText(it.newText) })),
  };
}

function finished(text: string, snippets: boolean): string {
  return snippets && hasStops(text) ? toSnippet(text) : toPlainText(text);
}

function editsOf({ cursor }: Scope, { label, insert, more }: Suggestion, snippets: boolean): readonly Edit[] {
  const { edits } = cursor;
  if (insert === undefined) return edits.text(label);
  if ("key" in insert) return edits.member(insert.key, insert.value);
  if ("value" in insert) return edits.value(insert.value);
  // Without places to fill in, the cursor ends behind what was put in: there must be no quote before it.
  const goesOn = (more ?? false) && (!snippets || insert.within !== undefined);
  return edits.text(insert.text, insert.within, goesOn);
}

/** Editors look for the typed text at the start of this, so a match further inside is put first. */
function filterOf({ cursor }: Scope, { label, insert, words }: Suggestion): string {
  const { typed } = cursor.word;
  const within = insert !== undefined && "text" in insert ? insert.within : undefined;
  const part = within === undefined ? typed : typed.slice(within.start);
  // An edit that replaces the quotes is compared from the quote on.
  const replaced = insert !== undefined && "value" in insert && !("key" in insert);
  const quote = replaced ? cursor.word.quote : "";
  const fits = label.toLowerCase().startsWith(part.toLowerCase());
  return fits ? `${quote}${label}` : `${quote}${part} ${label}${words === undefined ? "" : ` ${words}`}`;
}
