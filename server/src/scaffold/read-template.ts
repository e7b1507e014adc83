/**
 * A template from the files of its folder: `template.json` and what it names. Reading never throws: what cannot be used
 * is reported with its place. The format is described in docs/templates.md; filling the gaps is `expand-template.ts`'s.
 */
import { ACCOUNT_FILE } from "../account/desired-account.js";
import { type AccountProblem, type Complain, complainer } from "../account/problem.js";
import { complainAboutSyntax, didYouMean, ValueReader } from "../account/value-reader.js";
import { CONFIGURATION_FILE } from "../lint/configuration.js";
import { findPlaceholders } from "../policy/placeholder.js";
import { POLICY_KINDS, type PolicyKind } from "../policy/words.js";
import { parseDocument } from "../syntax/document.js";
import { textsIn } from "../syntax/texts.js";
import { toJson } from "../syntax/to-json.js";
import type { ObjectNode, ValueNode } from "../syntax/tree.js";
import {
  ACCOUNT_ID_VARIABLE,
  type JsonObject,
  type Template,
  type TemplateFile,
  type TemplateSuppression,
  type TemplateVariable,
} from "./template.js";
import { VARIABLE_TYPES, type VariableType } from "./variable-types.js";

export const MANIFEST_FILE = "template.json";

/** The texts of a template's folder by path, relative to it, with forward slashes. */
export type TemplateFolder = ReadonlyMap<string, string>;

export interface ReadTemplate {
  /** `undefined` where there are problems: half a template is none. */
  readonly template: Template | undefined;
  readonly problems: readonly AccountProblem[];
}

const MEMBERS = [
  "$schema",
  "name",
  "title",
  "kind",
  "description",
  "variables",
  "account",
  "files",
  "suppressions",
] as const;
const VARIABLE_MEMBERS = [
  "name",
  "title",
  "type",
  "description",
  "default",
  "example",
  "list",
  "remember",
] as const;
const SUPPRESSION_MEMBERS = ["rule", "file", "reason"] as const;

/** @param shown how the folder is called to the user */
export function readTemplate(name: string, folder: TemplateFolder, shown: string): ReadTemplate {
  const problems: AccountProblem[] = [];
  const file = `${shown}/${MANIFEST_FILE}`;
  const text = folder.get(MANIFEST_FILE);
  if (text === undefined) {
    const message = `The template \`${name}\` has no ${MANIFEST_FILE}, which says what it is.`;
    return { template: undefined, problems: [{ file, pointer: "", message, start: 0, end: 0 }] };
  }
  const { tree } = parseDocument(text, "jsonc");
  const complain = complainer(file, tree.root, problems);
  complainAboutSyntax(tree.problems, complain);
  if (tree.root?.type !== "object") {
    complain(
      tree.root ?? { start: 0, end: 0 },
      "A template is an object with `name`, `variables` and `files`.",
    );
    return { template: undefined, problems };
  }
  const manifest = new ManifestReader(tree.root, complain);
  const template = manifest.read(name, folder);
  const known = new Set(template.variables.map((it) => it.name));
  manifest.checkPlaceholders(known);
  for (const { path, source, text: content } of manifest.sources(folder)) {
    checkFile(`${shown}/${source}`, path, content, known, problems);
  }
  return { template: problems.length === 0 ? template : undefined, problems };
}

class ManifestReader {
  readonly #reader: ValueReader;

  constructor(
    private readonly root: ObjectNode,
    private readonly complain: Complain,
  ) {
    this.#reader = new ValueReader(complain);
  }

  read(name: string, folder: TemplateFolder): Template {
    const { root } = this;
    this.#reader.knownMembers(root, MEMBERS);
    const written = this.#reader.text(root, "name");
    if (written !== undefined && written.value !== name)
      this.complain(written, `The folder of this template is called \`${name}\`: its name is the same.`);
    return {
      name,
      title: this.#required(root, "title"),
      kind: this.#oneOf(root, "kind", POLICY_KINDS) ?? ("identity" satisfies PolicyKind),
      description: this.#required(root, "description"),
      variables: this.#variables(),
      account: this.#account(),
      files: this.sources(folder),
      suppressions: this.#suppressions(),
    };
  }

