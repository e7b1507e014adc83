import type { StringNode } from "../../../syntax/tree.js";
import { abbreviate, defineRule } from "../../rule.js";

export const duplicateResource = defineRule({
  name: "duplicate-resource",
  group: "clarity",
  severity: "hint",
  since: "0.1.0",
  summary: "A resource stands twice in the same list",
  fix: "safe",
  tag: "unnecessary",
  accessAnalyzer: "REDUNDANT_RESOURCE",
  about: { statement: ({ hasSeveral }) => hasSeveral("Resource", "NotResource") },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-redundant-resource",
  ],

  statement({ resources, notResources }, { report, edits }) {
    for (const list of [resources, notResources]) {
      if (list.length < 2) continue;
      const seen = new Map<string, StringNode>();
      for (const resource of list) {
        const first = seen.get(resource.value);
        if (first === undefined) {
          seen.set(resource.value, resource);
          continue;
        }
        const name = abbreviate(resource.value, 60);
        report({
          at: resource,
          message: `\`${name}\` is in this list already.`,
          related: [{ at: first, message: "Here." }],
          fix: { title: `Remove \`${name}\``, edits: edits.removeItem(resource) },
        });
      }
    }
  },
});
