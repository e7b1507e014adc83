/** What the name of a file, or of the folder it lies in, says about the policies in it. */
import { remembered } from "./once.js";
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

/** `undefined` where neither the name of the file nor that of its folder says anything. */
export function kindByName(path: string | undefined): Named | undefined {
  if (path === undefined) return undefined;
  const parts = path.split(/[\\/]/);
  for (const part of [parts.at(-1), parts.at(-2)]) {
    const named = part === undefined ? undefined : kindByPart(part);
    if (named !== undefined) return named;
  }
  return undefined;
}

interface Named {
  readonly kind: PolicyKind;
  readonly evidence: string;
}

/** Remembered: a file is looked at with each keystroke, and thousands lie in folders of the same name. */
const kindByPart = remembered((part): Named | undefined => {
  const words = part
    .replace(/([a-z\d])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .replace(/[^a-z\d]+/g, "-");
  const kind = NAMES.find(([pattern]) => pattern.test(words))?.[1];
  return kind === undefined ? undefined : { kind, evidence: `The name \`${part}\` says so.` };
});
