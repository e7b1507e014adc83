/** The names of the arguments of Terraform's `aws_iam_policy_document`; their values are offered as those of a policy. */
import { CURRENT_VERSION, EFFECTS } from "../../policy/words.js";
import type { Json } from "../../syntax/edits.js";
import type { ObjectNode } from "../../syntax/tree.js";
import { stop } from "../snippet-text.js";
import { argumentsOf, type TerraformBlock, type TerraformMeaning } from "../terraform-arguments.js";
import { elementDetail, keysOf } from "./elements.js";
import type { Suggestion } from "./offer.js";
import type { Scope } from "./scope.js";

const PRINCIPALS: Json = [{ type: stop(1, "AWS"), identifiers: [stop(2)] }];
/** Lists, unless said. */
const VALUES: Readonly<Record<string, Json>> = {
  statement: [{ effect: stop(1, ...EFFECTS), actions: [stop(2)], resources: [stop(3, "*")] }],
  version: stop(1, CURRENT_VERSION),
  policy_id: stop(1),
  sid: stop(1),
  effect: stop(1, ...EFFECTS),
  principals: PRINCIPALS,
  not_principals: PRINCIPALS,
  condition: [{ test: stop(1, "StringEquals"), variable: stop(2), values: [stop(3)] }],
  type: stop(1),
  test: stop(1),
  variable: stop(1),
};

export function terraformArguments(
  scope: Scope,
  block: TerraformBlock,
  object: ObjectNode,
): readonly Suggestion[] {
  const present = keysOf(scope, object);
  return argumentsOf(block)
    .filter(([name]) => !present.has(name) && !present.has(opposite(name)))
    .map(([name, meaning], index) => ({
      label: name,
      type: "element",
      insert: { key: name, value: VALUES[name] ?? [stop(1)] },
      more: true,
      ...described(meaning),
      score: -index,
    }));
}

function described(meaning: TerraformMeaning): Pick<Suggestion, "about" | "detail"> {
  return "element" in meaning
    ? { about: { what: "element", name: meaning.element }, detail: elementDetail(meaning.element) }
    : { about: { what: "text", name: meaning.text } };
}

/** Each pair excludes the other: a statement has one of them. */
function opposite(name: string): string {
  return name.startsWith("not_") ? name.slice("not_".length) : `not_${name}`;
}
