import { findPlaceholders } from "../../../policy/placeholder.js";
import { textsIn } from "../../../syntax/texts.js";
import { spanWithin } from "../../../syntax/tree.js";
import { defineRule } from "../../rule.js";

export const unresolvedPlaceholder = defineRule({
  name: "unresolved-placeholder",
  group: "hygiene",
  severity: "warning",
  since: "0.1.0",
  summary: "A placeholder is still to be filled in",
  fix: "suggestion",
  reminder: true,
  references: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html"],

  statement({ node, start, end }, { report, edits, text, variables }) {
    const source = text.slice(start, end);
    if (!source.includes("<") && !source.includes("{{")) return;
    for (const written of textsIn(node)) {
      for (const placeholder of findPlaceholders(written.value)) {
        const value = Object.hasOwn(variables, placeholder.name) ? variables[placeholder.name] : undefined;
        const filled =
          written.value.slice(0, placeholder.start) + value + written.value.slice(placeholder.end);
        report({
          at: spanWithin(written, placeholder.start, placeholder.end),
          message: `\`${placeholder.text}\` is still to be filled in.`,
          fix:
            value === undefined
              ? undefined
              : { title: `Fill in \`${value}\``, edits: edits.setText(written, filled) },
        });
      }
    }
  },
});
