/**
 * The files in one state, such as with what editors hold and have not saved: their texts, the accounts in them, and
 * where a JSON pointer leads. What the files say is `account`'s.
 */
import { type AccountProblem, describeProblem } from "../account/problem.js";
import { type Language, languageOf, parseDocument } from "../syntax/document.js";
import type { Span } from "../syntax/span.js";
import { pointedAt, type ValueNode } from "../syntax/tree.js";
import type { DeskPorts } from "./account-desk.js";
import { AccountFiles } from "./account-files.js";
import type { OpenText, Place, Setting, Texts } from "./account-questions.js";
import { pathOf, uriOf } from "./file-uri.js";
import { type Positions, positionsIn } from "./positions.js";

interface Parsed {
  readonly text: string;
  readonly root: ValueNode | undefined;
  readonly positions: Positions;
}

const REMEMBERED = 64;

export class FileState {
  readonly files: AccountFiles;
  readonly #ports: DeskPorts;
  readonly #folders: readonly string[];
  /** By URI, as whoever opened them spells it. */
  #open: ReadonlyMap<string, OpenText> = new Map();
  /** By path: `undefined` for a file that is not there in this state. */
  #texts: ReadonlyMap<string, { readonly uri: string; readonly text: string | undefined }> = new Map();
  /** URIs by what the files are called to the user. */
  readonly #named = new Map<string, string>();
  readonly #parses = new Map<string, Parsed>();

  /** What is wrong in the file with AWS's policies. */
  readonly problems: readonly AccountProblem[];

  constructor(ports: DeskPorts, { folders, managedPolicies = "" }: Omit<Setting, "open">) {
    this.#ports = ports;
    this.#folders = folders;
    this.files = new AccountFiles(
      {
        readFile: (path) => this.read(path),
        parentFolder: ports.parentFolder,
        join: ports.join,
      },
      (path) => this.shown(path),
    );
    this.problems = managedPolicies === "" ? [] : this.files.useManagedPolicies(managedPolicies);
  }

  /** From now on these texts count before what is on disk. */
  hold(open: readonly OpenText[]): void {
    this.#open = new Map(open.map((it) => [it.uri, it]));
    this.#texts = new Map(
      open.flatMap(({ uri, text }) => {
        const path = pathOf(uri);
        return path === undefined ? [] : [[path, { uri, text }] as const];
      }),
    );
    this.files.refresh();
  }

  /** The same for texts of another state. */
  replace(texts: Texts): void {
    const replaced = Object.entries(texts).flatMap(([uri, text]) => {
      const path = pathOf(uri);
      return path === undefined ? [] : [[path, { uri, text: text ?? undefined }] as const];
    });
    this.#texts = new Map(replaced);
    this.files.refresh();
  }

  openUris(): readonly string[] {
    return [...this.#open.keys()];
  }

  opened(uri: string): OpenText | undefined {
    return this.#open.get(uri);
  }

  read(path: string): string | undefined {
    const held = this.#texts.get(path);
    return held === undefined ? this.#ports.readFile(path) : held.text;
  }

  readUri(uri: string): string | undefined {
    const path = pathOf(uri);
    return path === undefined ? this.#open.get(uri)?.text : this.read(path);
  }

  /** As its editor spells it, where it is open. */
  uriOf(path: string): string {
    return this.#texts.get(path)?.uri ?? uriOf(path);
  }

  /** Relative to the workspace; where several folders are open, with the folder's name. */
  shown(path: string): string {
    const folder = this.#folders.find((it) => !this.#ports.relative(it, path).startsWith(".."));
    const relative = folder === undefined ? path : this.#ports.relative(folder, path);
    const name = this.#folders.length < 2 || folder === undefined ? "" : `${nameOf(folder)}/`;
    const shown = name + relative;
    this.#named.set(shown, this.uriOf(path));
    return shown;
  }

  /** The same for what may be in no file. */
  shownUri(uri: string): string {
    const path = pathOf(uri);
    if (path !== undefined) return this.shown(path);
    const name = uri.slice(uri.indexOf(":") + 1);
    this.#named.set(name, uri);
    return name;
  }

  /** The text of a file that has been called so to the user. */
  textOf(shown: string): string | undefined {
    const uri = this.#named.get(shown);
    return uri === undefined ? undefined : this.readUri(uri);
  }

  /** Where a pointer leads in such a file. */
  place(shown: string, pointer: string): Place | undefined {
    const uri = this.#named.get(shown);
    const text = this.textOf(shown);
    if (uri === undefined || text === undefined) return undefined;
    const { root, positions } = this.#parsed(uri, text);
    const span = root === undefined ? { start: 0, end: 0 } : pointedAt(root, pointer);
    return { uri, range: positions.range(span) };
  }

  /** The same for a span of such a file. */
  placeOfSpan(shown: string, span: Span): Place | undefined {
    const uri = this.#named.get(shown);
    const text = this.textOf(shown);
    if (uri === undefined || text === undefined) return undefined;
    return { uri, range: this.#parsed(uri, text).positions.range(span) };
  }

  /** Places come in great numbers, and most of them from few files. */
  #parsed(uri: string, text: string): Parsed {
    const known = this.#parses.get(uri);
    if (known?.text === text) return known;
    const language = relaxed(languageOf(decodeURIComponent(uri)));
    const parsed = { text, root: parseDocument(text, language).tree.root, positions: positionsIn(text) };
    if (this.#parses.size >= REMEMBERED) this.#parses.clear();
    this.#parses.set(uri, parsed);
    return parsed;
  }

  /** A complaint with its place, where that is in a file. */
  problem(problem: AccountProblem): { readonly message: string; readonly place?: Place } {
    const place = this.place(problem.file, problem.pointer);
    return { message: describeProblem(problem), ...(place && { place }) };
  }
}

/** Accounts may have comments whatever their files are called, and places are the same. */
function relaxed(language: Language): Language {
  return language === "json" ? "jsonc" : language;
}

function nameOf(folder: string): string {
  return folder.slice(Math.max(folder.lastIndexOf("/"), folder.lastIndexOf("\\")) + 1);
}
