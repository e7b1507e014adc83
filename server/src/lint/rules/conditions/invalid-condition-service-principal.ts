import { hasWildcard } from "../../../policy/wildcard.js";
import { fixedText } from "../../fixed-text.js";
import { abbreviate, defineRule } from "../../rule.js";

export const invalidConditionServicePrincipal = defineRule({
  name: "invalid-condition-service-principal",
  group: "conditions",
  severity: "error",
  since: "0.1.0",
  summary: "A condition names a service in another form than its key holds",
  fix: "suggestion",
  accessAnalyzer: "INVALID_SERVICE_PRINCIPAL_FORMAT",
  about: { condition: ({ family }, key) => family === "String" && FORMS.has(key) },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-service-principal-format",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-services",
    "https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service",
  ],

  condition({ operator, key, values }, _statement, { report, edits, catalogue }) {
    const form = FORMS.get(key.value.toLowerCase());
    if (form === undefined) return;
    const folds = operator.base.endsWith("IgnoreCase");
    for (const node of values) {
      const text = fixedText(node);
      if (text === undefined || hasWildcard(text) || form.pattern.test(folds ? text.toLowerCase() : text))
        continue;
      const meant = `${text.toLowerCase().replace(/\.amazonaws\.com$/, "")}.amazonaws.com`;
      report({
        at: node,
        message: `\`${abbreviate(text)}\` is not of the form \`${form.text}\`, in which \`${key.value}\` names a service.`,
        fix:
          form.pattern.test(meant) && catalogue.servicePrincipals.includes(meant)
            ? { title: `Change to \`${meant}\``, edits: edits.replaceValue(node, meant) }
            : undefined,
      });
    }
  },
});

interface Form {
  readonly text: string;
  readonly pattern: RegExp;
}

/** The service that a request came through, its name in one part. */
const ONE_PART: Form = { text: "service.amazonaws.com", pattern: /^[a-z0-9-]+\.amazonaws\.com(?:\.cn)?$/ };
/** Service principals: `delivery.logs.amazonaws.com` is one too, and isolated partitions have domains of their own. */
const ANY_PRINCIPAL: Form = {
  text: "service.amazonaws.com",
  pattern:
    /^(?:[a-z0-9-]+\.)+(?:amazonaws\.(?:com(?:\.cn)?|eu)|amazon\.com|(?:c2s|hci)\.ic\.gov|sc2s\.sgov\.gov)$/,
};
const REGIONAL: Form = {
  text: "service.region.amazonaws.com",
  pattern: /^[a-z0-9-]+\.[a-z]+(?:-[a-z]+)+-\d\.amazonaws\.com(?:\.cn)?$/,
};

const FORMS: ReadonlyMap<string, Form> = new Map([
  ["aws:calledvia", ONE_PART],
  ["aws:calledviafirst", ONE_PART],
  ["aws:calledvialast", ONE_PART],
  ["aws:principalservicename", ANY_PRINCIPAL],
  ["aws:principalservicenameslist", ANY_PRINCIPAL],
  ["codeconnections:passedtoservice", ANY_PRINCIPAL],
  ["codestar-connections:passedtoservice", ANY_PRINCIPAL],
  ["iam:awsservicename", ANY_PRINCIPAL],
  ["iam:passedtoservice", ANY_PRINCIPAL],
  ["kms:viaservice", REGIONAL],
  ["organizations:serviceprincipal", ANY_PRINCIPAL],
]);
