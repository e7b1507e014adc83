import { actionFit, canFit } from "../../action-fit.js";
import { namesBucket, s3Misfits } from "../../bucket-or-object.js";
import { abbreviate, defineRule } from "../../rule.js";

export const unusedResource = defineRule({
  name: "unused-resource",
  group: "resources",
  severity: "info",
  since: "0.1.0",
  summary: "None of the statement's actions works on this resource",
  fix: "suggestion",
  tag: "unnecessary",
  about: { statement: canFit },
  references: [
    "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
  ],

  statement(statement, { catalogue, report, edits }) {
    const fit = actionFit(statement, catalogue);
    if (fit === undefined || fit.unused.length === 0) return;
    // Where nothing at all goes together, the rules about the actions say so.
    if (fit.unused.length === statement.resources.length) return;
    const last = statement.actions.at(-1);
    const reported = s3Misfits(fit.misfits, statement, catalogue)?.named ?? [];
    for (const resource of fit.unused) {
      if (reported.includes(resource)) continue;
      const name = abbreviate(resource.value, 60);
      report({
        at: resource,
        message: `None of these actions works on \`${name}\`.`,
        fix: [
          { title: `Remove \`${name}\``, edits: edits.removeItem(resource) },
          ...(last !== undefined && namesBucket(resource.value, catalogue)
            ? [{ title: `Add \`${LIST}\``, edits: edits.insertAfter(last.node, LIST) }]
            : []),
        ],
      });
    }
  },
});

/** What a bucket next to its objects is usually for. */
const LIST = "s3:ListBucket";
