/** `iamPolicy/policies`: the policies of a document, to choose one of, and which of them the cursor is in. */
import { CHECKED_TYPES, checkedTypeOf } from "../../account/check-no-public-access.js";
import { namesPrincipals } from "../../account/run-access-check.js";
import { policySentence } from "../../assist/statement-sentence.js";
import { detectKind } from "../../policy/kind.js";
import { languageOf } from "../../syntax/document.js";
import type { Desk } from "../account-desk.js";
import type { AccountRequests, PoliciesAnswer, PolicyChoice } from "../account-questions.js";
import { documentPolicies } from "../document-policies.js";
import { positionsIn } from "../positions.js";

export function policies(
  { now, catalogue }: Desk,
  { uri, position }: AccountRequests["iamPolicy/policies"]["params"],
): PoliciesAnswer {
  const text = now.readUri(uri) ?? "";
  const positions = positionsIn(text);
  const found = documentPolicies(text, languageOf(decodeURIComponent(uri))).policies;
  const kinds = now.opened(uri)?.kinds ?? [];
  const choices = found.map((policy, index): PolicyChoice => {
    const detected = detectKind(policy, { path: now.shownUri(uri) });
    const kind = kinds[index] ?? detected.kind;
    // A VPC endpoint is open to whoever is in its network.
    const onResource = kind !== "endpoint" && policy.statements.length > 0 && namesPrincipals(policy);
    const checkedType = onResource ? checkedTypeOf(policy) : undefined;
    const range = positions.range(policy.node);
    return {
      name: `line ${range.start.line + 1}`,
      detail: policySentence(policy, catalogue) ?? "",
      range,
      kind,
      onResource,
      ...(checkedType && { checkedType }),
    };
  });
  const offset = position && positions.offset(position);
  const inside =
    offset === undefined ? -1 : found.findIndex(({ node }) => node.start <= offset && offset <= node.end);
  const at = found.length === 1 ? 0 : inside;
  return { policies: choices, checkedTypes: [...CHECKED_TYPES.keys()], ...(at >= 0 && { at }) };
}
