/**
 * The names in the nearest account file above a policy, as they are written there. They are read from the tree alone:
 * a file with mistakes in it has names all the same, and placeholders stay what they are in the policies beside it.
 */
import type { AccountNames } from "../assist/completion/account-names.js";
import { parseDocument } from "../syntax/document.js";
import { memberOf, type ObjectNode } from "../syntax/tree.js";

export class AccountNamesByFile {
  readonly #known = new Map<string, { readonly names: AccountNames | undefined }>();

  /** @param read the text of a file, or `undefined` where there is none */
  constructor(private readonly read: (path: string) => string | undefined) {}

  /** @param files the account files that there may be, nearest first */
  nearest(files: Iterable<string>): AccountNames | undefined {
    for (const file of files) {
      const names = this.#namesIn(file);
      if (names !== undefined) return names;
    }
    return undefined;
  }

  /** After files changed. */
  forget(): void {
    this.#known.clear();
  }

  #namesIn(file: string): AccountNames | undefined {
    let known = this.#known.get(file);
    if (known === undefined) {
      const text = this.read(file) ?? "";
      known = { names: accountNames(text) };
      this.#known.set(file, known);
    }
    return known.names;
  }
}

/** `undefined` where the text is no account. */
export function accountNames(text: string): AccountNames | undefined {
  const { root } = parseDocument(text, "jsonc").tree;
  if (root?.type !== "object" || memberOf(root, "account") === undefined) return undefined;
  const id = textOf(root, "account");
  const partition = textOf(root, "partition") ?? "aws";
  const iam = (kind: string, element: string) =>
    entriesOf(root, element).map(([name, entry]) => {
      const path = entry === undefined ? "/" : (textOf(entry, "path") ?? "/");
      return `arn:${partition}:iam::${id ?? ""}:${kind}${path}${name}`;
    });
  return {
    id,
    region: textOf(root, "region"),
    users: iam("user", "users"),
    roles: iam("role", "roles"),
    buckets: entriesOf(root, "buckets").map(([name]) => `arn:${partition}:s3:::${name}`),
    others: [
      ...iam("policy", "policies"),
      ...entriesOf(root, "buckets").flatMap(([, bucket]) => accessPointsOf(bucket, root)),
      ...entriesOf(root, "resources").map(([arn]) => arn),
    ],
  };
}

function accessPointsOf(bucket: ObjectNode | undefined, root: ObjectNode): readonly string[] {
  if (bucket === undefined) return [];
  const partition = textOf(root, "partition") ?? "aws";
  return entriesOf(bucket, "accessPoints").flatMap(([name, point]) => {
    const member = (key: string) => (point && textOf(point, key)) ?? textOf(root, key);
    const region = member("region");
    return region === undefined
      ? []
      : [`arn:${partition}:s3:${region}:${member("account") ?? ""}:accesspoint/${name}`];
  });
}

function entriesOf(
  root: ObjectNode,
  element: string,
): readonly (readonly [string, ObjectNode | undefined])[] {
  const table = memberOf(root, element)?.value;
  if (table?.type !== "object") return [];
  return table.members.map(({ key, value }) => [key.value, value?.type === "object" ? value : undefined]);
}

function textOf(object: ObjectNode, element: string): string | undefined {
  const value = memberOf(object, element)?.value;
  return value?.type === "string" && value.value !== "" ? value.value : undefined;
}
