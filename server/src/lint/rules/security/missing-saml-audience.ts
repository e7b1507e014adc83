import { addCondition } from "../../../policy/add-condition.js";
import { parseArn } from "../../../policy/arn.js";
import { matchesPattern } from "../../../policy/wildcard.js";
import { ALLOW } from "../../../policy/words.js";
import { defineRule } from "../../rule.js";

const WITH_SAML = "sts:assumerolewithsaml";

export const missingSamlAudience = defineRule({
  name: "missing-saml-audience",
  group: "security",
  severity: "info",
  since: "0.1.0",
  summary: "A role takes SAML assertions that were made for somebody else",
  fix: "suggestion",
  absence: true,
  appliesTo: ["trust"],
  about: { statement: ({ effect, has }) => effect === ALLOW && has("Principal") },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_saml.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-saml",
  ],

  statement(statement, { report, edits }) {
    const { actions, principals, conditions } = statement;
    if (!actions.some(({ folded }) => matchesPattern(folded, WITH_SAML))) return;
    const provider = principals.find(({ value }) => value.includes(":saml-provider/"));
    if (provider === undefined || conditions.some(({ key }) => /^saml:/i.test(key.value))) return;
    const audience = AUDIENCES.get(parseArn(provider.value)?.partition ?? "");
    report({
      at: provider,
      message: "The role accepts every assertion of this provider, for whatever recipient it was made.",
      fix:
        audience === undefined
          ? undefined
          : {
              title: "Ask for the sign-in page of AWS as the audience",
              edits: addCondition(statement, "StringEquals", "SAML:aud", audience, edits),
            },
    });
  },
});

/** Where browsers take the assertion, by partition. */
const AUDIENCES: ReadonlyMap<string, string> = new Map([
  ["aws", "https://signin.aws.amazon.com/saml"],
  ["aws-cn", "https://signin.amazonaws.cn/saml"],
  ["aws-us-gov", "https://signin.amazonaws-us-gov.com/saml"],
]);
