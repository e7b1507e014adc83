import { templatesOfAction } from "../../../catalogue/arn-template.js";
import { actionFit, canFit } from "../../action-fit.js";
import { s3Misfits } from "../../bucket-or-object.js";
import { defineRule } from "../../rule.js";

export const actionResourceMismatch = defineRule({
  name: "action-resource-mismatch",
  group: "resources",
  severity: "info",
  since: "0.1.0",
  summary: "An action works on none of the statement's resources",
  fix: "suggestion",
  appliesTo: ["identity", "boundary", "session", "scp", "rcp", "endpoint"],
  about: { statement: canFit },
  references: [
    "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
  ],

  statement(statement, { catalogue, report, edits }) {
    const { misfits } = actionFit(statement, catalogue) ?? {};
    if (misfits === undefined || misfits.length === 0) return;
    // `object-action-on-bucket` and `bucket-action-on-object` report those.
    const s3 = s3Misfits(misfits, statement, catalogue)?.strays ?? [];
    for (const misfit of misfits) {
      if (s3.includes(misfit)) continue;
      const { action, actions } = misfit;
      const types = new Set(
        actions.flatMap((it) => templatesOfAction(catalogue, it)).map(({ type }) => `\`${type.name}\``),
      );
      report({
        at: action,
        message: `\`${action.value}\` works on ${[...types].slice(0, 3).join(", ")}${types.size > 3 ? " and others" : ""}, and none of these resources is one.`,
        fix: { title: `Remove \`${action.value}\``, edits: edits.removeItem(action.node) },
      });
    }
  },
});
