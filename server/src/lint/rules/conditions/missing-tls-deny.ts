import { truthOf } from "../../../policy/absent-key.js";
import type { Statement } from "../../../policy/policy.js";
import { DENY } from "../../../policy/words.js";
import { bucketArns } from "../../bucket-arns.js";
import { defineRule } from "../../rule.js";

const SECURE_TRANSPORT = "aws:SecureTransport";
const TLS_VERSION = "s3:tlsversion";

export const missingTlsDeny = defineRule({
  name: "missing-tls-deny",
  group: "conditions",
  severity: "info",
  since: "0.1.0",
  summary: "A bucket policy does not deny requests without TLS",
  fix: "suggestion",
  appliesTo: ["resource"],
  presets: ["strict"],
  absence: true,
  references: [
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html",
    "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-5",
  ],

  policy(policy, { report, edits, resourceType }) {
    const last = policy.statements.at(-1);
    if (resourceType !== "AWS::S3::Bucket" || last === undefined) return;
    if (policy.statements.some(deniesWithoutTls)) return;
    const resources = bucketArns(policy).flatMap((bucket) => [bucket, `${bucket}/*`]);
    report({
      at: policy.elements.Statement?.key ?? policy.node,
      message: "Nothing denies requests without TLS.",
      fix: {
        title: "Deny requests without TLS",
        edits:
          resources.length === 0
            ? []
            : edits.insertAfter(last.node, {
                Sid: "DenyWithoutTls",
                Effect: DENY,
                Principal: "*",
                Action: "s3:*",
                Resource: resources,
                Condition: { Bool: { [SECURE_TRANSPORT]: "false" } },
              }),
      },
    });
  },
});

function deniesWithoutTls({ effect, conditions }: Statement): boolean {
  if (effect?.value !== DENY) return false;
  return conditions.some(({ key, operator, values }) => {
    const folded = key.value.toLowerCase();
    if (folded === TLS_VERSION) return operator.base.startsWith("NumericLessThan");
    return folded === SECURE_TRANSPORT.toLowerCase() && values.some((value) => truthOf(value) === false);
  });
}
