/** What the name of a file, or of the folder it lies in, says about the policies in it. */
import type { PolicyKind } from "./words.js";

/** `permissionsBoundary` and `permissions_boundary` are the same words: names are matched with `-` between words. */
const NAMES: readonly (readonly [RegExp, PolicyKind])[] = [
  [/\b(?:trust(?:-?polic(?:y|ies))?|assume-?role(?:-?policy)?(?:-?document)?)\b/, "trust"],
  [/\b(?:scps?|service-?control)\b/, "scp"],
  [/\b(?:rcps?|resource-?control)\b/, "rcp"],
  [/\b(?:permissions?-?boundary|permissions?-?boundaries|boundary|boundaries)\b/, "boundary"],
  [/\b(?:vpce|vpc-?endpoints?|endpoint-?polic(?:y|ies))\b/, "endpoint"],
  [/\bsession-?polic(?:y|ies)\b/, "session"],
  [
    /\b(?:bucket|kms-?key|queue|topic|repository|vault|secret|resource|access-?point|event-?bus)-?(?:based-)?polic(?:y|ies)\b/,
    "resource",
  ],
];

export function kindByName(path: string | undefined): { kind: PolicyKind; evidence: string } | undefined {
  if (path === undefined) return undefined;
  const parts = path.split(/[\\/]/);
  for (const part of [parts.at(-1), parts.at(-2)]) {
    if (part === undefined) continue;
    const words = part
      .replace(/([a-z\d])([A-Z])/g, "$1-$2")
      .toLowerCase()
      .replace(/[^a-z\d]+/g, "-");
    const kind = NAMES.find(([pattern]) => pattern.test(words))?.[1];
    if (kind !== undefined) return { kind, evidence: `The name \`${part}\` says so.` };
  }
  return undefined;
}
