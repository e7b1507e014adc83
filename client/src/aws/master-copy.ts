/**
 * "Publish Master Copy to S3…" and "Restore from Master Copy…": shows what would be written, asks, and has the server
 * write just that.
 */
import * as vscode from "vscode";
import type { PublishView, RestoreView } from "../../../server/src/lsp/protocol.js";
import { accountFile } from "../account/account-file.js";
import { counted } from "../counted.js";
import type { LanguageServer } from "../language-server.js";
import { askLong } from "../long-request.js";
import type { ShownTexts } from "../shown-texts.js";
import type { CopyPlace, CopyPlaces } from "./copy-place.js";

/** What is asked of the user unless a caller, such as a test, has decided already. */
export interface DecidedCopy {
  /** The account file to publish. */
  readonly account?: vscode.Uri;
  /** Where to restore. */
  readonly folder?: vscode.Uri;
  readonly place?: CopyPlace;
  readonly confirmed?: boolean;
}

export interface MasterCopies {
  /** @returns what was said at the end; `undefined` where nothing was written */
  publish(decided?: DecidedCopy): Promise<string | undefined>;
  restore(decided?: DecidedCopy): Promise<string | undefined>;
}

/** @param connected whether AWS answers; the user has been told otherwise */
export function createMasterCopies(
  server: LanguageServer,
  texts: ShownTexts,
  places: CopyPlaces,
  connected: () => Promise<boolean>,
): MasterCopies {
  return {
    async publish(decided = {}) {
      const account = await accountFile(decided.account);
      if (account === undefined || !(await connected())) return undefined;
      const place = decided.place ?? (await places.ask("Publish Master Copy", true));
      if (place === undefined) return undefined;
      // What is published is what is saved.
      await vscode.workspace.saveAll(false);
      const params = { account: account.toString(), ...place };
      const plan = await askLong(server, "Preparing the master copy…", "iamPolicy/planPublish", params);
      if (plan === undefined) return undefined;
      await texts.showMarkdown("Master Copy", plan.text);
      if (!(decided.confirmed ?? (await confirmPublish(plan)))) return undefined;
      const said = await askLong(server, `Publishing to ${plan.place}…`, "iamPolicy/publish", {
        plan: plan.id,
      });
      if (said === undefined) return undefined;
      await places.keep(place);
      void vscode.window.showInformationMessage(said);
      return said;
    },
    async restore(decided = {}) {
      const folder = decided.folder ?? (await chooseFolder());
      if (folder === undefined || !(await connected())) return undefined;
      const place = decided.place ?? (await places.ask("Restore from Master Copy", false));
      if (place === undefined) return undefined;
      const { bucket, prefix } = place;
      const params = { folder: folder.toString(), bucket, prefix };
      const plan = await askLong(server, "Fetching the master copy…", "iamPolicy/planRestore", params);
      if (plan === undefined) return undefined;
      await places.keep({ bucket, prefix });
      if (plan.files.length === 0) {
        void vscode.window.showInformationMessage(`Nothing to restore: all files are as ${whenOf(plan)}.`);
        return undefined;
      }
      const unsaved = vscode.workspace.textDocuments.find(
        ({ isDirty, uri }) =>
          isDirty && plan.files.some((it) => uri.fsPath === vscode.Uri.parse(it.uri).fsPath),
      );
      if (unsaved !== undefined) {
        const name = vscode.workspace.asRelativePath(unsaved.uri);
        void vscode.window.showErrorMessage(
          `${name} has changes that are not saved. Save or revert it first.`,
        );
        return undefined;
      }
      await showDifferences(texts, plan);
      if (!(decided.confirmed ?? (await confirmRestore(plan)))) return undefined;
      const said = await askLong(server, "Restoring…", "iamPolicy/restore", { plan: plan.id });
      if (said !== undefined) void vscode.window.showInformationMessage(said);
      return said;
    },
  };
}

/** The document with all that would be written stands behind the question. */
async function confirmPublish({ place, files }: PublishView): Promise<boolean> {
  const publish = "Publish";
  const chosen = await vscode.window.showInformationMessage(
    `${counted(files, "file")} would go to ${place}.`,
    publish,
  );
  return chosen === publish;
}

/** Whoever looks at the differences first is asked once, and once more before anything is overwritten. */
async function confirmRestore(plan: RestoreView): Promise<boolean> {
  const changed = plan.files.filter(({ before }) => before !== null).length;
  const added = plan.files.length - changed;
  const parts = [
    ...(changed > 0 ? [`${counted(changed, "file")} would be overwritten`] : []),
    ...(added > 0 ? [`${counted(added, "file")} would be new`] : []),
  ];
  const restore = "Restore";
  const message = `${parts.join(", ")}: as ${whenOf(plan)}.`;
  if ((await vscode.window.showInformationMessage(message, restore)) !== restore) return false;
  if (changed === 0) return true;
  const overwrite = "Overwrite";
  const title = `Overwrite ${counted(changed, "file")} with the master copy?`;
  const detail =
    "What they say now is not kept anywhere else, unless it is committed or in the local history.";
  return (await vscode.window.showWarningMessage(title, { modal: true, detail }, overwrite)) === overwrite;
}

/** One view with the differences of every file. */
async function showDifferences(texts: ShownTexts, { files, place }: RestoreView): Promise<void> {
  const resources = files.map(({ uri, path, before, text }) => [
    vscode.Uri.parse(uri),
    texts.document(path, before ?? "", "now"),
    texts.document(path, text, "master copy"),
  ]);
  await vscode.commands.executeCommand("vscode.changes", `Now ↔ ${place}`, resources);
}

/** A folder that has an account file, or one of the workspace. */
async function chooseFolder(): Promise<vscode.Uri | undefined> {
  const accounts = await vscode.workspace.findFiles("**/iam-account.json", "**/node_modules/**", 200);
  const folders = [
    ...accounts.map((it) => vscode.Uri.joinPath(it, "..")),
    ...(vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri),
  ];
  const unique = [...new Map(folders.map((it) => [it.toString(), it])).values()];
  if (unique.length === 0) {
    void vscode.window.showErrorMessage("Open a folder first: the files are written into it.");
    return undefined;
  }
  if (unique.length === 1) return unique[0];
  const items = unique.map((uri) => ({ label: vscode.workspace.asRelativePath(uri), uri }));
  const title = "Restore into which folder?";
  return (await vscode.window.showQuickPick(items, { title }))?.uri;
}

function whenOf({ account, published, by }: RestoreView): string {
  const date = new Date(published);
  const when = Number.isNaN(date.valueOf()) ? published : date.toLocaleString();
  return `account ${account} was published on ${when} by ${by}`;
}
