/**
 * Where the policies of a template's buckets go: a bucket that the account knows keeps the file that it has, or its place in
 * the account file. What becomes of the texts there is not known here.
 */
import { fillPlaceholders, type Variables } from "../account/fill-placeholders.js";
import { parseDocument } from "../syntax/document.js";
import type { Json } from "../syntax/edits.js";
import { memberOf, pathAt, toPointer, type ValueNode } from "../syntax/tree.js";
import type { Expansion } from "./expand-template.js";

export interface SettledBuckets {
  /** With its files at the places that the account has for them. */
  readonly expansion: Expansion;
  /** The files that are policies of buckets. */
  readonly policies: ReadonlySet<string>;
  /** Policies that stand in the account file, by their pointers: what the template has for them. */
  readonly inAccount: ReadonlyMap<string, string>;
}

/** @param accountText what is there; empty for a new account */
export function settleBuckets(
  { account, files, suppressions }: Expansion,
  accountText: string,
  variables: Variables,
): SettledBuckets {
  const places = new Map<string, string>();
  const pointers = new Map<string, string>();
  const buckets: Record<string, Json> = {};
  const { buckets: wished, ...others } = account;
  for (const [name, path] of Object.entries(wished ?? {})) {
    const home = homeOf(name, accountText, variables);
    if (typeof path !== "string") buckets[name] = path;
    else if (home.type === "account") pointers.set(path, home.pointer);
    else {
      places.set(path, home.type === "file" ? home.path : path);
      if (home.type === "none") buckets[name] = home.hasMembers ? { policy: path } : path;
    }
  }
  const place = (path: string) => places.get(path) ?? path;
  return {
    expansion: {
      account: { ...others, ...(Object.keys(buckets).length > 0 && { buckets }) },
      files: files
        .filter(({ path }) => !pointers.has(path))
        .map(({ path, text }) => ({ path: place(path), text })),
      suppressions: suppressions.map((it) => ({ ...it, file: place(it.file) })),
    },
    policies: new Set(places.values()),
    inAccount: new Map(
      files.flatMap(({ path, text }) => {
        const pointer = pointers.get(path);
        return pointer === undefined ? [] : [[pointer, text]];
      }),
    ),
  };
}

type Home =
  | { readonly type: "file"; readonly path: string }
  | { readonly type: "account"; readonly pointer: string }
  | { readonly type: "none"; readonly hasMembers: boolean };

/** Where the account has the policy of a bucket. */
function homeOf(bucket: string, accountText: string, variables: Variables): Home {
  const { root } = parseDocument(accountText, "jsonc").tree;
  const account = root && fillPlaceholders(root, variables, () => {});
  const entry = memberIn(memberIn(account, "buckets"), bucket);
  const wrapped = entry?.type === "object" && memberOf(entry, "Statement") === undefined;
  const policy = wrapped ? memberIn(entry, "policy") : entry;
  if (policy?.type === "string") return { type: "file", path: policy.value };
  // Keys may have placeholders, and the pointer is one of the text as it is.
  if (policy?.type === "object") return { type: "account", pointer: toPointer(pathAt(root, policy)) };
  return { type: "none", hasMembers: wrapped };
}

function memberIn(node: ValueNode | undefined, key: string): ValueNode | undefined {
  return node?.type === "object" ? memberOf(node, key)?.value : undefined;
}
