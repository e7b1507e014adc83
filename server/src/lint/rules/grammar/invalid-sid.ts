import { hasPlaceholder } from "../../../policy/placeholder.js";
import { defineRule } from "../../rule.js";

const VALID = /^[A-Za-z0-9]*$/;

export const invalidSid = defineRule({
  name: "invalid-sid",
  group: "grammar",
  severity: "error",
  since: "0.1.0",
  summary: "A statement's name has characters other than letters and digits",
  fix: "safe",
  accessAnalyzer: "UNSUPPORTED_SID",
  appliesTo: ["identity", "boundary", "session", "trust", "scp", "rcp"],
  about: { statement: ({ has }) => has("Sid") },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-unsupported-sid",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html",
  ],

  statement({ sid, elements }, { report, edits }) {
    if (sid === undefined || VALID.test(sid.value) || hasPlaceholder(sid.value)) return;
    const name = lettersAndDigits(sid.value);
    const member = elements.Sid;
    report({
      at: sid,
      message: `\`${sid.value}\` has characters other than letters and digits.`,
      fix:
        name === ""
          ? { title: "Remove `Sid`", edits: member === undefined ? [] : edits.removeMember(member) }
          : { title: `Replace with \`${name}\``, edits: edits.setText(sid, name) },
    });
  },
});

/** What the other characters kept apart begins with a capital: `allow-read` becomes `allowRead`. */
function lettersAndDigits(text: string): string {
  return text.replace(/[^A-Za-z0-9]+([a-z]?)/g, (_, next: string, at: number) =>
    at === 0 ? next : next.toUpperCase(),
  );
}
