import { isIntrinsic } from "../../../policy/intrinsic.js";
import type { Json } from "../../../syntax/edits.js";
import { toJson } from "../../../syntax/to-json.js";
import { itemsOf, type MemberNode, type ObjectNode, type ValueNode } from "../../../syntax/tree.js";
import { defineRule, type Fix, type RuleContext } from "../../rule.js";

/** Elements that hold one text and no list. */
const SINGLE: ReadonlySet<string> = new Set(["Version", "Id", "Sid", "Effect"]);
/** From here on a set is quicker than looking at all pairs. */
const MANY = 16;

export const duplicateKey = defineRule({
  name: "duplicate-key",
  group: "grammar",
  severity: "error",
  since: "0.1.0",
  summary: "An object has the same key twice",
  fix: "suggestion",
  accessAnalyzer: "JSON_SYNTAX_ERROR",
  about: { statement: ({ flat, odd }) => odd || !flat },
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_policies.html",
    "https://datatracker.ietf.org/doc/html/rfc8259#section-4",
  ],

  policy({ node }, context) {
    checkObject(node, context);
  },

  statement({ node }, context) {
    checkAll(node, context);
  },
});

function checkAll(node: ObjectNode, context: RuleContext): void {
  checkObject(node, context);
  for (const { value } of node.members) if (value?.type === "object") checkAll(value, context);
}

function checkObject({ members }: ObjectNode, context: RuleContext): void {
  if (members.length > MANY && new Set(members.map(({ key }) => key.value)).size === members.length) return;
  for (let index = 1; index < members.length; index++) {
    const member = members[index] as MemberNode;
    const first = members.find(({ key }) => key.value === member.key.value);
    if (first === undefined || first === member) continue;
    context.report({
      at: member.key,
      message: `\`${member.key.value}\` is there twice; AWS refuses that, and other readers forget the first.`,
      related: [{ at: first.key, message: "The first." }],
      fix: fixes(first, member, context),
    });
  }
}

function fixes(first: MemberNode, second: MemberNode, { edits, text }: RuleContext): readonly Fix[] {
  const [a, b] = [first.value, second.value];
  if (a === undefined || b === undefined) return [];
  if (text.slice(a.start, a.end) === text.slice(b.start, b.end))
    return [{ title: "Remove the repetition", edits: edits.removeMember(second), safe: true }];
  const merged = SINGLE.has(first.key.value) ? undefined : merge(a, b);
  const merging =
    merged === undefined ? [] : [...edits.replaceValue(a, merged), ...edits.removeMember(second)];
  return [
    { title: `Merge the two \`${first.key.value}\``, edits: merging },
    { title: `Remove the first \`${first.key.value}\``, edits: edits.removeMember(first) },
    { title: `Remove the second \`${first.key.value}\``, edits: edits.removeMember(second) },
  ];
}

/** Two lists become one; so do two objects without a key in common. */
function merge(a: ValueNode, b: ValueNode): Json | undefined {
  if (isIntrinsic(a) || isIntrinsic(b)) return undefined;
  if (a.type === "object" && b.type === "object") {
    const keys = new Set(a.members.map(({ key }) => key.value));
    if (b.members.some(({ key }) => keys.has(key.value))) return undefined;
    return Object.fromEntries([a, b].flatMap((it) => Object.entries(toJson(it) as Record<string, Json>)));
  }
  const items = [...itemsOf(a), ...itemsOf(b)];
  if (items.some(({ type }) => type === "object" || type === "array" || type === "invalid")) return undefined;
  return [...new Set(items.map(toJson))];
}
