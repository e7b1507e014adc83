import { coversExtent, type Extent, extentOf } from "../../../policy/extent.js";
import type { Statement } from "../../../policy/policy.js";
import type { Edit } from "../../../syntax/span.js";
import { itemsOf } from "../../../syntax/tree.js";
import { defineRule, type RuleContext } from "../../rule.js";
import { nameOf } from "../../statement-name.js";

/** Comparing each with each takes its time, and no policy within AWS's quotas has so many. */
const MANY = 150;

type Element = "Action" | "Resource";

export const mergeableStatements = defineRule({
  name: "mergeable-statements",
  group: "clarity",
  severity: "hint",
  since: "0.1.0",
  summary: "Statements differ in nothing but their actions, or but their resources",
  fix: "safe",
  presets: ["strict"],
  references: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_statement.html"],

  policy(policy, context) {
    if (policy.statements.length > MANY) return;
    const extents = new Map<Statement, Extent>();
    for (const statement of policy.statements) {
      const extent = extentOf(statement);
      if (extent !== undefined) extents.set(statement, extent);
    }
    const merged = new Set<Statement>();
    for (const element of ["Action", "Resource"] as const) {
      for (const group of groupsBut(element, extents, merged)) {
        for (const statement of group) merged.add(statement);
        report(group, element, context);
      }
    }
  },
});

/** Statements that are alike but for one element, and neither of which makes the other one needless. */
function groupsBut(
  element: Element,
  extents: ReadonlyMap<Statement, Extent>,
  taken: ReadonlySet<Statement>,
): readonly (readonly Statement[])[] {
  const groups = new Map<string, Statement[]>();
  for (const [statement, { effect, actions, resources, principals, conditions }] of extents) {
    const differing = element === "Action" ? actions : resources;
    if (taken.has(statement) || differing === undefined || differing.negated) continue;
    const key = JSON.stringify([effect, element === "Action" ? resources : actions, principals, conditions]);
    groups.set(key, [...(groups.get(key) ?? []), statement]);
  }
  return [...groups.values()]
    .map((group) => group.filter((it) => !group.some((other) => other !== it && covers(extents, other, it))))
    .filter((group) => group.length > 1);
}

function covers(extents: ReadonlyMap<Statement, Extent>, wide: Statement, narrow: Statement): boolean {
  const [outer, inner] = [extents.get(wide), extents.get(narrow)];
  return outer !== undefined && inner !== undefined && coversExtent(outer, inner);
}

function report(group: readonly Statement[], element: Element, context: RuleContext): void {
  const [first, second, ...others] = group;
  if (first === undefined || second === undefined) return;
  const rest = [second, ...others];
  const subject =
    others.length === 0 ? "This statement differs" : `This and ${others.length} more statements differ`;
  context.report({
    at: second,
    message: `${subject} from ${nameOf(first)} in ${element === "Action" ? "actions" : "resources"} only.`,
    related: [first, ...others].map((at) => ({ at, message: "Alike but for that." })),
    fix: {
      title: `Merge ${others.length === 0 ? "it" : "them"} into ${nameOf(first)}`,
      edits: mergeEdits(first, rest, element, context),
    },
  });
}

function mergeEdits(
  into: Statement,
  from: readonly Statement[],
  element: Element,
  { edits }: RuleContext,
): readonly Edit[] {
  const texts = (statement: Statement) =>
    (element === "Action" ? statement.actions : statement.resources).map(({ value }) => value);
  const own = texts(into);
  const added = [...new Set(from.flatMap(texts))].filter((it) => !own.includes(it));
  const last = itemsOf(into.elements[element]?.value).at(-1);
  if (last?.type !== "string") return [];
  return [
    ...edits.replaceItem(last, [last.value, ...added]),
    ...edits.removeItems(from.map(({ node }) => node)),
  ];
}
