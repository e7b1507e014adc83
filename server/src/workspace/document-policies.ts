/** The policies of a document, each with what AWS would not take about it. What they mean is not asked. */
import { findPolicies } from "../policy/find-policies.js";
import { isFilledInLater } from "../policy/intrinsic.js";
import type { Policy } from "../policy/policy.js";
import { refusedIn } from "../policy/refused.js";
import { type Language, parseDocument } from "../syntax/document.js";
import { contains, type Span } from "../syntax/span.js";
import { type Path, pathAt, toPointer, type ValueNode } from "../syntax/tree.js";

/** As much as tells which policy is which. */
export interface PlacedPolicies {
  readonly root: ValueNode | undefined;
  readonly policies: readonly Policy[];
}

export interface DocumentPolicies extends PlacedPolicies {
  /** The line, from 1, on which the policy begins. */
  lineOf(policy: Policy): number;
  /** The first mistake that makes AWS refuse the policy. */
  problemIn(policy: Policy): DocumentProblem | undefined;
}

export interface DocumentProblem extends Span {
  /** Ends without a full stop. */
  readonly why: string;
  /** Can Fix All repair it? */
  readonly repairable: boolean;
}

export function documentPolicies(text: string, language: Language): DocumentPolicies {
  const { tree } = parseDocument(text, language);
  const problems = [tree, ...(tree.embedded ?? [])].flatMap((it) => it.problems);
  return {
    root: tree.root,
    policies: findPolicies(tree.root),
    lineOf: ({ node }) => text.slice(0, node.start).split("\n").length,
    // What is wrong elsewhere in a document of several texts is no matter of this one.
    problemIn(policy) {
      const broken = problems.find((it) => tree.isHolder === undefined || contains(policy.node, it));
      if (broken !== undefined) {
        return { start: broken.start, end: broken.end, why: broken.code, repairable: true };
      }
      // In a document of something else, a policy may be written in that one's words.
      const refused = policy.node === tree.root ? refusedIn(policy) : undefined;
      return refused && { ...refused.at, why: refused.why, repairable: false };
    },
  };
}

/** The steps that lead to a policy in its document. */
export function pathOfPolicy({ root }: Pick<PlacedPolicies, "root">, { node }: Policy): Path {
  return pathAt(root, node);
}

export function pointerOfPolicy(document: Pick<PlacedPolicies, "root">, policy: Policy): string {
  return toPointer(pathOfPolicy(document, policy));
}

/** Does a template fill in a part of the policy when it is deployed? What it gives then cannot be told. */
export function isTemplate({ node }: Policy): boolean {
  return isFilledInLater(node);
}
