/** The buckets that a bucket policy names, for the statements that fixes add to it. */
import { parseArn } from "../policy/arn.js";
import type { Policy } from "../policy/policy.js";
import { hasWildcard } from "../policy/wildcard.js";

/** Such as `arn:aws:s3:::logs`, each once. */
export function bucketArns({ statements }: Policy): readonly string[] {
  const found = new Set<string>();
  for (const { resources, notResources } of statements) {
    for (const { value } of [...resources, ...notResources]) {
      const arn = parseArn(value);
      const bucket = arn?.resource.split("/", 1)[0] ?? "";
      if (arn?.service === "s3" && bucket !== "" && !hasWildcard(bucket))
        found.add(`arn:${arn.partition}:s3:::${bucket}`);
    }
  }
  return [...found];
}
