/**
 * Policy variables where AWS fills them: in resources and in condition values. Expressions of templates that share their
 * form, such as `${AWS::AccountId}`, are not policy variables.
 */
import { findVariables, type PolicyVariable } from "../policy/variable.js";
import type { Span } from "../syntax/span.js";
import type { KeyNode, StringNode } from "../syntax/tree.js";
import { spanWithin } from "../syntax/tree.js";
import type { Checks, RuleContext } from "./rule.js";

export interface VariableAt {
  readonly variable: PolicyVariable;
  readonly node: StringNode;
  /** In the document. */
  readonly at: Span;
  /** As written. */
  readonly text: string;
}

/** The checks of a rule that looks at every policy variable. */
export function eachVariable(
  look: (found: VariableAt, context: RuleContext) => void,
): Pick<Checks, "resource" | "condition"> {
  return {
    resource: (node, _statement, context) => {
      for (const found of variablesIn(node)) look(found, context);
    },
    condition: ({ values }, _statement, context) => {
      for (const node of values) {
        if (node.type === "string") for (const found of variablesIn(node)) look(found, context);
      }
    },
  };
}

export function variablesIn<Node extends StringNode | KeyNode>(
  node: Node,
): readonly (Omit<VariableAt, "node"> & { readonly node: Node })[] {
  if (!node.value.includes("${")) return NONE;
  return findVariables(node.value).map((variable) => ({
    variable,
    node,
    at: spanWithin(node, variable.start, variable.end),
    text: node.value.slice(variable.start, variable.end),
  }));
}

const NONE: readonly never[] = [];

/** Does the text name a condition key, blanks in it aside, and not something that a template fills? */
export function namesKey({ key }: PolicyVariable): boolean {
  return /^\s*[\w.-]+\s*:\s*[^:\s]/.test(key);
}

/** The whole text with another one in the place of the variable. */
export function withVariable({ variable, node }: VariableAt, text: string): string {
  return node.value.slice(0, variable.start) + text + node.value.slice(variable.end);
}
