/** Statements of one policy with the same name: who they are and how to tell them apart. Not whether that matters. */
import type { Policy } from "../policy/policy.js";
import type { StringNode } from "../syntax/tree.js";
import type { RuleContext } from "./rule.js";

export function reportDuplicateSids(
  { statements }: Policy,
  message: string,
  { report, edits }: RuleContext,
): void {
  const first = new Map<string, StringNode>();
  for (const { sid } of statements) {
    if (sid === undefined || sid.value === "") continue;
    const known = first.get(sid.value);
    if (known === undefined) {
      first.set(sid.value, sid);
      continue;
    }
    const name = freeName(sid.value, new Set(statements.map((it) => it.sid?.value)));
    report({
      at: sid,
      message: `\`${sid.value}\` is another statement's name already${message}`,
      related: [{ at: known, message: "The first statement of that name." }],
      fix: { title: `Rename to \`${name}\``, edits: edits.setText(sid, name) },
    });
  }
}

/** `Read` becomes `Read2`, `Stmt1` becomes `Stmt2`. */
function freeName(name: string, taken: ReadonlySet<string | undefined>): string {
  const [, stem = name, digits = "1"] = /^(.*?)(\d{0,9})$/.exec(name) ?? [];
  let number = Number(digits || 1);
  do number++;
  while (taken.has(`${stem}${number}`));
  return `${stem}${number}`;
}
