/**
 * `*.access-test.json`: what the people of an account can and cannot do, written down. JSON with comments.
 * Reading never throws; a test that cannot be read becomes one that reports its problem. Running is
 * `run-access-tests.ts`'s. The format is described in docs/account.md.
 */
import type { ContextInput } from "../evaluate/context.js";
import { parseDocument } from "../syntax/document.js";
import type { Span } from "../syntax/span.js";
import { type ObjectNode, pathAt, type Tree, toPointer } from "../syntax/tree.js";
import type { Account } from "./account.js";
import type { AccountText } from "./desired-account.js";
import { fillPlaceholders, noValue } from "./fill-placeholders.js";
import { type AccountProblem, complainer } from "./problem.js";
import type { Context } from "./question.js";
import { complainAboutSyntax, ValueReader } from "./value-reader.js";

export const ACCESS_TEST_FILE = /\.access-test\.jsonc?$/i;

export interface AccessTestFile {
  /** As shown to the user. */
  readonly file: string;
  /** The account's file, relative to this one; `undefined` where none is named. */
  readonly account: string | undefined;
  readonly tree: Tree;
}

export interface AccessTest extends Span {
  readonly name: string;
  readonly file: string;
  readonly pointer: string;
  /** Principals as written, such as `group/engineer`. */
  readonly as: readonly string[];
  /** Actions as written; patterns stand for all that they match. */
  readonly can: readonly string[];
  readonly cannot: readonly string[];
  readonly on: readonly string[];
  readonly context: Context;
}

export interface ReadAccessTests {
  readonly tests: readonly AccessTest[];
  readonly problems: readonly AccountProblem[];
}

const MEMBERS = ["$schema", "account", "description", "defaults", "tests"] as const;
const DEFAULTS = ["as", "on", "context"] as const;
const TEST_MEMBERS = ["name", "description", "as", "can", "cannot", "on", "context"] as const;

/** What stands in the file, before its account is known. */
export function readAccessTestFile({ file, text }: AccountText): AccessTestFile {
  const { tree } = parseDocument(text, "jsonc");
  const { root } = tree;
  const account =
    root?.type === "object" ? new ValueReader(() => {}).text(root, "account")?.value : undefined;
  return { file, account, tree };
}

/** The tests, their placeholders filled from the account. */
export function readAccessTests(
  { file, tree }: AccessTestFile,
  account: Account | undefined,
): ReadAccessTests {
  const problems: AccountProblem[] = [];
  const complain = complainer(file, tree.root, problems);
  complainAboutSyntax(tree.problems, complain);
  const root =
    tree.root && account
      ? fillPlaceholders(tree.root, account.variables, (name, at) => complain(at, noValue(name)))
      : tree.root;
  if (root?.type !== "object") {
    complain(root ?? { start: 0, end: 0 }, "Access tests are an object with `account` and `tests`.");
    return { tests: [], problems };
  }
  const reader = new ValueReader(complain);
  reader.knownMembers(root, MEMBERS);
  if (reader.text(root, "account") === undefined) {
    complain(
      root,
      "These tests name no `account`: write the path of an `iam-account.json` or of a snapshot.",
    );
  }
  const defaults = reader.asObject(reader.value(root, "defaults"), "`defaults`");
  if (defaults !== undefined) reader.knownMembers(defaults, DEFAULTS);
  const shared = defaults === undefined ? NO_DEFAULTS : readShared(defaults, reader);
  const items = reader.items(root, "tests");
  if (items.length === 0) complain(root, "There is no test in this file: write them in a list, `tests`.");
  const tests = items.flatMap((item, index): readonly AccessTest[] => {
    const node = reader.asObject(item, "A test");
    if (node === undefined) return [];
    reader.knownMembers(node, TEST_MEMBERS);
    const own = readShared(node, reader);
    const test = {
      name: reader.text(node, "name")?.value ?? `Test ${index + 1}`,
      file,
      pointer: toPointer(pathAt(tree.root, node)),
      start: node.start,
      end: node.end,
      as: own.as.length > 0 ? own.as : shared.as,
      can: reader.texts(node, "can").map((it) => it.value),
      cannot: reader.texts(node, "cannot").map((it) => it.value),
      on: own.on.length > 0 ? own.on : shared.on.length > 0 ? shared.on : ["*"],
      context: { ...shared.context, ...own.context },
    };
    if (test.as.length === 0) complain(node, `The test \`${test.name}\` names nobody: add \`as\`.`);
    if (test.can.length + test.cannot.length === 0) {
      complain(node, `The test \`${test.name}\` asks nothing: add \`can\` or \`cannot\`.`);
    }
    return [test];
  });
  return { tests, problems };
}

interface Shared {
  readonly as: readonly string[];
  readonly on: readonly string[];
  readonly context: Context;
}

const NO_DEFAULTS: Shared = { as: [], on: [], context: {} };

function readShared(node: ObjectNode, reader: ValueReader): Shared {
  const context: Record<string, ContextInput> = {};
  for (const { name, value } of reader.entries(node, "context")) {
    const items = value.type === "array" ? value.items : [value];
    const scalars = items.flatMap((it) =>
      it.type === "string" || it.type === "number" || it.type === "boolean" ? [it.value] : [],
    );
    if (scalars.length < items.length) {
      reader.complain(value, `\`${name}\` is neither a text, a number, true or false, nor a list of those.`);
    } else context[name] = value.type === "array" ? scalars : (scalars[0] ?? "");
  }
  return {
    as: reader.texts(node, "as").map((it) => it.value),
    on: reader.texts(node, "on").map((it) => it.value),
    context,
  };
}
