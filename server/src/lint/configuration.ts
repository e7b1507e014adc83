/**
 * `iam-policy.config.json`: JSON with comments, shared by the editor and the command line.
 * Reading never throws: what cannot be used is reported with its place and left out.
 */

import { nearest } from "../policy/nearest.js";
import { POLICY_KINDS, type PolicyKind } from "../policy/words.js";
import { parseDocument } from "../syntax/document.js";
import type { Span } from "../syntax/span.js";
import { memberOf, type ObjectNode, type ValueNode } from "../syntax/tree.js";
import { matchesGlob } from "./glob.js";
import { PRESETS, type Preset, type Rule, SEVERITIES, type Severity } from "./rule.js";
import { type RuleSet, ruleSet } from "./rule-set.js";

export const CONFIGURATION_FILE = "iam-policy.config.json";

export interface Configuration {
  readonly rules: RuleSet;
  readonly kinds: readonly { readonly glob: string; readonly kind: PolicyKind }[];
  readonly variables: Readonly<Record<string, string>>;
  readonly suppressions: readonly Suppression[];
  /** Globs of files that are not checked. */
  readonly ignore: readonly string[];
}

export interface Suppression {
  readonly rule: string;
  /** A glob. */
  readonly file: string;
  readonly sid: string | undefined;
  /** A JSON pointer; everything below it is meant. */
  readonly pointer: string | undefined;
  readonly reason: string;
  /** `YYYY-MM-DD`: the last day on which it holds. */
  readonly expires: string | undefined;
  /** Where it stands in the configuration file. */
  readonly at: Span;
}

export interface ConfigurationProblem extends Span {
  readonly message: string;
}

export interface ReadConfiguration {
  readonly configuration: Configuration;
  readonly problems: readonly ConfigurationProblem[];
}

export function defaultConfiguration(rules: readonly Rule[]): Configuration {
  return { rules: ruleSet(rules), kinds: [], variables: {}, suppressions: [], ignore: [] };
}

export function kindFor(
  configuration: Configuration,
  path: string,
): { readonly kind: PolicyKind; readonly glob: string } | undefined {
  return configuration.kinds.find(({ glob }) => matchesGlob(glob, path));
}

export function isIgnored(configuration: Configuration, path: string): boolean {
  return configuration.ignore.some((glob) => matchesGlob(glob, path));
}

const MEMBERS = ["$schema", "preset", "rules", "kinds", "variables", "suppressions", "ignore"] as const;
const SUPPRESSION_MEMBERS = ["rule", "file", "sid", "pointer", "reason", "expires"] as const;

export function readConfiguration(text: string, rules: readonly Rule[]): ReadConfiguration {
  const problems: ConfigurationProblem[] = [];
  const complain = (at: Span, message: string) =>
    void problems.push({ start: at.start, end: at.end, message });
  const { tree } = parseDocument(text, "jsonc");
  for (const problem of tree.problems)
    complain(problem, `The configuration is not valid JSON here: ${problem.code}.`);
  const { root } = tree;
  if (root?.type !== "object") {
    if (root !== undefined) complain(root, "The configuration must be an object.");
    return { configuration: defaultConfiguration(rules), problems };
  }
  const reader = new Reader(complain);
  reader.knownMembers(root, MEMBERS);
  const preset = reader.oneOf(reader.value(root, "preset"), PRESETS) ?? "recommended";
  const severities: Record<string, Severity | "off"> = {};
  for (const { key, value } of reader.object(root, "rules")?.members ?? []) {
    if (!rules.some(({ name }) => name === key.value)) {
      complain(
        key,
        `There is no rule \`${key.value}\`.${suggest(
          key.value,
          rules.map(({ name }) => name),
        )}`,
      );
      continue;
    }
    const severity = reader.oneOf(value, [...SEVERITIES, "off"] as const);
    if (severity !== undefined) severities[key.value] = severity;
  }
  const kinds: { glob: string; kind: PolicyKind }[] = [];
  for (const { key, value } of reader.object(root, "kinds")?.members ?? []) {
    const kind = reader.oneOf(value, POLICY_KINDS);
    if (kind !== undefined) kinds.push({ glob: key.value, kind });
  }
  const variables: Record<string, string> = {};
  for (const { key, value } of reader.object(root, "variables")?.members ?? []) {
    const text = reader.text(value);
    if (text !== undefined) variables[key.value] = text;
  }
  const suppressions = reader
    .items(root, "suppressions")
    .map((item) => readSuppression(item, reader, rules, complain))
    .filter((it) => it !== undefined);
  const ignore = reader
    .items(root, "ignore")
    .map((item) => reader.text(item))
    .filter((it) => it !== undefined);
  const configuration = {
    rules: ruleSet(rules, preset as Preset, severities),
    kinds,
    variables,
    suppressions,
    ignore,
  };
  return { configuration, problems };
}

