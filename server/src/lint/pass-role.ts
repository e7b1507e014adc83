/** `iam:PassRole`: which patterns for roles are broad. Access Analyzer leaves alone the ones that a service's name starts. */
import type { Catalogue } from "../catalogue/catalogue.js";
import { patternsOverlap } from "../policy/wildcard.js";
import { type SensitiveAction, wildResource } from "./broad-grant.js";

export const PASS_ROLE: SensitiveAction = {
  name: "iam:PassRole",
  key: "iam:passedtoservice",
  isBroad(resource, catalogue) {
    const part = wildResource(resource);
    if (part === undefined) return false;
    const path = /^(?:role|instance-profile)\/(.*)$/.exec(part)?.[1];
    if (path === undefined) return patternsOverlap(part, "role/?*");
    const literal = /^[^*?]*/.exec(path)?.[0] ?? "";
    return !literal.split("/").some((name) => startsWithService(name, catalogue));
  },
};

const WORD = /[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g;
/** The longest prefix of a service has no more words. */
const MOST_WORDS = 5;

/** `AWSBatchJobRole` and `kinesis-analytics` do, `batches` does not: only whole words count. */
function startsWithService(name: string, catalogue: Catalogue): boolean {
  const words = (name.match(WORD) ?? []).map((word) => word.toLowerCase());
  if (words[0] === "aws" || words[0] === "amazon") words.shift();
  for (let count = 1; count <= Math.min(words.length, MOST_WORDS); count++) {
    const first = words.slice(0, count);
    for (const prefix of [first.join(""), first.join("-")]) {
      if (catalogue.service(prefix) !== undefined || catalogue.retired(prefix) !== undefined) return true;
    }
  }
  return false;
}
