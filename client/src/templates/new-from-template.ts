/**
 * "New from Template…": which template, into which folder, with which values; then a look at what would be written, and
 * one edit that can be undone. What a template makes of a folder is the server's to say.
 */
import * as vscode from "vscode";
import type { ExpandedFile, ExpandedTemplate, TemplateView } from "../../../server/src/lsp/protocol.js";
import type { LanguageServer } from "../language-server.js";
import type { ShownTexts } from "../shown-texts.js";
import { askValues } from "./ask-values.js";
import { writeFiles } from "./write-files.js";

/** What is asked of the user unless a caller, such as a test, has decided already. */
export interface DecidedTemplate {
  readonly template?: string;
  readonly folder?: vscode.Uri;
  readonly values?: Readonly<Record<string, string>>;
  readonly confirmed?: boolean;
}

export interface Templates {
  /** @returns the files that were written; `undefined` where nothing was */
  newFromTemplate(decided?: DecidedTemplate): Promise<readonly vscode.Uri[] | undefined>;
  /** The same with the templates of bucket policies alone. */
  newBucketPolicy(decided?: DecidedTemplate): Promise<readonly vscode.Uri[] | undefined>;
}

export function createTemplates(server: LanguageServer, texts: ShownTexts): Templates {
  const run = async (
    decided: DecidedTemplate,
    fits: (template: TemplateView) => boolean,
  ): Promise<readonly vscode.Uri[] | undefined> => {
    const { templates, problems } = await server.ask("iamPolicy/templates", {});
    if (problems.length > 0)
      void vscode.window.showWarningMessage(`A template cannot be used. ${problems[0]}`);
    const template =
      decided.template === undefined
        ? await pickTemplate(templates.filter(fits))
        : templates.find(({ name }) => name === decided.template);
    const folder = template && (decided.folder ?? (await pickFolder()));
    if (template === undefined || folder === undefined) return undefined;
    const given = decided.values ?? {};
    const values = decided.confirmed === undefined ? await askValues(server, template, folder, given) : given;
    if (values === undefined) return undefined;
    const params = { template: template.name, folder: folder.toString(), values };
    const expanded = await server.ask("iamPolicy/expandTemplate", params);
    if (expanded === null || !expanded.sound) {
      await refuse(template, expanded, texts);
      return undefined;
    }
    const changes = expanded.files.filter(({ state }) => state !== "unchanged");
    if (changes.length === 0) {
      void vscode.window.showInformationMessage("Everything is there already.");
      return [];
    }
    if (!(decided.confirmed ?? (await confirm(template, expanded, changes, texts)))) return undefined;
    const written = await writeFiles(changes);
    if (written !== undefined && decided.confirmed === undefined) await showNext(folder, written);
    return written;
  };
  return {
    newFromTemplate: (decided = {}) => run(decided, () => true),
    newBucketPolicy: (decided = {}) => run(decided, ({ kind }) => kind === "resource"),
  };
}