function readSuppression(
  item: ValueNode,
  reader: Reader,
  rules: readonly Rule[],
  complain: (at: Span, message: string) => void,
): Suppression | undefined {
  if (item.type !== "object") {
    complain(item, "A suppression is an object with `rule`, `file` and `reason`.");
    return undefined;
  }
  reader.knownMembers(item, SUPPRESSION_MEMBERS);
  const rule = reader.text(reader.value(item, "rule"));
  const file = reader.text(reader.value(item, "file"));
  const reason = reader.text(reader.value(item, "reason"))?.trim();
  const expiresNode = reader.value(item, "expires");
  const expires = reader.text(expiresNode);
  if (rule === undefined || file === undefined || !reason) {
    const missing = [rule === undefined && "rule", file === undefined && "file", !reason && "reason"].filter(
      Boolean,
    );
    complain(item, `This suppression needs ${missing.map((name) => `\`${name}\``).join(" and ")}.`);
    return undefined;
  }
  if (!rules.some(({ name }) => name === rule)) {
    complain(
      item,
      `There is no rule \`${rule}\` to suppress.${suggest(
        rule,
        rules.map(({ name }) => name),
      )}`,
    );
    return undefined;
  }
  if (expires !== undefined && !/^\d{4}-\d\d-\d\d$/.test(expires)) {
    complain(expiresNode ?? item, `\`${expires}\` is not a date: write it as \`2027-01-31\`.`);
    return undefined;
  }
  const sid = reader.text(reader.value(item, "sid"));
  const pointer = reader.text(reader.value(item, "pointer"));
  return { rule, file, reason, expires, sid, pointer, at: { start: item.start, end: item.end } };
}

/** Reads values of an expected type; complains about others at their place. */
class Reader {
  constructor(private readonly complain: (at: Span, message: string) => void) {}

  value(object: ObjectNode, key: string): ValueNode | undefined {
    return memberOf(object, key)?.value;
  }

  knownMembers(object: ObjectNode, names: readonly string[]): void {
    for (const { key } of object.members) {
      if (names.includes(key.value)) continue;
      this.complain(key, `\`${key.value}\` is not a setting.${suggest(key.value, names)}`);
    }
  }

  object(parent: ObjectNode, key: string): ObjectNode | undefined {
    const value = this.value(parent, key);
    if (value === undefined || value.type === "object") return value;
    this.complain(value, `\`${key}\` must be an object.`);
    return undefined;
  }

  items(parent: ObjectNode, key: string): readonly ValueNode[] {
    const value = this.value(parent, key);
    if (value === undefined) return [];
    if (value.type === "array") return value.items;
    this.complain(value, `\`${key}\` must be a list.`);
    return [];
  }

  text(value: ValueNode | undefined): string | undefined {
    if (value === undefined) return undefined;
    if (value.type === "string") return value.value;
    this.complain(value, "This must be a text in quotes.");
    return undefined;
  }

  oneOf<T extends string>(value: ValueNode | undefined, allowed: readonly T[]): T | undefined {
    const text = this.text(value);
    if (value === undefined || text === undefined) return undefined;
    if (allowed.includes(text as T)) return text as T;
    this.complain(value, `\`${text}\` is not one of ${allowed.map((it) => `\`${it}\``).join(", ")}.`);
    return undefined;
  }
}

function suggest(word: string, words: readonly string[]): string {
  const near = nearest(word, words);
  return near === undefined ? "" : ` Did you mean \`${near}\`?`;
}
