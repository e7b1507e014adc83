import type { Statement } from "../../../policy/policy.js";
import type { StringNode } from "../../../syntax/tree.js";
import { actionFit, canFit } from "../../action-fit.js";
import { bucketOf, s3Misfits } from "../../bucket-or-object.js";
import { defineRule, type Fix, type RuleContext } from "../../rule.js";
import { oneOrList, splitStatement } from "../../split-statement.js";

export const bucketActionOnObject = defineRule({
  name: "bucket-action-on-object",
  group: "resources",
  severity: "warning",
  since: "0.1.0",
  summary: "An action on S3 buckets is given only objects",
  fix: "suggestion",
  about: { statement: canFit },
  references: [
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/security_iam_service-with-iam.html#using-with-s3-actions-related-to-buckets",
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html",
  ],

  statement(statement, context) {
    const { catalogue, report } = context;
    const fit = actionFit(statement, catalogue);
    if (fit === undefined || fit.misfits.length === 0) return;
    const found = s3Misfits(fit.misfits, statement, catalogue);
    const [first, ...others] = found?.strays ?? [];
    if (found?.of !== "bucket" || first === undefined) return;
    const more = others.length === 0 ? "works" : `and ${others.length} more work`;
    report({
      at: first.action,
      message: `\`${first.action.value}\` ${more} on buckets, but only objects are named here.`,
      related: found.named.map((objects) => ({ at: objects, message: "Objects, not their bucket." })),
      fix: fixes(
        statement,
        found.named,
        found.strays.map(({ action }) => action),
        context,
      ),
    });
  },
});

function fixes(
  statement: Statement,
  objects: readonly StringNode[],
  strays: Parameters<typeof splitStatement>[1],
  { edits }: RuleContext,
): readonly Fix[] {
  const buckets = [...new Set(objects.map(({ value }) => bucketOf(value)))];
  const resource = statement.elements.Resource?.value;
  if (resource === undefined) return [];
  if (strays.length === statement.actions.length && objects.length === statement.resources.length)
    return [
      {
        title: `Name the bucket: \`${buckets[0]}\``,
        edits: edits.replaceValue(resource, oneOrList(buckets)),
      },
    ];
  const firsts = buckets.flatMap((bucket) => objects.find(({ value }) => bucketOf(value) === bucket) ?? []);
  const add: Fix = {
    title: `Add the bucket: \`${buckets[0]}\``,
    edits: firsts.flatMap((it) => edits.insertAfter(it, bucketOf(it.value))),
  };
  if (strays.length === statement.actions.length) return [add];
  const split: Fix = {
    title: "Give the bucket a statement of its own",
    edits: splitStatement(statement, strays, buckets, edits),
  };
  return [add, split];
}
