/**
 * What a lint rule is: metadata that a machine can check, and one pure function for each thing it looks at.
 * A rule does no I/O, keeps no state and sees no other rule's findings; the engine owns everything else.
 */
import type { Catalogue } from "../catalogue/catalogue.js";
import type { ActionPattern, ActionWords } from "../policy/action-pattern.js";
import type { Condition, ConditionOperator } from "../policy/condition.js";
import type { Policy, Statement } from "../policy/policy.js";
import type { Principal } from "../policy/principal.js";
import type { Shape } from "../policy/shape.js";
import type { PolicyKind } from "../policy/words.js";
import type { Edits } from "../syntax/edits.js";
import type { Problem, ProblemCode } from "../syntax/problem.js";
import type { Edit, Span } from "../syntax/span.js";
import type { StringNode, Tree } from "../syntax/tree.js";
import type { Holder } from "./holder.js";

export type Severity = "error" | "warning" | "info" | "hint";
export const SEVERITIES: readonly Severity[] = ["error", "warning", "info", "hint"];

export const RULE_GROUPS = [
  "syntax",
  "grammar",
  "names",
  "conditions",
  "resources",
  "principals",
  "security",
  "clarity",
  "quotas",
  "hygiene",
] as const;
export type RuleGroup = (typeof RULE_GROUPS)[number];

/** Named sets of rules: each contains the ones before it in meaning, `aws` is Access Analyzer's checks alone. */
export const PRESETS = ["aws", "recommended", "strict"] as const;
export type Preset = (typeof PRESETS)[number];

export interface Rule extends Checks {
  /** Kebab-case, names the pattern reported: reads well as "allow <name>". Equals the file name. */
  readonly name: string;
  readonly group: RuleGroup;
  readonly severity: Severity;
  readonly since: string;
  /** One line, no final period. Shown in tables, settings and the rule page header. */
  readonly summary: string;
  /** "safe": the fix never changes which requests are allowed. "suggestion": it may, so a human decides. */
  readonly fix: "safe" | "suggestion" | "none";
  /** The Access Analyzer check that this rule is, such as `INVALID_ACTION`. */
  readonly accessAnalyzer?: string;
  /** Policy kinds that the rule looks at; all of them unless said. */
  readonly appliesTo?: readonly PolicyKind[];
  /** The presets that switch it on; `["recommended", "strict"]`, with `aws` for Access Analyzer's checks, unless said. */
  readonly presets?: readonly Preset[];
  /** The rule reports that something is absent: it keeps silent where the text is torn or half typed. */
  readonly absence?: true;
  /** The rule reminds of something still to be filled in: it keeps silent where a text shows policies to its readers. */
  readonly reminder?: true;
  /** What its checks could say something about; everything unless said. */
  readonly about?: About;
  /** How editors may show it besides: faded out, or struck through. */
  readonly tag?: "unnecessary" | "deprecated";
  /** AWS's documentation, at least one page. */
  readonly references: readonly string[];
}

/**
 * What the rule looks at. The engine calls each function for every such thing in a policy. All but `policy`
 * see one statement only and must not look beyond it (nor at its index): the engine reuses their findings for as
 * long as the statement's text stays the same.
 */
export interface Checks {
  problem?(problem: Problem, context: SyntaxContext): void;
  /** Every text that holds a policy, before it is read as one. */
  tree?(tree: Tree, context: SyntaxContext): void;
  policy?(policy: Policy, context: RuleContext): void;
  /** What an account file gives to whom. What is found is shown in that file. */
  holders?(holders: readonly Holder[], context: RuleContext): void;
  statement?(statement: Statement, context: RuleContext): void;
  /** Each entry of `Action` and `NotAction`. */
  action?(action: ActionPattern, statement: Statement, context: RuleContext): void;
  /**
   * Each string of `Resource` and `NotResource` that says more than `*`. The text alone decides whether there is
   * something to say: the engine does not ask again about one on which the rule was silent.
   */
  resource?(resource: StringNode, statement: Statement, context: RuleContext): void;
  /** Each operator–key pair. */
  condition?(condition: Condition, statement: Statement, context: RuleContext): void;
  /** Each entry of `Principal` and `NotPrincipal`. */
  principal?(principal: Principal, statement: Statement, context: RuleContext): void;
}

export interface SyntaxContext {
  readonly text: string;
  /** The text is known to be ASCII, with nothing but white space besides what is in the tree. */
  readonly isPlain: boolean;
  readonly edits: Edits;
  report(finding: Report): void;
}

export interface RuleContext extends SyntaxContext {
  readonly kind: PolicyKind;
  /** What a resource policy hangs on, as CloudFormation names it (`AWS::S3::Bucket`), where known. */
  readonly resourceType: string | undefined;
  /** The policy's version; the default where it has none. */
  readonly version: string;
  readonly catalogue: Catalogue;
  /** Values for placeholders, from the configuration. */
  readonly variables: Readonly<Record<string, string>>;
}

/**
 * What a rule has nothing to say about, whatever else a policy holds. The engine asks once for each shape of statement,
 * each text of an action and each operator with its key, and leaves the rule out wherever those come again.
 */
export interface About {
  statement?(shape: Shape): boolean;
  action?(words: ActionWords, catalogue: Catalogue): boolean;
  /** @param key in lower case */
  condition?(operator: ConditionOperator, key: string, catalogue: Catalogue): boolean;
}

/** A finding as a rule reports it. */
export interface Report {
  readonly at: Span;
  /** Full sentence, the user's own text in backticks. */
  readonly message: string;
  readonly related?: readonly Related[];
  readonly fix?: Fix | readonly Fix[] | undefined;
}

export interface Related {
  readonly at: Span;
  readonly message: string;
  /** The text in which it stands, where that is another one. */
  readonly in?: FileText;
}

export interface FileText {
  /** As the host writes it. */
  readonly path: string;
  readonly text: string;
}

export interface Fix {
  /** In the imperative. */
  readonly title: string;
  readonly edits: readonly Edit[];
  /** Where one repair of several differs from what the rule declares. */
  readonly safe?: boolean;
}

/** A finding as everybody else sees it. */
export interface Finding extends Span {
  readonly rule: Rule;
  readonly severity: Severity;
  readonly message: string;
  readonly related: readonly Related[];
  readonly fixes: readonly (Fix & { readonly safe: boolean })[];
}

/** A text short enough for a message, on one line. */
export function abbreviate(text: string, length = 40): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= length ? line : `${line.slice(0, length - 1)}…`;
}

export function defineRule(rule: Rule): Rule {
  return rule;
}

/** A rule about one kind of syntax problem; the parser has found it and knows its repair. */
export function defineSyntaxRule(
  rule: Omit<Rule, keyof Checks | "group"> & {
    readonly code: ProblemCode;
    readonly message: (problem: Problem) => string;
    readonly title: (problem: Problem) => string;
    readonly relatedMessage?: string;
  },
): Rule {
  const { code, message, title, relatedMessage, ...metadata } = rule;
  return {
    ...metadata,
    group: "syntax",
    problem(problem, { report }) {
      if (problem.code !== code) return;
      report({
        at: problem,
        message: message(problem),
        ...(problem.related && relatedMessage
          ? { related: [{ at: problem.related, message: relatedMessage }] }
          : {}),
        fix: problem.edits && { title: title(problem), edits: problem.edits },
      });
    },
  };
}
