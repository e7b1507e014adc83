/**
 * Documents of AWS's managed policies, from a file that somebody keeps: the `Policies` of an account's details, or an
 * object of documents by name or ARN, plain or with their versions. Which file, the caller says.
 */
import { parseArn } from "../policy/arn.js";
import { parseDocument } from "../syntax/document.js";
import { memberOf, type ObjectNode, pathAt, toPointer, type ValueNode } from "../syntax/tree.js";
import type { ManagedPolicySource } from "./account-builder.js";
import type { AccountText } from "./desired-account.js";
import { type AccountProblem, complainer } from "./problem.js";
import { readDocumentNode, readDocumentText } from "./read-document.js";
import { complainAboutSyntax } from "./value-reader.js";

export const NO_MANAGED_POLICIES: ManagedPolicySource = () => undefined;

export interface ReadManagedPolicies {
  readonly source: ManagedPolicySource;
  readonly problems: readonly AccountProblem[];
}

/** A file of hundreds of policies is read as a whole; a document only when something asks for it. */
export function readManagedPolicies({ file, text }: AccountText): ReadManagedPolicies {
  const problems: AccountProblem[] = [];
  const { tree } = parseDocument(text, "jsonc");
  const complain = complainer(file, tree.root, problems);
  complainAboutSyntax(tree.problems, complain);
  const byName = new Map<string, ValueNode>();
  const root = tree.root?.type === "object" ? tree.root : undefined;
  const list = root && memberOf(root, "Policies")?.value;
  if (list?.type === "array") {
    for (const item of list.items) {
      if (item.type !== "object") continue;
      const document = defaultDocument(item);
      for (const key of ["Arn", "PolicyName"]) {
        const name = textAt(item, key);
        if (name !== undefined && document !== undefined) byName.set(name, document);
      }
    }
  } else {
    for (const { key, value } of root?.members ?? []) {
      const document = value?.type === "object" ? documentIn(value) : value;
      if (document === undefined) continue;
      byName.set(key.value, document);
      const arn = value?.type === "object" ? textAt(value, "arn") : undefined;
      if (arn !== undefined) byName.set(arn, document);
    }
  }
  if (byName.size === 0 && tree.problems.length === 0) {
    complain(tree.root ?? { start: 0, end: 0 }, "This file has no policies by name or ARN.");
  }

  const source: ManagedPolicySource = (nameOrArn) => {
    const name = nameOf(nameOrArn);
    const node = byName.get(nameOrArn) ?? byName.get(name);
    if (node === undefined) return undefined;
    const pointer = toPointer(pathAt(tree.root, node));
    const document =
      node.type === "string"
        ? readDocumentText({ file, text: node.value, language: "json", pointer }, undefined, problems)
        : readDocumentNode(node, undefined, complain);
    return document && { name, file, pointer, document };
  };
  return { source, problems };
}

function nameOf(nameOrArn: string): string {
  const resource = parseArn(nameOrArn)?.resource;
  return resource === undefined ? nameOrArn : resource.slice(resource.lastIndexOf("/") + 1);
}

/** AWS's own shape: `PolicyVersionList` with one default. */
function defaultDocument(policy: ObjectNode): ValueNode | undefined {
  const versions = memberOf(policy, "PolicyVersionList")?.value;
  if (versions?.type !== "array") return undefined;
  const wanted = textAt(policy, "DefaultVersionId");
  const objects = versions.items.filter((it) => it.type === "object");
  const version = objects.find((it) => textAt(it, "VersionId") === wanted) ?? objects[0];
  return version && memberOf(version, "Document")?.value;
}

/** A document, or an object of versions with the id of the latest. */
function documentIn(value: ObjectNode): ValueNode | undefined {
  const versions = memberOf(value, "versions")?.value;
  if (versions?.type !== "object") return memberOf(value, "document")?.value ?? value;
  const latest = textAt(value, "latestVersionId") ?? versions.members.at(-1)?.key.value ?? "";
  const version = memberOf(versions, latest)?.value;
  return version?.type === "object" ? memberOf(version, "document")?.value : undefined;
}

function textAt(object: ObjectNode, key: string): string | undefined {
  const value = memberOf(object, key)?.value;
  return value?.type === "string" ? value.value : undefined;
}
