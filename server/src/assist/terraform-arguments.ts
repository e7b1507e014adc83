/**
 * The arguments of Terraform's `aws_iam_policy_document`, block by block, and where in such a document a name stands.
 * What they are read as is told by `policy/terraform-document.ts`; Terraform's other words are not ours.
 */
import {
  TERRAFORM_DOCUMENT,
  TERRAFORM_DOCUMENT_ARGUMENTS,
  TERRAFORM_STATEMENT_ARGUMENTS,
} from "../policy/terraform-document.js";
import type { DocumentElement, StatementElement } from "../policy/words.js";
import { contains } from "../syntax/span.js";
import type { KeyNode, ObjectNode, ValueNode } from "../syntax/tree.js";
import { objectsAround, pathWithin } from "./place.js";

export type TerraformBlock = "document" | "statement" | "principals" | "condition";

/** An argument becomes an element of the policy, or it is a part of one, which the text tells about. */
export type TerraformMeaning =
  | { readonly element: DocumentElement | StatementElement }
  | { readonly text: string };

const ARGUMENTS: Readonly<Record<TerraformBlock, Readonly<Record<string, TerraformMeaning>>>> = {
  document: {
    ...elements(TERRAFORM_DOCUMENT_ARGUMENTS),
    source_policy_documents: { text: "Policies whose statements come first; a `sid` may stand in one only." },
    override_policy_documents: { text: "Policies whose statements replace those with the same `sid`." },
  },
  statement: elements(TERRAFORM_STATEMENT_ARGUMENTS),
  principals: {
    type: { text: "The type of the principals: `AWS`, `Service`, `Federated`, `CanonicalUser`, or `*`." },
    identifiers: { text: "Who the principals are, by ARN, account ID or domain." },
  },
  condition: {
    test: { text: "The condition operator, such as `StringEquals`." },
    variable: { text: "The condition key, such as `aws:PrincipalOrgID`." },
    values: { text: "The values that the condition key is compared with; one that fits is enough." },
  },
};

function elements(
  names: Readonly<Record<string, DocumentElement | StatementElement>>,
): Readonly<Record<string, TerraformMeaning>> {
  return Object.fromEntries(Object.entries(names).map(([name, element]) => [name, { element }]));
}

/** By the arguments that lead there. */
const BLOCKS: ReadonlyMap<string, TerraformBlock> = new Map([
  ["", "document"],
  ["statement", "statement"],
  ["statement principals", "principals"],
  ["statement not_principals", "principals"],
  ["statement condition", "condition"],
]);

export function argumentsOf(block: TerraformBlock): readonly (readonly [string, TerraformMeaning])[] {
  return Object.entries(ARGUMENTS[block]);
}

export function argumentMeaning(
  block: TerraformBlock | undefined,
  name: string,
): TerraformMeaning | undefined {
  return block && argumentsOf(block).find(([it]) => it === name)?.[1];
}

/** The document that the node is in. */
export function terraformDocumentAround(
  node: KeyNode | ValueNode,
  root: ValueNode | undefined,
): ObjectNode | undefined {
  const around = objectsAround(node, root);
  const documents = around.findIndex((it) =>
    it.members.some(({ key, value }) => key.value === TERRAFORM_DOCUMENT && value && contains(value, node)),
  );
  // The document's name is an object between.
  return around[documents - 2];
}

/** The block that the name stands in, and the object that the block is. */
export function terraformBlockAround(
  key: KeyNode,
  document: ObjectNode,
): { readonly block: TerraformBlock; readonly object: ObjectNode } | undefined {
  const [object] = objectsAround(key, document);
  const block = object && BLOCKS.get(pathWithin(object, document).join(" "));
  return object === undefined || block === undefined ? undefined : { block, object };
}
