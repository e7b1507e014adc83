import { listOf } from "../../../policy/policy.js";
import type { StatementElement } from "../../../policy/words.js";
import { defineRule } from "../../rule.js";

const ELEMENTS: readonly StatementElement[] = ["Action", "NotAction", "Resource", "NotResource"];

export const singleItemList = defineRule({
  name: "single-item-list",
  group: "clarity",
  severity: "hint",
  since: "0.1.0",
  summary: "A list holds one item only",
  fix: "safe",
  presets: ["strict"],
  references: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html"],

  statement({ elements }, { report, edits, text }) {
    for (const name of ELEMENTS) {
      const list = listOf(elements[name]);
      const [item, ...others] = list?.items ?? [];
      if (list === undefined || item?.type !== "string" || others.length > 0) continue;
      const around = text.slice(list.start, item.start) + text.slice(item.end, list.end);
      report({
        at: list,
        message: `\`${name}\` has one item, and needs no list for it.`,
        // A comment in the list would get lost.
        fix: around.includes("/")
          ? undefined
          : { title: "Write the item alone", edits: edits.replaceValue(list, item.value) },
      });
    }
  },
});
