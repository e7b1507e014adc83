/**
 * Runs rules over a parsed text and the policies in it. Never throws: a rule that does is left out, and named
 * in `crashed`. Findings of a statement are kept for as long as the statement moves over from one version of the text to
 * the next, and what else its rules may look at stays the same; that is what makes a keystroke cheap.
 */
import type { Catalogue } from "../catalogue/catalogue.js";
import { mayHaveOthers } from "../policy/condition.js";
import { everyStatement, type Policy, type Statement } from "../policy/policy.js";
import type { PolicyKind } from "../policy/words.js";
import { VERSIONS } from "../policy/words.js";
import type { SyntaxDocument } from "../syntax/document.js";
import { isDoable } from "../syntax/edits.js";
import type { Problem, ProblemCode } from "../syntax/problem.js";
import { contains, type Span, shift, spanOf } from "../syntax/span.js";
import type { StringNode } from "../syntax/tree.js";
import type { Holder } from "./holder.js";
import type { Finding, Fix, Related, Report, Rule, RuleContext, Severity } from "./rule.js";
import type { ActiveCheck, ActiveRule, KnownResources, RuleSet, RulesByCheck } from "./rule-set.js";

export interface PolicyToLint {
  readonly policy: Policy;
  readonly kind: PolicyKind;
  readonly resourceType: string | undefined;
}

export interface LintOptions {
  readonly rules: RuleSet;
  readonly catalogue: Catalogue;
  readonly variables?: Readonly<Record<string, string>>;
  readonly memory?: LintMemory;
  /** Where the text is an account: who holds what by it. */
  readonly holders?: readonly Holder[];
  /** Told the name of a rule that threw, once per run. */
  readonly crashed?: (rule: string, error: unknown) => void;
}

/** The findings of the statements of one document, from one version of its text to the next. Starts empty. */
export interface LintMemory {
  statements: WeakMap<Statement, Remembered>;
  rules: RuleSet | undefined;
  variables: Readonly<Record<string, string>> | undefined;
}

interface Remembered {
  /** What the findings depend on besides the statement. */
  readonly circumstances: string;
  readonly findings: readonly Finding[];
}

export function lintMemory(): LintMemory {
  return { statements: new WeakMap(), rules: undefined, variables: undefined };
}

/** All findings, in text order. */
export function lint(
  document: SyntaxDocument,
  policies: readonly PolicyToLint[],
  options: LintOptions,
): Finding[] {
  const { tree } = document;
  const { holders } = options;
  const found: Finding[] = [];
  const before = rememberedStatements(options);
  const kinds = policies.length > 0 ? policies : [undefined];
  const syntaxRules = options.rules.forKind(kinds[0]?.kind ?? "unknown");
  const runner = new Runner(document, found, options);
  const context = runner.context(undefined, "");
  // In an account without any policy, what is wrong is told by whoever reads accounts.
  const problems = policies.length === 0 && holders ? [] : problemsThatCount(document, policies);
  for (const active of syntaxRules.problem) {
    for (const problem of problems) runner.run(active, problem, context);
  }
  if (holders && tree.problems.length === 0) {
    for (const active of options.rules.holders) runner.run(active, holders, context);
  }
  if (policies.length > 0) {
    for (const active of syntaxRules.tree) runner.run(active, tree, context);
  }
  for (const item of policies) lintPolicy(item, options.rules.forKind(item.kind), runner, before);
  return found.sort((a, b) => a.start - b.start || b.end - a.end);
}

/**
 * Those of the text, and of each embedded text that holds a policy: what is wrong in others is none of our business.
 * In a text around policies that hold no policy itself there is nothing to be wrong for us either.
 */
function problemsThatCount({ tree }: SyntaxDocument, policies: readonly PolicyToLint[]): readonly Problem[] {
  const { problems, embedded = [] } = tree;
  const holding = embedded.filter(
    (it) => it.problems.length > 0 && policies.some(({ policy }) => contains(it, policy.node)),
  );
  return [...problems, ...holding.flatMap((it) => it.problems)];
}

