/** Policy variables inside `${`: keys that AWS fills in at the time of a request, with a default where that makes sense. */
import { variableText } from "../../policy/variable.js";
import { isStandIn } from "../../syntax/stand-in.js";
import { stop } from "../snippet-text.js";
import type { Suggestion } from "./offer.js";
import type { Scope } from "./scope.js";

const COMMON: readonly string[] = [
  "aws:username",
  "aws:userid",
  "aws:PrincipalAccount",
  "aws:PrincipalTag/",
  "aws:PrincipalArn",
  "aws:PrincipalOrgID",
  "aws:ResourceAccount",
  "aws:RequestedRegion",
  "aws:SourceAccount",
  "aws:SourceIp",
  "aws:RequestTag/",
  "aws:ResourceTag/",
  "aws:FederatedProvider",
  "cognito-identity.amazonaws.com:sub",
  "saml:sub",
  "ec2:SourceInstanceARN",
  "s3:prefix",
  "sts:ExternalId",
];

/** `undefined` where no variable is being written at the cursor. */
export function variables(scope: Scope): readonly Suggestion[] | undefined {
  const { word } = scope.cursor;
  if (!takesVariables(scope)) return undefined;
  const marks = isStandIn(scope.cursor.node) ? /[$&]\{|\$$/g : /\$\{|\$$/g;
  const open = [...word.typed.matchAll(marks)].at(-1)?.index ?? -1;
  if (open < 0 || word.typed.indexOf("}", open) >= 0) return undefined;
  const typed = word.typed.slice(open + 2);
  if (typed.includes(",")) return defaults(word.typed, word.text, open);
  const rest = word.text.slice(word.typed.length);
  // What follows a variable that is not closed may be a path.
  const closing = /^[\w:./-]*\}|^[\w:.-]*/.exec(rest)?.[0] ?? "";
  const end = word.typed.length + closing.length;
  const within = { start: open, end };
  const others = scope.catalogue.globalConditionKeys
    .filter(({ multivalued }) => !multivalued)
    .map(({ key }) => key.replace(/\$\{.*\}$/, ""))
    .filter((key) => !COMMON.includes(key));
  const found: Suggestion[] = [];
  // Terraform's documents have a mark of their own beside the policy language's.
  const written = (name: string) => variableText(name).replace("$", () => word.typed[open] ?? "$");
  for (const [index, name] of [...COMMON, ...others].entries()) {
    const gap = name.endsWith("/");
    found.push({
      label: written(name),
      type: "variable",
      insert: { text: written(gap ? name + stop(1, "tag-key") : name), within },
      about: { what: "variable", name },
      score: -index,
    });
  }
  return found;
}

function takesVariables({ place }: Scope): boolean {
  return place.at === "resource" || place.at === "condition-value";
}

/** Behind the comma: the text for requests that lack the key, in single quotes. */
function defaults(typed: string, text: string, start: number): readonly Suggestion[] {
  const from = typed.indexOf(",", start) + 1;
  const close = text.indexOf("}", from);
  const within = { start: from, end: close < 0 ? text.length : close };
  return [
    {
      label: "'default'",
      type: "variable",
      detail: "where the request lacks the key",
      insert: { text: ` '${stop(1, "default")}'${close < 0 ? "}" : ""}`, within },
      score: 0,
    },
  ];
}
