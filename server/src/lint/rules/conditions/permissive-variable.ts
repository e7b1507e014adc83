import { hasPlaceholder } from "../../../policy/placeholder.js";
import { findVariables, isEscapeVariable, type PolicyVariable } from "../../../policy/variable.js";
import { CURRENT_VERSION } from "../../../policy/words.js";
import { isFixedVariable, keyTellsApart, LITERAL_RUN, type LooseKey, looseKey } from "../../loose-value.js";
import { defineRule } from "../../rule.js";

export const permissiveVariable = defineRule({
  name: "permissive-variable",
  group: "conditions",
  severity: "error",
  since: "0.1.0",
  summary: "A variable stands for most of a value that should tell one party from another",
  fix: "none",
  accessAnalyzer: "VARIABLE_USAGE_TOO_PERMISSIVE",
  about: { condition: (_operator, key) => keyTellsApart(key) !== undefined },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-variable-usage-too-permissive",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html",
  ],

  condition(condition, statement, { report, version }) {
    if (version !== CURRENT_VERSION) return;
    const kind = looseKey(condition, statement);
    if (kind === undefined) return;
    for (const node of condition.values) {
      if (node.type !== "string" || !node.value.includes("${") || hasPlaceholder(node.value)) continue;
      const loose = findVariables(node.value).find(
        // What is wrong with a variable that names nothing is told elsewhere.
        (it) => it.key.trim() !== "" && !isEscapeVariable(it) && isLoose(kind, it, node.value),
      );
      if (loose === undefined) continue;
      const variable = node.value.slice(loose.start, loose.end);
      report({ at: node, message: `\`${variable}\` ${WHY[kind]}.` });
    }
  },
});

const WHY: Readonly<Record<LooseKey, string>> = {
  identifier: "stands for an identifier, and whoever sets it chooses whom this condition lets in",
  subject: `has fewer than ${LITERAL_RUN} literal characters in front of it`,
  "user-id": "stands on the left of the colon, where the role or user is told",
};

function isLoose(kind: LooseKey, { start, end, key }: PolicyVariable, value: string): boolean {
  if (kind === "identifier") return !isFixedVariable(key);
  if (kind === "subject") return start - Math.max(value.lastIndexOf("}", start - 1) + 1, 0) < LITERAL_RUN;
  const colon = colonOutside(value);
  return colon < 0 || (start < colon && !(start === 0 && end === colon));
}

/** The first colon that is not in a variable's name. */
function colonOutside(value: string): number {
  const variables = findVariables(value);
  for (let at = value.indexOf(":"); at >= 0; at = value.indexOf(":", at + 1)) {
    if (!variables.some(({ start, end }) => at >= start && at < end)) return at;
  }
  return -1;
}
