import { actionFit, canFit } from "../../action-fit.js";
import { objectsIn, s3Misfits } from "../../bucket-or-object.js";
import { defineRule } from "../../rule.js";
import { splitStatement } from "../../split-statement.js";

export const objectActionOnBucket = defineRule({
  name: "object-action-on-bucket",
  group: "resources",
  severity: "warning",
  since: "0.1.0",
  summary: "An action on S3 objects is given only buckets",
  fix: "suggestion",
  about: { statement: canFit },
  references: [
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/security_iam_service-with-iam.html#using-with-s3-actions-related-to-objects",
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html",
  ],

  statement(statement, { catalogue, report, edits }) {
    const fit = actionFit(statement, catalogue);
    if (fit === undefined || fit.misfits.length === 0) return;
    const found = s3Misfits(fit.misfits, statement, catalogue);
    const [first, ...others] = found?.strays ?? [];
    if (found?.of !== "object" || first === undefined) return;
    const more = others.length === 0 ? "works" : `and ${others.length} more work`;
    const objects = found.named.map(({ value }) => objectsIn(value));
    const all = found.strays.length === statement.actions.length;
    report({
      at: first.action,
      message: `\`${first.action.value}\` ${more} on objects, but only buckets are named here.`,
      related: found.named.map((bucket) => ({ at: bucket, message: "A bucket, not what is in it." })),
      fix: all
        ? {
            title: `Name the objects: \`${objects[0]}\``,
            edits: found.named.flatMap((bucket) => edits.setText(bucket, objectsIn(bucket.value))),
          }
        : [
            {
              title: `Add the objects: \`${objects[0]}\``,
              edits: found.named.flatMap((bucket) => edits.insertAfter(bucket, objectsIn(bucket.value))),
            },
            {
              title: "Give the objects a statement of their own",
              edits: splitStatement(
                statement,
                found.strays.map(({ action }) => action),
                objects,
                edits,
              ),
            },
          ],
    });
  },
});