function lintPolicy(
  item: PolicyToLint,
  rules: RulesByCheck,
  runner: Runner,
  before: WeakMap<Statement, Remembered> | undefined,
): void {
  const { policy } = item;
  const version = policy.version?.value ?? VERSIONS[1];
  const context = runner.context(item, version);
  const tearing = problemsThatCount(runner.document, [item]).filter(tears);
  // Of a template nobody knows which statements will be there.
  runner.torn = tearing.length > 0 || policy.alternatives.length > 0;
  runner.runEach(rules.policy, policy, context, context);
  const whole = `${item.kind}|${item.resourceType ?? ""}|${version}`;
  const half = `${whole}|torn`;
  const known = rules.resourcesIn(whole, context);
  for (const statement of everyStatement(policy)) {
    const torn =
      (tearing.length > 0 && tearing.some((problem) => contains(statement, problem))) ||
      mayHaveOthers(statement.elements.Condition);
    const circumstances = torn ? half : whole;
    const remembered = before?.get(statement);
    if (remembered?.circumstances === circumstances) {
      for (const finding of remembered.findings) runner.found.push(finding);
      continue;
    }
    const { length } = runner.found;
    runner.enter(statement, torn);
    lintStatement(statement, rules, known, runner, context);
    runner.leave();
    before?.set(statement, { circumstances, findings: runner.found.slice(length) });
  }
}

function lintStatement(
  statement: Statement,
  rules: RulesByCheck,
  known: KnownResources,
  runner: Runner,
  context: RuleContext,
): void {
  const { catalogue } = context;
  runner.runEach(rules.statementsOf(statement.shape), statement, context, context);
  for (const action of statement.actions)
    runner.runEach(rules.actionsOf(action.words, catalogue), action, statement, context);
  for (const action of statement.notActions)
    runner.runEach(rules.actionsOf(action.words, catalogue), action, statement, context);
  if (rules.resource.length > 0) {
    for (const list of [statement.resources, statement.notResources])
      for (const resource of list)
        if (resource.value !== "*") runner.runOn(resource, statement, rules.resource, known, context);
  }
  for (const condition of statement.conditions)
    runner.runEach(rules.conditionsOf(condition, catalogue), condition, statement, context);
  for (const principal of statement.principals)
    runner.runEach(rules.principal, principal, statement, context);
  for (const principal of statement.notPrincipals)
    runner.runEach(rules.principal, principal, statement, context);
}

/** Problems after which a part may be missing from the tree though it stands in the text, or is about to. */
const TEARING: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  "deep-nesting",
  "mismatched-bracket",
  "missing-bracket",
  "missing-key",
  "missing-quote",
  "missing-value",
  "stray-text",
]);

function tears({ code }: Problem): boolean {
  return TEARING.has(code);
}

const NO_VARIABLES: Readonly<Record<string, string>> = {};

/** Hands each report to the rule and severity that is running, and keeps a rule's crash to itself. */
class Runner {
  /** Is the part being looked at incomplete, so that rules about what is absent keep silent? */
  torn = false;
  /** The statement being looked at: its findings are reused elsewhere, so their edits must stay inside. */
  #statement: Span | undefined;
  #active: ActiveRule | undefined;
  readonly #crashed = new Set<Rule>();
  /** How often a rule had something to say, shown or not. */
  #reports = 0;

  constructor(
    readonly document: SyntaxDocument,
    readonly found: Finding[],
    private readonly options: LintOptions,
  ) {}

  context(item: PolicyToLint | undefined, version: string): RuleContext {
    const { tree, edits } = this.document;
    return {
      text: tree.text,
      isPlain: tree.isPlain ?? false,
      edits,
      kind: item?.kind ?? "unknown",
      resourceType: item?.resourceType,
      version,
      catalogue: this.options.catalogue,
      variables: this.options.variables ?? NO_VARIABLES,
      report: (report) => this.#report(report),
    };
  }