async function pickTemplate(templates: readonly TemplateView[]): Promise<TemplateView | undefined> {
  const items = templates.map((template) => ({
    label: template.title,
    description: `${template.name} · ${template.kind}`,
    detail: template.description,
    template,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: "New from Template",
    placeHolder: "What do you want to begin with?",
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked?.template;
}

/** Where accounts are, the open folders, or another one. */
async function pickFolder(): Promise<vscode.Uri | undefined> {
  const accounts = await vscode.workspace.findFiles("**/iam-account.json", "**/node_modules/**", 50);
  const beside = accounts.map((uri) => vscode.Uri.joinPath(uri, ".."));
  const open = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri);
  const folders = [...new Map([...beside, ...open].map((uri) => [uri.toString(), uri])).values()];
  const elsewhere = { label: "Another folder…", uri: undefined };
  const items = folders.map((uri) => ({
    label: vscode.workspace.asRelativePath(uri),
    description: beside.some((it) => it.toString() === uri.toString()) ? "has an account file" : "",
    uri,
  }));
  const picked =
    items.length === 0
      ? elsewhere
      : await vscode.window.showQuickPick([...items, elsewhere], {
          title: "New from Template",
          placeHolder: "Into which folder? The account file is or will be there.",
        });
  if (picked === undefined || picked.uri !== undefined) return picked?.uri;
  const [chosen] =
    (await vscode.window.showOpenDialog({ canSelectFolders: true, canSelectFiles: false })) ?? [];
  return chosen;
}

async function confirm(
  template: TemplateView,
  { suppressions }: ExpandedTemplate,
  files: readonly ExpandedFile[],
  texts: ShownTexts,
): Promise<boolean> {
  const write = { label: `$(check) Write ${files.length === 1 ? "1 file" : `${files.length} files`}` };
  const look = { label: "$(eye) Look at them first" };
  const list = files.map(({ path, state }) => ({ label: path, description: state }));
  const unsaid = suppressions.map(({ rule, file, reason }) => ({
    label: `$(bell-slash) ${rule}`,
    description: `suppressed in ${file}`,
    detail: reason,
  }));
  for (;;) {
    const picked = await vscode.window.showQuickPick([write, look, ...list, ...unsaid], {
      title: template.title,
      placeHolder: "Nothing is overwritten, and it can be undone.",
      ignoreFocusOut: true,
    });
    if (picked === undefined) return false;
    if (picked === write) return true;
    await texts.showMarkdown("IAM Template", previewOf(template, files, suppressions));
  }
}

function previewOf(
  { title, description }: TemplateView,
  files: readonly ExpandedFile[],
  suppressions: ExpandedTemplate["suppressions"] = [],
): string {
  const sections = files.map(({ path, state, text, difference }) =>
    state === "new" || difference === undefined
      ? `## ${path} (${state})\n\n\`\`\`json\n${text}\`\`\`\n`
      : `## ${path} (${state})\n\n\`\`\`diff\n${difference}\`\`\`\n`,
  );
  const unsaid = suppressions.map(({ rule, file, reason }) => `- \`${rule}\` in \`${file}\`: ${reason}\n`);
  const purpose = unsaid.length === 0 ? "" : `## Suppressed on purpose\n\n${unsaid.join("")}\n`;
  return `# ${title}\n\n${description}\n\n${purpose}${sections.join("\n")}`;
}

/** Says what is in the way; what differs is shown. */
async function refuse(
  template: TemplateView,
  expanded: ExpandedTemplate | null,
  texts: ShownTexts,
): Promise<void> {
  const different = expanded?.files.filter(({ state }) => state === "different") ?? [];
  const reasons = [
    ...(expanded?.problems.map(({ message }) => message) ?? []),
    ...(expanded?.missing.map((name) => `\`${name}\` has no value.`) ?? []),
    ...(expanded?.conflicts ?? []),
    ...different.map(({ path }) => `${path} is there already, and says something else.`),
  ];
  const message = reasons.length === 0 ? "The folder cannot be written to." : reasons.join(" ");
  if (different.length > 0) await texts.showMarkdown("IAM Template", previewOf(template, different));
  void vscode.window.showErrorMessage(`Nothing was written. ${message}`);
}

const TESTS = "Show Access Tests";
const PLAN = "Plan…";

/** What there is now, and where to go from here. */
async function showNext(folder: vscode.Uri, written: readonly vscode.Uri[]): Promise<void> {
  const account = vscode.Uri.joinPath(folder, "iam-account.json");
  const first = written.find(({ path }) => path !== account.path) ?? account;
  await vscode.window.showTextDocument(first, { preview: false });
  const said = `${written.length === 1 ? "1 file is" : `${written.length} files are`} written.`;
  void vscode.window.showInformationMessage(said, TESTS, PLAN).then((chosen) => {
    if (chosen === TESTS) void vscode.commands.executeCommand("workbench.view.testing.focus");
    if (chosen === PLAN) void vscode.commands.executeCommand("iamPolicy.plan", { account });
  });
}
