/**
 * The open documents with what is known about them: text, kind set by hand, configuration, last analysis.
 * Reads files through its port only, knows neither the protocol nor the terminal, and asks AWS nothing.
 */
import { ACCOUNT_FILE } from "../account/desired-account.js";
import type { AccountProblem } from "../account/problem.js";
import type { AccountNames } from "../assist/completion/account-names.js";
import type { Catalogue } from "../catalogue/catalogue.js";
import { BASELINE_FILE, type Baseline, readBaseline } from "../lint/baseline.js";
import {
  CONFIGURATION_FILE,
  type Configuration,
  type ConfigurationProblem,
  defaultConfiguration,
  isIgnored,
  kindFor,
  type ReadConfiguration,
  readConfiguration,
  type Suppression,
} from "../lint/configuration.js";
import { matchesGlob, namesOneFile } from "../lint/glob.js";
import { rules } from "../lint/rules/index.js";
import { isExpired } from "../lint/suppression.js";
import type { KindHints } from "../policy/kind.js";
import type { PolicyKind } from "../policy/words.js";
import type { Language } from "../syntax/document.js";
import { AccountHolders } from "./account-holders.js";
import { AccountNamesByFile } from "./account-names.js";
import { type Analysis, type AnalysisMemory, analyse, analysisMemory } from "./analysis.js";
import { PlaceholderValues } from "./placeholder-values.js";

export interface WorkspacePorts {
  /** Called once, when the first text is analysed. */
  readonly catalogue: () => Catalogue;
  /** The text of a file, or `undefined` if there is none or it cannot be read. Paths as the host writes them. */
  readonly readFile: (path: string) => string | undefined;
  /** The folder above, or `undefined` at the top. */
  readonly parentFolder: (path: string) => string | undefined;
  readonly join: (folder: string, name: string) => string;
  /** Relative, with forward slashes. */
  readonly relative: (folder: string, path: string) => string;
  /** The files below a folder that can hold policies, without what package managers and builds put there. */
  readonly listFiles: (folder: string) => Iterable<string>;
  /** `YYYY-MM-DD`. */
  readonly today: () => string;
  /** Told about rules that threw; never given policy text. */
  readonly crashed?: (rule: string, error: unknown) => void;
}

export interface OpenDocument {
  readonly id: string;
  /** `undefined` for a text that is not in a file. */
  readonly path: string | undefined;
  readonly language: Language;
  readonly version: number;
  readonly text: string;
  /** Did somebody say that it holds a policy: by the language that the editor gave it, or on the command line? */
  readonly named?: boolean;
}

export interface LocatedConfiguration {
  readonly configuration: Configuration;
  /** Of the file, or `undefined` where there is none. */
  readonly path: string | undefined;
  /** What paths in it are relative to. */
  readonly folder: string | undefined;
  readonly text: string;
  readonly problems: readonly ConfigurationProblem[];
  readonly baseline: Baseline;
  /** The suppressions that have held back a finding. */
  readonly used: Set<Suppression>;
  /** The files that have been analysed under it, relative to its folder. */
  readonly analysed: Set<string>;
}

interface Entry {
  document: OpenDocument;
  readonly memory: AnalysisMemory;
  analysis: Analysis | undefined;
}

