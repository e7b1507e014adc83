/** What can be folded away: every object and list, statements with their names. Lines are not known here. */
import type { Catalogue } from "../catalogue/catalogue.js";
import { everyStatement, type Policy } from "../policy/policy.js";
import type { Span } from "../syntax/span.js";
import type { Tree, ValueNode } from "../syntax/tree.js";
import { statementName } from "./statement-sentence.js";

export interface Fold extends Span {
  /** What to show in its place. */
  readonly label?: string;
}

export function foldsIn(
  { root, isHolder }: Tree,
  policies: readonly Policy[],
  catalogue: Catalogue,
): readonly Fold[] {
  const statements = new Map<ValueNode, string>();
  for (const policy of policies)
    for (const statement of everyStatement(policy))
      statements.set(statement.node, statementName(statement, catalogue));
  const folds: Fold[] = [];
  const visit = (node: ValueNode | undefined) => {
    if (node?.type !== "object" && node?.type !== "array") return;
    const { start, end } = node;
    const label = statements.get(node);
    if (node !== root || !isHolder) folds.push(label === undefined ? { start, end } : { start, end, label });
    if (node.type === "array") for (const item of node.items) visit(item);
    else for (const { value } of node.members) visit(value);
  };
  visit(root);
  return folds;
}
