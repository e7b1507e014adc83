import { defineRule } from "../../rule.js";

/** What the caller writes into the request, unchecked; in lower case. */
const HEADERS: ReadonlySet<string> = new Set(["aws:useragent", "aws:referer"]);

export const untrustworthyConditionKey = defineRule({
  name: "untrustworthy-condition-key",
  group: "conditions",
  severity: "warning",
  since: "0.1.0",
  summary: "A condition relies on a header that the caller can set to anything",
  fix: "none",
  accessAnalyzer: "UNTRUSTWORTHY_CONDITION_KEY",
  about: { condition: (_operator, key) => HEADERS.has(key) },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-security-warning-untrustworthy-condition-key",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-referer",
  ],

  condition({ key }, { principals }, { report }) {
    // Amazon SES puts the account into `aws:Referer` itself; another rule recommends better keys for that.
    if (principals.length > 0 && principals.every(({ type }) => type?.value === "Service")) return;
    report({ at: key, message: `The caller can set \`${key.value}\` to anything, so it protects nothing.` });
  },
});
