/** The committed texts of files, through VS Code's own git extension: nothing is run by us. It compares nothing. */
import * as vscode from "vscode";
import type { Texts } from "../../server/src/lsp/protocol.js";

/** As much of the git extension's API, version 1, as is used here. */
interface GitExtension {
  getAPI(version: 1): GitApi;
}

interface GitApi {
  /** Repositories are known once it is `initialized`. */
  readonly state: string;
  readonly onDidChangeState: vscode.Event<string>;
  getRepository(uri: vscode.Uri): GitRepository | null;
  openRepository?(root: vscode.Uri): Promise<GitRepository | null>;
}

interface GitRepository {
  readonly rootUri: vscode.Uri;
  show(ref: string, path: string): Promise<string>;
}

/** How long git may take to look around, in milliseconds. */
const PATIENCE = 5_000;

/** Why there is nothing to compare with, in a sentence. */
export class NoCommittedTexts extends Error {}

/**
 * The texts of a document's files as they were committed, `null` for files that were not there.
 * @param sources the files that the document is made of once these texts are in the place of today's
 * @throws NoCommittedTexts
 */
export async function committedTexts(
  uri: vscode.Uri,
  ref: string,
  sources: (texts: Texts) => Promise<readonly string[]>,
): Promise<Texts> {
  const repository = await repositoryOf(uri);
  const texts: Record<string, string | null> = {};
  // The committed account may name files that today's does not.
  for (;;) {
    const fresh = (await sources(texts)).filter((it) => !(it in texts));
    if (fresh.length === 0) return texts;
    for (const source of fresh) texts[source] = await textOf(repository, ref, source);
  }
}

async function repositoryOf(uri: vscode.Uri): Promise<GitRepository> {
  const extension = vscode.extensions.getExtension<GitExtension>("vscode.git");
  if (extension === undefined)
    throw new NoCommittedTexts("VS Code's git extension is not there to ask for the committed version.");
  let repository: GitRepository | null;
  try {
    const git = (await extension.activate()).getAPI(1);
    await initialized(git);
    repository = git.getRepository(uri);
    repository ??= (await git.openRepository?.(vscode.Uri.joinPath(uri, ".."))) ?? null;
  } catch {
    throw new NoCommittedTexts(
      "Git is switched off or not installed: there is no committed version to compare with.",
    );
  }
  if (repository === null)
    throw new NoCommittedTexts(
      "The file is in no git repository: there is no committed version to compare with.",
    );
  return repository;
}

/** Waits while git is looking for repositories, but not for ever. */
async function initialized({ state, onDidChangeState }: GitApi): Promise<void> {
  if (state === "initialized") return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(done, PATIENCE);
    const listening = onDidChangeState(done);
    function done(): void {
      clearTimeout(timer);
      listening.dispose();
      resolve();
    }
  });
}

async function textOf(repository: GitRepository, ref: string, source: string): Promise<string | null> {
  try {
    return await repository.show(ref, vscode.Uri.parse(source).fsPath);
  } catch {
    return null;
  }
}