  /** The files that the manifest names, each with the name of its source. */
  sources(folder: TemplateFolder): readonly (TemplateFile & { readonly source: string })[] {
    return this.#reader.entries(this.root, "files").flatMap(({ name: path, member, value }) => {
      const unsafe = unsafePath(path);
      if (unsafe !== undefined) this.complain(member.key, `\`${path}\` ${unsafe}`);
      const source = this.#reader.asText(value);
      if (source === undefined) return [];
      const text = folder.get(source.value);
      if (text === undefined) {
        this.complain(source, `There is no file \`${source.value}\` in this template.`);
        return [];
      }
      return [{ path, source: source.value, text }];
    });
  }

  /** Those of the manifest itself; every one needs a variable. */
  checkPlaceholders(known: ReadonlySet<string>): void {
    for (const text of textsIn(this.root)) reportUnknown(text.value, known, (it) => this.complain(text, it));
  }

  #variables(): readonly TemplateVariable[] {
    const found = this.#reader.items(this.root, "variables").flatMap((item) => {
      const node = this.#reader.asObject(item, "A variable");
      return node === undefined ? [] : [this.#variable(node)];
    });
    const own = new Set<string>();
    for (const { name } of found) {
      if (own.has(name)) this.complain(this.root, `The variable \`${name}\` stands here twice.`);
      own.add(name);
    }
    return own.has(ACCOUNT_ID_VARIABLE.name) ? found : [ACCOUNT_ID_VARIABLE, ...found];
  }

  #variable(node: ObjectNode): TemplateVariable {
    this.#reader.knownMembers(node, VARIABLE_MEMBERS);
    const name = this.#required(node, "name");
    const [placeholder] = findPlaceholders(`<${name}>`);
    if (placeholder?.name !== name)
      this.complain(node, `\`${name}\` cannot be the name of a placeholder: letters, digits and hyphens.`);
    return {
      name,
      title: this.#required(node, "title"),
      type: this.#oneOf(node, "type", VARIABLE_TYPES) ?? ("text" satisfies VariableType),
      description: this.#reader.text(node, "description")?.value,
      default: this.#reader.text(node, "default")?.value,
      example: this.#required(node, "example"),
      list: this.#flag(node, "list") ?? false,
      remember: this.#flag(node, "remember") ?? true,
    };
  }

  #flag(node: ObjectNode, key: string): boolean | undefined {
    const value = this.#reader.value(node, key);
    if (value === undefined || value.type === "boolean") return value?.value;
    this.complain(value, `\`${key}\` is true or false.`);
    return undefined;
  }

  #account(): JsonObject {
    const node = this.#reader.asObject(this.#reader.value(this.root, "account"), "`account`");
    return node === undefined ? {} : (toJson(node) as JsonObject);
  }

  #suppressions(): readonly TemplateSuppression[] {
    return this.#reader.items(this.root, "suppressions").flatMap((item) => {
      const node = this.#reader.asObject(item, "A suppression");
      if (node === undefined) return [];
      this.#reader.knownMembers(node, SUPPRESSION_MEMBERS);
      return [
        {
          rule: this.#required(node, "rule"),
          file: this.#required(node, "file"),
          reason: this.#required(node, "reason"),
        },
      ];
    });
  }

  #required(node: ObjectNode, key: string): string {
    const text = this.#reader.text(node, key);
    if (text !== undefined && text.value !== "") return text.value;
    this.complain(text ?? node, `\`${key}\` is missing: write it as a text.`);
    return "";
  }

  #oneOf<T extends string>(node: ObjectNode, key: string, allowed: readonly T[]): T | undefined {
    const text = this.#reader.text(node, key);
    const value = allowed.find((it) => it === text?.value);
    if (value !== undefined) return value;
    const hint = text === undefined ? "" : didYouMean(text.value, allowed);
    this.complain(
      text ?? node,
      `\`${key}\` is one of ${allowed.map((it) => `\`${it}\``).join(", ")}.${hint}`,
    );
    return undefined;
  }
}

/** A file that will be JSON has to be JSON, and all its placeholders need variables. */
function checkFile(
  file: string,
  path: string,
  text: string,
  known: ReadonlySet<string>,
  problems: AccountProblem[],
): void {
  const json = isJson(path);
  const root: ValueNode | undefined = json ? parseDocument(text, "jsonc").tree.root : undefined;
  const complain = complainer(file, root, problems);
  if (!json) {
    reportUnknown(text, known, (it) => complain({ start: 0, end: 0 }, it));
    return;
  }
  complainAboutSyntax(parseDocument(text, "jsonc").tree.problems, complain);
  for (const it of textsIn(root)) reportUnknown(it.value, known, (message) => complain(it, message));
}

export function isJson(path: string): boolean {
  return /\.jsonc?$/i.test(path);
}

function reportUnknown(text: string, known: ReadonlySet<string>, report: (message: string) => void): void {
  for (const { name, text: written } of findPlaceholders(text)) {
    if (known.has(name)) continue;
    report(`The placeholder \`${written}\` is none of the template's variables.${didYouMean(name, known)}`);
  }
}

/** Why a file may not be written to a path: files of a template stay beside the account file, on every system. */
export function unsafePath(path: string): string | undefined {
  const parts = path.split("/");
  if (path === ACCOUNT_FILE || path === CONFIGURATION_FILE)
    return "is no file of a template: say what goes into it with `account` and `suppressions`.";
  if (path.includes("\\")) return "has a backslash: write folders with `/`.";
  if (/^[A-Za-z]:/.test(path) || path.startsWith("/")) return "is no path inside of the folder to write to.";
  if (parts.some((it) => it === "" || it === "." || it === ".."))
    return "leads out of the folder to write to, or has an empty part.";
  const wrong = /[:"|?*]/.exec(path.replaceAll(/<[^<>]*>/g, ""))?.[0];
  if (wrong !== undefined)
    return `has \`${wrong}\` in it, which not every system takes in the name of a file.`;
  return undefined;
}
