/** `iam:PassRole`: which patterns for roles are broad. Access Analyzer leaves alone the ones with the name of a service. */
import type { Catalogue } from "../catalogue/catalogue.js";
import { patternsOverlap } from "../policy/wildcard.js";
import { sensitiveAction, wildResource } from "./broad-grant.js";

export const PASS_ROLE = sensitiveAction({
  name: "iam:PassRole",
  key: "iam:passedtoservice",
  isBroad(resource, catalogue) {
    const part = wildResource(resource);
    if (part === undefined) return false;
    const path = /^(?:role|instance-profile)\/(.*)$/.exec(part)?.[1];
    if (path === undefined) return patternsOverlap(part, "role/?*");
    return !path.split("/").some((name) => hasServiceName(name, catalogue));
  },
});

const WORD = /[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g;
/** The longest prefix of a service has no more words. */
const MOST_WORDS = 5;

/** `AWSBatchJobRole`, `kinesis-analytics` and `*lambda*` have one, `batches` has none: only whole words count. */
function hasServiceName(name: string, catalogue: Catalogue): boolean {
  const words = (name.replace(/^(?:aws|amazon)-?/i, "").match(WORD) ?? []).map((word) => word.toLowerCase());
  return words.some((_, start) => {
    for (let end = start + 1; end <= Math.min(words.length, start + MOST_WORDS); end++) {
      const run = words.slice(start, end);
      for (const prefix of [run.join(""), run.join("-")]) {
        if (catalogue.service(prefix) !== undefined || catalogue.retired(prefix) !== undefined) return true;
      }
    }
    return false;
  });
}
