import { takesWildcards } from "../../../policy/condition-types.js";
import { hasPlaceholder } from "../../../policy/placeholder.js";
import { findVariables } from "../../../policy/variable.js";
import { hasWildcard } from "../../../policy/wildcard.js";
import { keyTellsApart, LITERAL_RUN, type LooseKey, looseKey } from "../../loose-value.js";
import { defineRule } from "../../rule.js";

export const permissiveWildcard = defineRule({
  name: "permissive-wildcard",
  group: "conditions",
  severity: "error",
  since: "0.1.0",
  summary: "A wildcard stands for most of a value that should tell one party from another",
  fix: "none",
  accessAnalyzer: "WILDCARD_USAGE_TOO_PERMISSIVE",
  about: { condition: (operator, key) => takesWildcards(operator) && keyTellsApart(key) !== undefined },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-wildcard-usage-too-permissive",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html",
  ],

  condition(condition, statement, { report }) {
    const kind = looseKey(condition, statement);
    if (kind === undefined) return;
    for (const node of condition.values) {
      if (node.type !== "string" || hasPlaceholder(node.value) || !isLoose(kind, literalOf(node.value)))
        continue;
      report({ at: node, message: `The wildcard in \`${node.value}\` ${WHY[kind]}.` });
    }
  },
});

const WHY: Readonly<Record<LooseKey, string>> = {
  identifier: "lets in everyone whose identifier has the rest in common",
  subject: `has fewer than ${LITERAL_RUN} literal characters in front of it`,
  "user-id": "stands on the left of the colon, where the role or user is told",
};

/** The value with other characters in the place of variables, whose braces may hold a star. */
function literalOf(value: string): string {
  let text = value;
  for (const { start, end } of findVariables(value))
    text = text.slice(0, start) + "$".repeat(end - start) + text.slice(end);
  return text;
}

function isLoose(kind: LooseKey, value: string): boolean {
  if (!hasWildcard(value)) return false;
  if (kind === "identifier") return true;
  if (kind === "subject")
    return value
      .split(/[*?]/)
      .slice(0, -1)
      .some((literals) => literals.length < LITERAL_RUN);
  const [left = "", right] = value.split(":", 2);
  return hasWildcard(left) && !(left === "*" && right !== undefined);
}
