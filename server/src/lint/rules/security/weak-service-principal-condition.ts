import { isOfType } from "../../../policy/principal.js";
import { ALLOW } from "../../../policy/words.js";
import { defineRule } from "../../rule.js";
import { isWeakSource, restrictsService } from "../../service-source.js";

export const weakServicePrincipalCondition = defineRule({
  name: "weak-service-principal-condition",
  group: "security",
  severity: "info",
  since: "0.1.0",
  summary: "A service is restricted by `aws:Referer` in the place of its source",
  fix: "suggestion",
  accessAnalyzer: "RECOMMENDED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL",
  appliesTo: ["resource"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-recommended-condition-key-for-service-principal",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html#cross-service-confused-deputy-prevention",
  ],

  condition(condition, { effect, principals, conditions }, { report, edits }) {
    if (!isWeakSource(condition) || effect?.value !== ALLOW || conditions.some(restrictsService)) return;
    const service = principals.find((it) => isOfType(it, "Service"));
    if (service === undefined) return;
    const { key, values } = condition;
    const [only] = values;
    const account = values.length === 1 && only?.type === "string" && /^(?:\d{12}|<.+>)$/.test(only.value);
    report({
      at: key,
      message: `\`${key.value}\` says less reliably than \`aws:SourceAccount\` for whom \`${service.value}\` acts.`,
      fix: account
        ? { title: "Use `aws:SourceAccount`", edits: edits.setText(key, "aws:SourceAccount") }
        : undefined,
    });
  },
});
