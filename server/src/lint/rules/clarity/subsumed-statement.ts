import { coversExtent, type Extent, extentOf } from "../../../policy/extent.js";
import type { Policy, Statement } from "../../../policy/policy.js";
import { DENY } from "../../../policy/words.js";
import { defineRule } from "../../rule.js";
import { nameOf } from "../../statement-name.js";

/** Comparing each with each takes its time, and no policy within AWS's quotas has so many. */
const MANY = 150;

export const subsumedStatement = defineRule({
  name: "subsumed-statement",
  group: "clarity",
  severity: "hint",
  since: "0.1.0",
  summary: "Another statement already says everything that this one says",
  fix: "safe",
  tag: "unnecessary",
  references: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_statement.html"],

  policy(policy, { report, edits }) {
    for (const { narrow, wide } of subsumed(policy)) {
      report({
        at: narrow,
        message: `All of this is already ${wide.effect?.value === DENY ? "denied" : "allowed"} by ${nameOf(wide)}.`,
        related: [{ at: wide, message: "The broader statement." }],
        fix: { title: "Remove the statement", edits: edits.removeItem(narrow.node) },
      });
    }
  },
});

function subsumed({ statements }: Policy): readonly { narrow: Statement; wide: Statement }[] {
  if (statements.length < 2 || statements.length > MANY) return [];
  // Of statements that say the same one is compared; `redundant-statement` reports the others.
  const distinct = new Map<string, Extent>();
  const extents = statements.map((statement) => {
    const extent = extentOf(statement);
    if (extent !== undefined && !distinct.has(extent.key)) distinct.set(extent.key, extent);
    return extent;
  });
  const wider = new Map<string, Extent>();
  for (const [key, narrow] of distinct) {
    for (const wide of distinct.values()) {
      if (wide === narrow || wide.effect !== narrow.effect || !coversExtent(wide, narrow)) continue;
      if (!coversExtent(narrow, wide)) wider.set(key, wide);
    }
  }
  return statements.flatMap((narrow, index) => {
    const wide = wider.get(extents[index]?.key ?? "");
    const statement = statements[extents.indexOf(wide)];
    return wide === undefined || statement === undefined ? [] : [{ narrow, wide: statement }];
  });
}
