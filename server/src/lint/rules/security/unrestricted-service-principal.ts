import { addCondition } from "../../../policy/add-condition.js";
import { isOfType } from "../../../policy/principal.js";
import { ALLOW } from "../../../policy/words.js";
import { defineRule } from "../../rule.js";
import { hintsAtSource, restrictsService } from "../../service-source.js";

export const unrestrictedServicePrincipal = defineRule({
  name: "unrestricted-service-principal",
  group: "security",
  severity: "warning",
  since: "0.1.0",
  summary: "A service is allowed in, on whoever's behalf it acts",
  fix: "suggestion",
  accessAnalyzer: "RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL",
  appliesTo: ["resource"],
  absence: true,
  about: { statement: ({ effect, has }) => effect === ALLOW && has("Principal") },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-security-warning-restrict-access-to-service-principal",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html#cross-service-confused-deputy-prevention",
  ],

  statement(statement, { report, edits }) {
    const { principals, conditions } = statement;
    const [first, ...others] = principals.filter(
      (it) => isOfType(it, "Service") && !WITHOUT_SOURCE.test(it.value),
    );
    if (first === undefined || conditions.some(restrictsService) || conditions.some(hintsAtSource)) return;
    report({
      at: first,
      message: `\`${first.value}\` may do this on anybody's behalf: nothing restricts its source.`,
      related: others.map((it) => ({ at: it, message: "So may this service." })),
      fix: {
        title: "Restrict `aws:SourceAccount`",
        edits: addCondition(statement, "StringEquals", "aws:SourceAccount", "<aws-account-id>", edits),
      },
    });
  },
});

/** Devices of Alexa call for nobody's AWS resource; a token in `lambda:EventSourceToken` restricts them. */
const WITHOUT_SOURCE = /^alexa-[a-z]+\.amazon\.com$/;
