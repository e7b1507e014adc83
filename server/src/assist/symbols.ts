/** The outline: a name for every statement, and what it says by element. Icons and lines are the editor's. */
import type { Catalogue } from "../catalogue/catalogue.js";
import { everyStatement, type Policy, type Statement } from "../policy/policy.js";
import type { StatementElement } from "../policy/words.js";
import { titleOf } from "../syntax/embedded/transplant.js";
import type { Span } from "../syntax/span.js";
import { itemsOf, type MemberNode, type ObjectNode } from "../syntax/tree.js";
import { statementName, statementSentence } from "./statement-sentence.js";

export interface OutlineItem {
  readonly name: string;
  readonly detail: string;
  readonly type: "policy" | "statement" | "element";
  readonly at: Span;
  /** What to select when it is chosen; within `at`. */
  readonly select: Span;
  readonly children: readonly OutlineItem[];
}

/** In the outline of a statement; its Sid and effect are in its name. */
const SHOWN: readonly StatementElement[] = [
  "Principal",
  "NotPrincipal",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
];

/** The statements, below their policies where there are several or one is nested in another document. */
export function outlineOf(policies: readonly Policy[], catalogue: Catalogue): readonly OutlineItem[] {
  const [first] = policies;
  const alone = policies.length === 1 && first !== undefined && first.node.parent === undefined;
  if (alone) return statementItems(first, catalogue);
  return policies.map((policy, index) => {
    const children = statementItems(policy, catalogue);
    return {
      name: holderOf(policy.node) ?? titleOf(policy.node) ?? `Policy ${index + 1}`,
      detail: children.length === 1 ? "1 statement" : `${children.length} statements`,
      type: "policy",
      at: policy.node,
      select: { start: policy.node.start, end: policy.node.start },
      children,
    };
  });
}

/** In their order in the text. */
function statementItems(policy: Policy, catalogue: Catalogue): readonly OutlineItem[] {
  return everyStatement(policy)
    .map((it) => statementItem(it, catalogue))
    .sort((a, b) => a.at.start - b.at.start);
}

function statementItem(statement: Statement, catalogue: Catalogue): OutlineItem {
  const { start, end, sid, elements } = statement;
  const members = SHOWN.map((name) => [name, elements[name]] as const);
  return {
    name: statementName(statement, catalogue),
    detail: statementSentence(statement, catalogue) ?? "",
    type: "statement",
    at: { start, end },
    select: sid ?? { start, end: start },
    children: members
      .filter((it): it is readonly [StatementElement, MemberNode] => it[1] !== undefined)
      .map(([name, member]) => ({
        name,
        detail: detailOf(name, member, statement),
        type: "element" as const,
        at: member,
        select: member.key,
        children: [],
      }))
      .sort((a, b) => a.at.start - b.at.start),
  };
}

function detailOf(name: StatementElement, { value }: MemberNode, statement: Statement): string {
  if (name === "Condition") return several(statement.conditions.map(({ key }) => key.value));
  if (name === "Principal") return several(statement.principals.map((it) => it.value));
  if (name === "NotPrincipal") return several(statement.notPrincipals.map((it) => it.value));
  return several(itemsOf(value).map((it) => (it.type === "string" ? it.value : "…")));
}

function several([first, ...others]: readonly string[]): string {
  if (first === undefined) return "";
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}

/** The nearest name around a nested policy that says which one it is. */
function holderOf(node: ObjectNode): string | undefined {
  let nearest: string | undefined;
  let holder = node.parent;
  while (holder !== undefined) {
    if (holder.type === "member") {
      const name = named(holder.parent);
      if (name !== undefined) return name;
      const { value } = holder.key;
      if (!/^(?:Properties|Policy|PolicyDocument|AssumeRolePolicyDocument|Statement)$/.test(value))
        return value;
      nearest ??= value;
      holder = holder.parent.parent;
    } else holder = holder.parent;
  }
  return nearest;
}

function named({ members }: ObjectNode): string | undefined {
  const name = members.find(({ key }) => key.value === "PolicyName" || key.value === "RoleName")?.value;
  return name?.type === "string" && name.value !== "" ? name.value : undefined;
}
