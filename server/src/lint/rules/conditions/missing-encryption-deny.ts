import type { Statement } from "../../../policy/policy.js";
import { DENY } from "../../../policy/words.js";
import { bucketArns } from "../../bucket-arns.js";
import { defineRule } from "../../rule.js";

const ENCRYPTION = "s3:x-amz-server-side-encryption";

export const missingEncryptionDeny = defineRule({
  name: "missing-encryption-deny",
  group: "conditions",
  severity: "info",
  since: "0.1.0",
  summary: "A bucket policy does not deny uploads without the encryption that you choose",
  fix: "suggestion",
  appliesTo: ["resource"],
  presets: ["strict"],
  absence: true,
  references: [
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html",
    "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-17",
  ],

  policy(policy, { report, edits, resourceType }) {
    const last = policy.statements.at(-1);
    if (resourceType !== "AWS::S3::Bucket" || last === undefined) return;
    if (policy.statements.some(deniesByEncryption)) return;
    const resources = bucketArns(policy).map((bucket) => `${bucket}/*`);
    report({
      at: policy.elements.Statement?.key ?? policy.node,
      message: "Nothing denies uploads that are not encrypted with a KMS key.",
      fix: {
        title: "Deny uploads without KMS encryption",
        edits:
          resources.length === 0
            ? []
            : edits.insertAfter(last.node, {
                Sid: "DenyUploadsWithoutKms",
                Effect: DENY,
                Principal: "*",
                Action: "s3:PutObject",
                Resource: resources,
                Condition: { StringNotEquals: { [ENCRYPTION]: "aws:kms" } },
              }),
      },
    });
  },
});

/** Any of the keys that begin so: which algorithm, which key, whose key. */
function deniesByEncryption({ effect, conditions }: Statement): boolean {
  return (
    effect?.value === DENY && conditions.some(({ key }) => key.value.toLowerCase().startsWith(ENCRYPTION))
  );
}
