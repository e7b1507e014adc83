/** Suppressions of the configuration, applied to a file's findings. JSON has no comments to write them in. */
import { parseDocument, type SyntaxDocument } from "../syntax/document.js";
import type { Json } from "../syntax/edits.js";
import type { Edit } from "../syntax/span.js";
import { itemsOf, meant, memberOf, type Path, pathAt, toPointer, type ValueNode } from "../syntax/tree.js";
import type { Configuration, Suppression } from "./configuration.js";
import { matchesGlob } from "./glob.js";
import type { Finding } from "./rule.js";

export interface SuppressionInput {
  readonly configuration: Configuration;
  readonly path: string;
  readonly today: string;
}

/**
 * The findings that remain.
 * @param used told each suppression that held back a finding
 */
export function applySuppressions(
  findings: readonly Finding[],
  { configuration, path, today }: SuppressionInput,
  document: SyntaxDocument,
  used: (suppression: Suppression) => void = () => {},
): readonly Finding[] {
  const here = configuration.suppressions.filter((it) => matchesGlob(it.file, path) && !isExpired(it, today));
  if (here.length === 0) return findings;
  return findings.filter((finding) => {
    const suppression = here.find((it) => suppresses(it, finding, document));
    if (suppression !== undefined) used(suppression);
    return suppression === undefined;
  });
}

/** What a new suppression says; the file is relative to the configuration. */
export type NewSuppression = Pick<Suppression, "rule" | "file" | "reason"> &
  Partial<Pick<Suppression, "sid" | "pointer">>;

/** The edits that write a suppression into a configuration's text; comments and form are kept. */
export function addSuppression(text: string, suppression: NewSuppression): readonly Edit[] {
  const { tree, edits } = parseDocument(text, "jsonc");
  const { root } = tree;
  const value = Object.fromEntries(Object.entries(suppression)) as Json;
  if (root?.type !== "object") {
    const newText = `${JSON.stringify({ suppressions: [value] }, null, 2)}\n`;
    return [{ start: 0, end: text.length, newText }];
  }
  const list = memberOf(root, "suppressions")?.value;
  return list?.type === "array"
    ? edits.appendItem(list, value)
    : edits.insertMember(root, "suppressions", [value]);
}

/** The narrowest words for where a finding stands: its statement's Sid where that is unique, or else its pointer. */
export function placeOf(finding: Finding, document: SyntaxDocument): { sid: string } | { pointer: string } {
  const { root } = document.tree;
  const path = pathAt(root, finding);
  const sid = sidAt(root, path);
  const sids = root?.type === "object" ? itemsOf(memberOf(root, "Statement")?.value) : [];
  const same = sids.filter((it) => it.type === "object" && sidAt(it, []) === sid);
  return sid !== undefined && same.length === 1 ? { sid } : { pointer: toPointer(path) };
}

export function isExpired({ expires }: Suppression, today: string): boolean {
  return expires !== undefined && expires < today;
}

export function suppresses(
  { rule, sid, pointer }: Suppression,
  finding: Finding,
  document: SyntaxDocument,
): boolean {
  if (rule !== finding.rule.name) return false;
  const path = pathAt(document.tree.root, finding);
  if (pointer !== undefined && !`${toPointer(path)}/`.startsWith(`${pointer}/`)) return false;
  return sid === undefined || sid === sidAt(document.tree.root, path);
}

function sidAt(root: ValueNode | undefined, path: Path): string | undefined {
  let node = meant(root);
  let sid = sidOf(node);
  for (const step of path) {
    node = meant(
      typeof step === "number"
        ? itemsOf(node)[step]
        : node?.type === "object"
          ? memberOf(node, step)?.value
          : undefined,
    );
    sid = sidOf(node) ?? sid;
  }
  return sid;
}

function sidOf(node: ValueNode | undefined): string | undefined {
  const value = node?.type === "object" ? memberOf(node, "Sid")?.value : undefined;
  return value?.type === "string" ? value.value : undefined;
}