  /** One check of one thing. */
  run<T, C>(
    active: ActiveRule & { readonly check: (thing: T, context: C) => void },
    thing: T,
    context: C,
  ): void {
    if (this.#isLeftOut(active.rule)) return;
    this.#active = active;
    try {
      active.check(thing, context);
    } catch (error) {
      this.#leaveOut(active.rule, error);
    }
  }

  /**
   * All checks of a statement, which see the context, or of a part of it, which see the statement as well. This is the
   * innermost loop of everything, hence no closures here.
   */
  runEach<T, S extends Statement | RuleContext>(
    active: readonly (ActiveRule & {
      readonly check: (thing: T, seen: S, context: RuleContext) => void;
    })[],
    thing: T,
    seen: S,
    context: RuleContext,
  ): void {
    if (active.length === 0) return;
    const all = !this.torn && this.#crashed.size === 0;
    for (let i = 0; i < active.length; i++) {
      // One attempt for all that follow: it starts again behind a rule that threw.
      try {
        for (; i < active.length; i++) {
          const it = active[i];
          if (it === undefined || (!all && this.#isLeftOut(it.rule))) continue;
          this.#active = it;
          it.check(thing, seen, context);
        }
      } catch (error) {
        if (this.#active !== undefined) this.#leaveOut(this.#active.rule, error);
      }
    }
  }

  /** The checks of a resource: of a text that is known, only those that had something to say about it. */
  runOn(
    resource: StringNode,
    statement: Statement,
    all: readonly ActiveCheck<"resource">[],
    known: KnownResources,
    context: RuleContext,
  ): void {
    const speaking = known.get(resource.value);
    if (speaking !== undefined) return this.runEach(speaking, resource, statement, context);
    const spoke = all.filter((active) => {
      const before = this.#reports;
      this.runEach([active], resource, statement, context);
      return this.#reports > before;
    });
    if (!this.torn && this.#crashed.size === 0) known.set(resource.value, spoke);
  }

  #isLeftOut(rule: Rule): boolean {
    return (this.torn && rule.absence === true) || (this.#crashed.size > 0 && this.#crashed.has(rule));
  }

  #leaveOut(rule: Rule, error: unknown): void {
    this.#crashed.add(rule);
    this.options.crashed?.(rule.name, error);
  }

  /** What is run from here on is about one statement, whose findings may move on with it. */
  enter(statement: Span, torn: boolean): void {
    this.#statement = statement;
    this.torn = torn;
  }

  leave(): void {
    this.#statement = undefined;
    this.torn = false;
  }

  #report({ at, message, related = [], fix }: Report): void {
    if (this.#active === undefined) return;
    this.#reports++;
    const { rule, severity } = this.#active;
    if (rule.reminder && this.document.tree.isHolder) return;
    const within = this.#statement;
    const fixes: Finding["fixes"][number][] = [];
    for (const { title, edits, safe } of fix === undefined ? [] : isList(fix) ? fix : [fix]) {
      if (!isDoable(edits)) continue;
      if (within !== undefined && edits.some((edit) => !contains(within, edit)))
        throw new Error(`A fix of ${rule.name} reaches beyond its statement: make it a check of the policy.`);
      fixes.push({ title, edits, safe: safe ?? rule.fix === "safe" });
    }
    const { start, end } = at;
    this.found.push(
      within === undefined || this.options.memory === undefined
        ? { start, end, rule, severity, message, related, fixes }
        : new MovingFinding(within, start, end, rule, severity, message, related, fixes),
    );
  }
}

function isList(fix: Fix | readonly Fix[]): fix is readonly Fix[] {
  return Array.isArray(fix);
}

/** Those of the earlier version of the text, unless something else has changed as well. */
function rememberedStatements(options: LintOptions): WeakMap<Statement, Remembered> | undefined {
  const { memory, rules, variables } = options;
  if (memory === undefined) return undefined;
  if (memory.rules !== rules || memory.variables !== variables) memory.statements = new WeakMap();
  memory.rules = rules;
  memory.variables = variables;
  return memory.statements;
}

/** A finding that stays with its statement when that moves over into the next version of the text. */
class MovingFinding implements Finding {
  readonly #statement: Span;
  /** Where the statement stood when the finding was made: the places below count from there. */
  readonly #base: number;
  readonly #start: number;
  readonly #end: number;
  readonly #related: readonly Related[];
  readonly #fixes: Finding["fixes"];

  constructor(
    statement: Span,
    start: number,
    end: number,
    readonly rule: Rule,
    readonly severity: Severity,
    readonly message: string,
    related: readonly Related[],
    fixes: Finding["fixes"],
  ) {
    this.#statement = statement;
    this.#base = statement.start;
    this.#start = start;
    this.#end = end;
    // What a rule points at may move by itself.
    this.#related = related.map((it) => ({ ...it, at: spanOf(it.at) }));
    this.#fixes = fixes;
  }

  get start(): number {
    return this.#start + this.#by;
  }

  get end(): number {
    return this.#end + this.#by;
  }

  get related(): readonly Related[] {
    const by = this.#by;
    return by === 0 ? this.#related : this.#related.map((it) => ({ ...it, at: shift(it.at, by) }));
  }

  get fixes(): Finding["fixes"] {
    const by = this.#by;
    if (by === 0) return this.#fixes;
    return this.#fixes.map((fix) => ({ ...fix, edits: fix.edits.map((edit) => shift(edit, by)) }));
  }

  get #by(): number {
    return this.#statement.start - this.#base;
  }
}
