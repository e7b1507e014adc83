/**
 * What writing a template into a folder comes to: which files are new, which are there already, what the account file
 * and the policies of its buckets become. It overwrites nothing: a file that says something else stands in the way of all.
 * Writing is the front door's.
 */
import { ACCOUNT_FILE } from "../account/desired-account.js";
import { addSuppression } from "../lint/suppression.js";
import { parseDocument } from "../syntax/document.js";
import { applyEdits, type Json } from "../syntax/edits.js";
import { itemsOf, memberOf, type ValueNode } from "../syntax/tree.js";
import { rememberedValues } from "./choose-values.js";
import { expandTemplate } from "./expand-template.js";
import { joinPolicy } from "./join-policy.js";
import { mergeAccount } from "./merge-account.js";
import { unsafePath } from "./read-template.js";
import { type SettledBuckets, settleBuckets } from "./settle-buckets.js";
import {
  ACCOUNT_ID_VARIABLE,
  type JsonObject,
  REGION_VARIABLE,
  type Template,
  type TemplateSuppression,
  type Values,
} from "./template.js";

export interface ScaffoldSite {
  /** The text of a file below the folder to write to, by its path with forward slashes; `undefined` where there is none. */
  readonly read: (path: string) => string | undefined;
  /** The configuration that holds for the folder; it can lie above. */
  readonly configuration: {
    /** Relative to the folder. */
    readonly path: string;
    readonly text: string | undefined;
    /** What stands before a file's path in the configuration: empty, or ends with a slash. */
    readonly prefix: string;
  };
}

/** `different`: there is another text already, which stays. */
export type FileState = "new" | "changed" | "unchanged" | "different";

export interface PlannedFile {
  /** Relative to the folder to write to. */
  readonly path: string;
  readonly state: FileState;
  /** What the template makes of it. */
  readonly text: string;
  /** What is there. */
  readonly before: string | undefined;
}

export interface ScaffoldPlan {
  readonly files: readonly PlannedFile[];
  /** What stays unsaid about the files, and why. */
  readonly suppressions: readonly TemplateSuppression[];
  /** What stands in the way besides files that are different, as sentences that name the place. */
  readonly conflicts: readonly string[];
  /** May it be written? */
  readonly sound: boolean;
}

/** @param values of all variables, checked */
export function planScaffold(template: Template, values: Values, site: ScaffoldSite): ScaffoldPlan {
  const accountText = site.read(ACCOUNT_FILE) ?? "";
  const remembered = rememberedValues(accountText);
  const settled = settleBuckets(expandTemplate(template, values), accountText, remembered);
  const { expansion, policies } = settled;
  const conflicts: string[] = [];
  const files = expansion.files.map(({ path, text }): PlannedFile => {
    const unsafe = unsafePath(path);
    if (unsafe !== undefined) conflicts.push(`\`${path}\` ${unsafe}`);
    const before = unsafe === undefined ? site.read(path) : undefined;
    const joined =
      policies.has(path) && before !== undefined ? joinPolicy(before, text, remembered) : undefined;
    if (joined?.problem !== undefined) conflicts.push(`${path}: ${joined.problem}`);
    return joined === undefined
      ? { path, text, before, state: stateOf(before, text, "different") }
      : { path, text: joined.text, before, state: stateOf(before, joined.text, "changed") };
  });
  for (const path of new Set(files.map((it) => it.path))) {
    const [first, ...others] = files.filter((it) => it.path === path);
    if (others.some(({ text }) => text !== first?.text))
      conflicts.push(`\`${path}\` would be written twice: choose other values.`);
  }
  const account = planAccount(template, values, settled, site, conflicts);
  const configuration = planConfiguration(expansion.suppressions, site, conflicts);
  const all = [account, ...files, ...(configuration === undefined ? [] : [configuration])];
  const sound = conflicts.length === 0 && all.every(({ state }) => state !== "different");
  return { files: all, suppressions: expansion.suppressions, conflicts, sound };
}

/** Lines may end differently: that is Git's business. */
function stateOf(before: string | undefined, text: string, otherwise: "changed" | "different"): FileState {
  if (before === undefined) return "new";
  return before.replaceAll("\r\n", "\n") === text.replaceAll("\r\n", "\n") ? "unchanged" : otherwise;
}

/** Variables that the account file knows by members of their own. */
const OWN_MEMBERS: readonly string[] = [ACCOUNT_ID_VARIABLE.name, REGION_VARIABLE];

function planAccount(
  template: Template,
  values: Values,
  { expansion, inAccount }: SettledBuckets,
  site: ScaffoldSite,
  conflicts: string[],
): PlannedFile {
  const before = site.read(ACCOUNT_FILE);
  const remembered = rememberedValues(before ?? "");
  const first = (name: string) => values.get(name)?.[0];
  const id = first(ACCOUNT_ID_VARIABLE.name) ?? "";
  const region = first(REGION_VARIABLE);
  const variables = Object.fromEntries(
    template.variables
      .filter(({ name, remember }) => remember && !OWN_MEMBERS.includes(name) && !remembered.has(name))
      .map(({ name }) => [name, (values.get(name) ?? []).join(",")]),
  );
  const part: JsonObject = {
    account: id,
    ...(region !== undefined && !remembered.has(REGION_VARIABLE) && { region }),
    ...(Object.keys(variables).length > 0 && { variables }),
    ...expansion.account,
  };
  let joined = before ?? "";
  for (const [pointer, policy] of inAccount) {
    const { text, problem } = joinPolicy(joined, policy, remembered, pointer) ?? {
      text: joined,
      problem: NO_POLICY,
    };
    if (problem !== undefined) conflicts.push(`${ACCOUNT_FILE} ${pointer}: ${problem}`);
    joined = text;
  }
  const merged = mergeAccount(joined, part, remembered);
  for (const { pointer, message } of merged.conflicts)
    conflicts.push(`${ACCOUNT_FILE}${pointer === "" ? "" : ` ${pointer}`}: ${message}`);
  const { text } = merged;
  return { path: ACCOUNT_FILE, text, before, state: stateOf(before, text, "changed") };
}

const NO_POLICY = "This is no policy that statements could be added to.";

/** The suppressions that are not there yet, in the configuration that holds; `undefined` where the template has none. */
function planConfiguration(
  suppressions: readonly TemplateSuppression[],
  { configuration: { path, text: before, prefix } }: ScaffoldSite,
  conflicts: string[],
): PlannedFile | undefined {
  if (suppressions.length === 0) return undefined;
  const [broken] = parseDocument(before ?? "{}", "jsonc").tree.problems;
  if (before !== undefined && broken !== undefined) {
    conflicts.push(`${path}: This file is not valid JSON (${broken.code}): repair it first.`);
    return undefined;
  }
  let text = before ?? "";
  for (const { rule, file, reason } of suppressions) {
    const suppression = { rule, file: prefix + file, reason };
    if (!hasSuppression(parseDocument(text, "jsonc").tree.root, suppression)) {
      text = applyEdits(text, addSuppression(text, suppression));
    }
  }
  return { path, text, before, state: stateOf(before, text, "changed") };
}

function hasSuppression(
  root: ValueNode | undefined,
  { rule, file }: Omit<TemplateSuppression, "reason">,
): boolean {
  const list = root?.type === "object" ? memberOf(root, "suppressions")?.value : undefined;
  return itemsOf(list).some((it) => textAt(it, "rule") === rule && textAt(it, "file") === file);
}

function textAt(node: ValueNode, key: string): Json | undefined {
  const value = node.type === "object" ? memberOf(node, key)?.value : undefined;
  return value?.type === "string" ? value.value : undefined;
}