export class Workspace {
  readonly #documents = new Map<string, Entry>();
  readonly #kinds = new Map<string, PolicyKind>();
  readonly #configurations = new Map<string, LocatedConfiguration>();
  /** What was read last from the files that say what holds for others; `undefined` where there was none. */
  readonly #lastRead = new Map<string, string | undefined>();
  readonly #names = new AccountNamesByFile((path) => this.#read(path));
  readonly #variables = new PlaceholderValues((path) => this.#read(path));
  readonly #default = located(
    { configuration: defaultConfiguration(rules), problems: [] },
    undefined,
    undefined,
    "",
  );
  #folders: readonly string[] = [];
  #only: LocatedConfiguration | undefined;

  readonly #holders: AccountHolders;

  constructor(private readonly ports: WorkspacePorts) {
    this.#holders = new AccountHolders({ ...ports, readFile: (path) => this.#textOf(path) });
  }

  get documents(): readonly OpenDocument[] {
    return [...this.#documents.values()].map(({ document }) => document);
  }

  /** The folders that were opened; configuration is looked for up to them and no further. */
  setFolders(folders: readonly string[]): void {
    this.#folders = folders;
    this.forgetConfigurations();
  }

  get folders(): readonly string[] {
    return this.#folders;
  }

  /** Is the file below an open folder? */
  isInside(path: string): boolean {
    return this.folderOf(path) !== undefined;
  }

  /** The open folder that a file lies in. */
  folderOf(path: string): string | undefined {
    return this.#folders.find((folder) => !this.ports.relative(folder, path).startsWith(".."));
  }

  relativePath(folder: string, path: string): string {
    return this.ports.relative(folder, path);
  }

  listFiles(folder: string): Iterable<string> {
    return this.ports.listFiles(folder);
  }

  readFile(path: string): string | undefined {
    return this.ports.readFile(path);
  }

  today(): string {
    return this.ports.today();
  }

  /** Adds a document, or replaces what is known of its text. */
  update(document: OpenDocument): void {
    const entry = this.#documents.get(document.id);
    if (entry === undefined) {
      this.#documents.set(document.id, { document, memory: analysisMemory(), analysis: undefined });
      return;
    }
    entry.document = document;
    entry.analysis = undefined;
  }

  close(id: string): void {
    this.#documents.delete(id);
  }

  document(id: string): OpenDocument | undefined {
    return this.#documents.get(id)?.document;
  }

  get catalogue(): Catalogue {
    return this.ports.catalogue();
  }

  /** What is known about the kind of a document's policies besides their text. */
  hintsFor(id: string): KindHints {
    const path = this.#documents.get(id)?.document.path;
    const { configuration, folder } = this.configurationFor(path);
    const shown = path === undefined ? "" : folder === undefined ? path : this.ports.relative(folder, path);
    return { override: this.#kinds.get(id), configured: kindFor(configuration, shown), path: shown };
  }

  kindOf(id: string): PolicyKind | undefined {
    return this.#kinds.get(id);
  }

  /** `undefined` goes back to detection. */
  setKind(id: string, kind: PolicyKind | undefined): void {
    if (kind === undefined) this.#kinds.delete(id);
    else this.#kinds.set(id, kind);
    const entry = this.#documents.get(id);
    if (entry !== undefined) entry.analysis = undefined;
  }

  /** Of an open document, as it stands now; `undefined` if it is not open. */
  analysis(id: string): Analysis | undefined {
    const entry = this.#documents.get(id);
    if (entry === undefined) return undefined;
    entry.analysis ??= this.#analyse(entry.document, entry.memory);
    return entry.analysis;
  }

  /** Of a text that is not open, such as a file of the workspace. */
  analyseText(path: string, text: string, language: Language, named = false): Analysis {
    return this.#analyse({ id: path, path, language, version: 0, text, named }, undefined);
  }

  /** Of another text in the place of a document's own, such as the text after a round of fixes. */
  analyseLike(document: OpenDocument, text: string): Analysis {
    return this.#analyse({ ...document, text }, undefined);
  }

  /** The nearest configuration above a file. */
  configurationFor(path: string | undefined): LocatedConfiguration {
    if (this.#only !== undefined) return this.#only;
    const folder = path === undefined ? this.#folders[0] : this.ports.parentFolder(path);
    return folder === undefined ? this.#default : this.#configurationIn(folder);
  }

  /** Uses one configuration for everything, wherever the files lie. */
  useConfiguration(path: string, text: string, folder: string): void {
    this.#only = located(readConfiguration(text, rules), path, folder, text, this.#baselineIn(folder));
  }

  /** Every configuration that has been read, to show what is wrong in it. */
  get configurations(): readonly LocatedConfiguration[] {
    const read = this.#only === undefined ? this.#configurations.values() : [this.#only];
    return [...new Set(read)].filter(({ path }) => path !== undefined);
  }

  /** Where a new suppression for a file is written: the configuration above it, or a new one in its folder. */
  configurationFileFor(path: string): {
    readonly path: string;
    readonly folder: string;
    readonly text: string;
  } {
    const { path: known, folder, text } = this.configurationFor(path);
    const top = this.folderOf(path) ?? folder ?? "";
    if (known !== undefined) return { path: known, folder: folder ?? top, text };
    return { path: this.ports.join(top, CONFIGURATION_FILE), folder: top, text: "" };
  }

  /** Values of placeholders for a file: those of the nearest account above it, over those of its configuration. */
  variablesFor(path: string | undefined): Readonly<Record<string, string>> {
    const { variables } = this.configurationFor(path).configuration;
    return path === undefined ? variables : this.#variables.over(variables, this.#foldersAbove(path));
  }

  /** What the nearest account above a file names. */
  accountNamesFor(path: string | undefined): AccountNames | undefined {
    if (path === undefined) return undefined;
    return this.#names.nearest([...this.#foldersAbove(path)].map(({ account }) => account));
  }

  /** Where what is recorded about a file's account lies: beside the nearest account file, or else in the folder that is open. */
  recordsFolderFor(path: string | undefined): string | undefined {
    const [first] = this.#folders;
    if (path === undefined) return first;
    for (const { folder, account } of this.#foldersAbove(path))
      if (this.ports.readFile(account) !== undefined) return folder;
    return this.folderOf(path) ?? first;
  }

  /** After an account file changed. @returns whether a placeholder has another value now */
  refreshVariables(): boolean {
    this.#names.forget();
    const changed = this.#variables.refresh();
    if (changed) for (const entry of this.#documents.values()) entry.analysis = undefined;
    return changed;
  }

  /** Takes the documents of AWS's managed policies, for the accounts that name them, from a file. */
  useManagedPolicies(path: string): readonly AccountProblem[] {
    return this.#holders.useManagedPolicies(path);
  }

  /**
   * Reads who holds what by an account file, which its next analysis goes by: not on a keystroke, for it reads every
   * policy that the account names.
   * @param text of the file, where it is not the one that is open or on disk
   * @returns whether anything has changed
   */
  refreshHolders(path: string, text = this.#textOf(path)): boolean {
    if (text === undefined) this.#holders.forget(path);
    const changed = text !== undefined && this.#holders.refresh(path, text);
    if (changed) {
      for (const entry of this.#documents.values()) {
        if (entry.document.path === path) entry.analysis = undefined;
      }
    }
    return changed;
  }

  /** From a file's own folder to the one that was opened, or to the top where none was. */
  *#foldersAbove(path: string): Iterable<{ readonly folder: string; readonly account: string }> {
    let folder = this.ports.parentFolder(path);
    while (folder !== undefined) {
      yield { folder, account: this.ports.join(folder, ACCOUNT_FILE) };
      folder = this.#folders.includes(folder) ? undefined : this.ports.parentFolder(folder);
    }
  }

  /**
   * Looks whether what holds for a file has changed unnoticed: on Linux, VS Code sees nothing of what happens in a folder
   * that was made together with the one above it. @returns whether something else holds now
   */
  refreshFor(path: string): boolean {
    const changed = [...this.#foldersAbove(path)].some(({ folder }) =>
      [CONFIGURATION_FILE, BASELINE_FILE, ACCOUNT_FILE]
        .map((name) => this.ports.join(folder, name))
        .some((file) => this.#lastRead.has(file) && this.#lastRead.get(file) !== this.#textOf(file)),
    );
    if (changed) this.forgetConfigurations();
    return changed;
  }

  /** After a configuration file changed on disk. */
  forgetConfigurations(): void {
    this.#configurations.clear();
    this.#lastRead.clear();
    this.#variables.refresh();
    this.#names.forget();
    for (const entry of this.#documents.values()) entry.analysis = undefined;
  }

  isIgnored(path: string): boolean {
    const { configuration, folder } = this.configurationFor(path);
    return folder !== undefined && isIgnored(configuration, this.ports.relative(folder, path));
  }

  #configurationIn(folder: string): LocatedConfiguration {
    const known = this.#configurations.get(folder);
    if (known !== undefined) return known;
    const path = this.ports.join(folder, CONFIGURATION_FILE);
    const text = this.#read(path);
    const parent = this.#folders.includes(folder) ? undefined : this.ports.parentFolder(folder);
    const found: LocatedConfiguration =
      text !== undefined
        ? located(readConfiguration(text, rules), path, folder, text, this.#baselineIn(folder))
        : parent === undefined || this.#read(this.ports.join(folder, BASELINE_FILE)) !== undefined
          ? located(this.#default, undefined, folder, "", this.#baselineIn(folder))
          : this.#configurationIn(parent);
    this.#configurations.set(folder, found);
    return found;
  }

  #read(path: string): string | undefined {
    const text = this.#textOf(path);
    this.#lastRead.set(path, text);
    return text;
  }

  /** What is open in an editor counts before what is on disk. */
  #textOf(path: string): string | undefined {
    for (const { document } of this.#documents.values()) if (document.path === path) return document.text;
    return this.ports.readFile(path);
  }

  #baselineIn(folder: string): Baseline {
    const text = this.#read(this.ports.join(folder, BASELINE_FILE));
    return text === undefined ? new Map() : readBaseline(text);
  }

  #analyse(
    { id, path, language, text, named = false }: OpenDocument,
    memory: AnalysisMemory | undefined,
  ): Analysis {
    const { configuration, folder, baseline, used, analysed } = this.configurationFor(path);
    const { crashed } = this.ports;
    const shown = path === undefined ? "" : folder === undefined ? path : this.ports.relative(folder, path);
    analysed.add(shown);
    return analyse({
      text,
      language,
      path: shown,
      configuration,
      variables: this.variablesFor(path),
      baseline,
      used: (suppression) => void used.add(suppression),
      catalogue: this.ports.catalogue(),
      kind: this.#kinds.get(id),
      named,
      holders: path === undefined ? undefined : this.#holders.of(path, text),
      today: this.ports.today(),
      ...(memory && { memory }),
      ...(crashed && { crashed }),
    });
  }
}

function located(
  { configuration, problems }: ReadConfiguration,
  path: string | undefined,
  folder: string | undefined,
  text: string,
  baseline: Baseline = new Map(),
): LocatedConfiguration {
  return { configuration, problems, path, folder, text, baseline, used: new Set(), analysed: new Set() };
}

/**
 * What is no longer needed in a configuration: suppressions that have expired, or that held back nothing in the files
 * they are about. A suppression whose files were not all looked at is left alone.
 * @param isWhole whether every file that the configuration is about was looked at
 */
export function staleSuppressions(
  { configuration, used, analysed }: LocatedConfiguration,
  today: string,
  isWhole: boolean,
): readonly ConfigurationProblem[] {
  const stale: ConfigurationProblem[] = [];
  for (const suppression of configuration.suppressions) {
    const { rule, at, expires } = suppression;
    if (isExpired(suppression, today)) {
      stale.push({
        ...at,
        message: `This suppression of \`${rule}\` expired on ${expires}: the finding shows again.`,
      });
    } else if (
      !used.has(suppression) &&
      (isWhole || namesOneFile(suppression.file)) &&
      [...analysed].some((path) => matchesGlob(suppression.file, path))
    ) {
      stale.push({ ...at, message: `This suppression of \`${rule}\` holds back no finding any more.` });
    }
  }
  return stale;
}
