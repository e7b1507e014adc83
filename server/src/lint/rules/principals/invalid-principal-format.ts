import { federatedProvider } from "../../../policy/federated-provider.js";
import type { Principal } from "../../../policy/principal.js";
import type { PrincipalType } from "../../../policy/words.js";
import type { Json } from "../../../syntax/edits.js";
import { itemsOf, type ValueNode } from "../../../syntax/tree.js";
import { fixedText } from "../../fixed-text.js";
import { abbreviate, defineRule, type Fix, type RuleContext } from "../../rule.js";

export const invalidPrincipalFormat = defineRule({
  name: "invalid-principal-format",
  group: "principals",
  severity: "error",
  since: "0.1.0",
  summary: "A principal stands without its type",
  fix: "suggestion",
  accessAnalyzer: "INVALID_PRINCIPAL_FORMAT",
  appliesTo: ["resource", "trust", "endpoint", "unknown"],
  about: { statement: ({ has }) => has("Principal", "NotPrincipal") },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-principal-format",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
  ],

  statement({ elements }, context) {
    for (const name of ["Principal", "NotPrincipal"] as const) {
      const value = elements[name]?.value;
      if (value === undefined || !isWithoutType(value)) continue;
      const what = value.type === "string" ? `the text \`${abbreviate(value.value)}\`` : "a list";
      context.report({
        at: value,
        message: `\`${name}\` is ${what}: a principal needs a type, such as \`AWS\` or \`Service\`.`,
        fix: typed(value, context),
      });
    }
  },
});

function isWithoutType(value: ValueNode): boolean {
  if (value.type === "array") return true;
  const text = value.type === "string" ? fixedText(value) : undefined;
  return text !== undefined && text !== "*";
}

/** The same principals below the types that their form tells; no fix where one does not. */
function typed(value: ValueNode, { edits }: RuleContext): Fix | undefined {
  const byType = new Map<PrincipalType, string[]>();
  for (const item of itemsOf(value)) {
    const type = item.type === "string" ? typeByForm(item.value) : undefined;
    if (item.type !== "string" || type === undefined) return undefined;
    byType.set(type, [...(byType.get(type) ?? []), item.value]);
  }
  if (byType.size === 0) return undefined;
  const object: Record<string, Json> = {};
  for (const [type, values] of byType) object[type] = values.length === 1 ? (values[0] as string) : values;
  const types = [...byType.keys()].map((type) => `\`${type}\``).join(" and ");
  return { title: `Put it under ${types}`, edits: edits.replaceValue(value, object) };
}

function typeByForm(value: Principal["value"]): PrincipalType | undefined {
  if (value === "*" || /^\d{12}$/.test(value)) return "AWS";
  if (/^[\da-f]{64}$/.test(value)) return "CanonicalUser";
  if (/^arn:/.test(value)) return federatedProvider(value) === undefined ? "AWS" : "Federated";
  if (BUILT_IN_PROVIDERS.has(value)) return "Federated";
  return /^[a-z\d.-]+\.amazonaws\.com(?:\.cn)?$/.test(value) ? "Service" : undefined;
}

const BUILT_IN_PROVIDERS: ReadonlySet<string> = new Set([
  "accounts.google.com",
  "cognito-identity.amazonaws.com",
  "graph.facebook.com",
  "www.amazon.com",
]);
