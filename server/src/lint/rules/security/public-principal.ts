import { isAnyone } from "../../../policy/principal.js";
import { publicStatements } from "../../../policy/public-policy.js";
import { defineRule } from "../../rule.js";

export const publicPrincipal = defineRule({
  name: "public-principal",
  group: "security",
  severity: "warning",
  since: "0.1.0",
  summary: "Everyone is allowed in, and nothing narrows it",
  fix: "none",
  appliesTo: ["resource", "trust"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-anonymous",
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status",
  ],

  policy(policy, { report, kind }) {
    for (const { principals } of publicStatements(policy, "some-callers")) {
      const everybody = principals.find(isAnyone);
      // A trust policy does not take the bare form at all.
      if (everybody === undefined || (kind === "trust" && everybody.type === undefined)) continue;
      const what = kind === "trust" ? "take on the role" : "do this";
      report({
        at: everybody,
        message: `Everyone in the world may ${what}: no condition narrows \`${everybody.value}\`.`,
      });
    }
  },
});
