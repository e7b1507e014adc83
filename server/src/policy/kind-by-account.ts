/** What the place of a policy in an account file (`iam-account.json`) says about it. Reading accounts is `account`'s. */
import { type MemberNode, memberOf, type ObjectNode, type ValueNode } from "../syntax/tree.js";
import { GROUP, MANAGED, ROLE, USER } from "./identity-types.js";
import type { Attachment } from "./kind-by-place.js";

/** By the names from the top of the file to the policy; `*` is any. */
const PLACES: readonly (readonly [path: string, Attachment])[] = [
  ["policies/*", MANAGED],
  ["policies/*/document", MANAGED],
  ["users/*/inline/*", USER],
  ["groups/*/inline/*", GROUP],
  ["roles/*/inline/*", ROLE],
  ["roles/*/trust", "trust"],
  ["buckets/*", { type: "AWS::S3::Bucket" }],
  ["buckets/*/policy", { type: "AWS::S3::Bucket" }],
  ["buckets/*/accessPoints/*", { type: "AWS::S3::AccessPoint" }],
  ["buckets/*/accessPoints/*/policy", { type: "AWS::S3::AccessPoint" }],
  ["resources/*", "resource"],
  ["resources/*/policy", "resource"],
  ["organization/scps/policies/*", "scp"],
  ["organization/rcps/policies/*", "rcp"],
];

export function kindByAccount(
  policy: ObjectNode,
): { readonly what: Attachment; readonly evidence: string } | undefined {
  const names: string[] = [];
  let top: ValueNode = policy;
  for (let holder = policy.parent; holder !== undefined; ) {
    if (holder.type === "member") {
      names.unshift(holder.key.value);
      top = holder.parent;
      holder = holder.parent.parent;
    } else {
      top = holder;
      holder = holder.parent;
    }
  }
  if (names.length < 2 || !isAccount(top)) return undefined;
  const what = PLACES.find(([path]) => fits(path.split("/"), names))?.[1];
  return what && { what, evidence: `It stands under \`${names[0]}\` of the account.` };
}

function fits(path: readonly string[], names: readonly string[]): boolean {
  return path.length === names.length && path.every((it, index) => it === "*" || it === names[index]);
}

/** Nothing else has its twelve digits at the top, beside lists by these names. */
function isAccount(top: ValueNode): boolean {
  if (top.type !== "object") return false;
  const account: MemberNode | undefined = memberOf(top, "account");
  return account?.value?.type === "string" && /^(?:\d{12}|<[\w-]+>)$/.test(account.value.value);
}
