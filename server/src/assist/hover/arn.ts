/** What a hover says about an ARN: part by part, the one under the cursor in bold, and what kind of resource it is. */
import { formsOf, mayMatch } from "../../catalogue/arn-template.js";
import type { Catalogue } from "../../catalogue/catalogue.js";
import { type Arn, type ArnPart, arnPartSpan, parseArn } from "../../policy/arn.js";
import { readArnPattern } from "../../policy/arn-pattern.js";
import { hasWildcard } from "../../policy/wildcard.js";
import { partitionName } from "../partition.js";
import { bullets, code, paragraphs } from "./markdown.js";

const PARTS: readonly ArnPart[] = ["partition", "service", "region", "account", "resource"];
const MOST_FORMS = 8;

/** @param offset of the cursor in the text; `undefined` where there is none */
export function arnText(catalogue: Catalogue, text: string, offset?: number): string | undefined {
  if (text === "*")
    return "**Every resource** that the actions can be used on, in every account that lets them.";
  const arn = parseArn(text);
  if (arn === undefined) return undefined;
  const here = offset === undefined ? undefined : arnPartAt(text, offset);
  const lines = PARTS.map((part) => {
    const line = `${part} ${arn[part] === "" ? "(empty)" : code(arn[part])}: ${partText(catalogue, arn, part)}`;
    return part === here ? line.replace(/^(\w+)/, "**$1**") : line;
  });
  return paragraphs(title(catalogue, text), bullets(lines));
}

/** Where the part under the cursor stands in the text. */
export function arnPartAt(text: string, offset: number): ArnPart | undefined {
  return PARTS.find((part) => {
    const { start, end } = arnPartSpan(text, part);
    return start <= offset && offset <= end;
  });
}

function title(catalogue: Catalogue, text: string): string {
  const pattern = readArnPattern(text);
  const found =
    pattern === undefined
      ? []
      : formsOf(pattern, catalogue).filter((form) => mayMatch(catalogue, pattern, form));
  const names = [...new Set(found.map(({ type }) => type.name))];
  if (names.length === 0) return "**ARN** of no resource type that the reference lists";
  const more = names.length > MOST_FORMS ? ` and ${names.length - MOST_FORMS} more` : "";
  const service = catalogue.service(pattern?.service ?? "")?.name ?? pattern?.service ?? "";
  return `**${service}**: ${names.slice(0, MOST_FORMS).join(", ")}${more}`;
}

/** Names such as `${Bucket}` and `${AWS::Region}`: no condition key looks like them. */
const OF_A_TEMPLATE = /\$\{(?:\w+(?:\.\w+)*|AWS::\w+)\}/;

function partText(catalogue: Catalogue, arn: Arn, part: ArnPart): string {
  const value = arn[part];
  if (OF_A_TEMPLATE.test(value)) return "filled in by a template, before AWS sees it";
  if (value.includes("${")) return "filled in by AWS at the time of the request";
  switch (part) {
    case "partition":
      return hasWildcard(value) ? "any that fits" : (partitionName(value) ?? "unknown");
    case "service":
      return catalogue.service(value)?.name ?? (hasWildcard(value) ? "any that fits" : "unknown");
    case "region":
      if (value === "") return "none: these ARNs have no Region";
      return catalogue.regionName(value) ?? place(value, "every Region", "Regions");
    case "account":
      if (value === "") return "none: the name alone tells which it is";
      if (value === "aws") return "owned by AWS";
      if (/^\d{12}$/.test(value)) return "this account's";
      return place(value, "every account", "accounts");
    case "resource":
      return value === "*"
        ? "all of them"
        : hasWildcard(value)
          ? "all that fit; `*` also runs over `/`"
          : "exactly this one";
  }
}

function place(value: string, all: string, some: string): string {
  if (value === "*") return all;
  return hasWildcard(value) ? `${some} that fit` : "this one only";
}
