/** Suppressions of the configuration, applied to a file's findings. JSON has no comments to write them in. */
import type { SyntaxDocument } from "../syntax/document.js";
import { itemsOf, memberOf, pathAt, toPointer, type ValueNode } from "../syntax/tree.js";
import type { Configuration, Suppression } from "./configuration.js";
import { matchesGlob } from "./glob.js";
import type { Finding } from "./rule.js";

export interface SuppressionInput {
  readonly configuration: Configuration;
  readonly path: string;
  readonly today: string;
}

/** The findings that remain. */
export function applySuppressions(
  findings: readonly Finding[],
  { configuration, path, today }: SuppressionInput,
  document: SyntaxDocument,
): readonly Finding[] {
  const here = configuration.suppressions.filter((it) => matchesGlob(it.file, path) && !isExpired(it, today));
  if (here.length === 0) return findings;
  return findings.filter((finding) => !here.some((it) => suppresses(it, finding, document)));
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

function sidAt(root: ValueNode | undefined, path: readonly (string | number)[]): string | undefined {
  let node = root;
  let sid: string | undefined;
  for (const step of path) {
    node =
      typeof step === "number"
        ? itemsOf(node)[step]
        : node?.type === "object"
          ? memberOf(node, step)?.value
          : undefined;
    const value = node?.type === "object" ? memberOf(node, "Sid")?.value : undefined;
    if (value?.type === "string") sid = value.value;
  }
  return sid;
}
