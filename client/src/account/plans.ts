/**
 * Plan, apply, roll back, resume: shows the plan, asks before anything is written and separately before anything is
 * deleted. What a plan is and how it is carried out is the server's.
 */
import * as vscode from "vscode";
import type { ApplyView, PlanView, RecordView, TargetName } from "../../../server/src/lsp/change-protocol.js";
import { counted } from "../counted.js";
import type { LanguageServer } from "../language-server.js";
import { askLong } from "../long-request.js";
import type { ShownTexts } from "../shown-texts.js";
import { accountFile } from "./account-file.js";
import { pickTarget } from "./target.js";

/** What is asked of the user unless a caller, such as a test, has decided already. */
export interface Decided {
  readonly account?: vscode.Uri;
  readonly target?: TargetName;
  readonly only?: readonly string[];
  /** The policy that the plan is about; the whole account unless said. */
  readonly document?: vscode.Uri;
  /** Id of a recorded apply. */
  readonly record?: string;
  readonly confirmed?: { readonly apply: boolean; readonly deletions: boolean };
}

export interface Plans extends vscode.Disposable {
  /** The plan that is shown, if any. */
  readonly shown: PlanView | undefined;
  plan(decided?: Decided): Promise<PlanView | undefined>;
  /** Carries out the plan that is shown. */
  apply(decided?: Decided): Promise<ApplyView | undefined>;
  rollBack(decided?: Decided): Promise<PlanView | undefined>;
  resume(decided?: Decided): Promise<ApplyView | undefined>;
}

const APPLY = "Apply";
const APPLY_AND_DELETE = "Delete";
const KEEP = "Apply Without Deleting";
const ROLL_BACK = "Roll Back…";
const RESUME = "Resume";

/**
 * @param connected whether AWS answers; the user has been told otherwise
 * @param applied told of each target that was changed
 */
export function createPlans(
  server: LanguageServer,
  texts: ShownTexts,
  connected: () => Promise<boolean>,
  applied: (target: string) => Promise<void>,
): Plans {
  let shown: { readonly view: PlanView; readonly account: vscode.Uri } | undefined;

  const show = async (view: PlanView, account: vscode.Uri): Promise<void> => {
    shown = { view, account };
    await vscode.commands.executeCommand("setContext", "iamPolicy.plan", true);
    await texts.showMarkdown("IAM Plan", view.text);
  };

  const plan = async (decided: Decided = {}): Promise<PlanView | undefined> => {
    const account = await accountFile(decided.account, decided.document);
    const target = account && (decided.target ?? (await pickTarget()));
    if (account === undefined || target === undefined) return undefined;
    if (target === "aws" && !(await connected())) return undefined;
    // A plan is made from files: what is applied is what is saved.
    await vscode.workspace.saveAll(false);
    const view = await askLong(server, "Planning…", "iamPolicy/plan", {
      account: account.toString(),
      target,
      ...(decided.only && { only: decided.only }),
      ...(decided.document && { document: decided.document.toString() }),
    });
    if (view !== undefined) await show(view, account);
    if (view !== undefined && decided.target === undefined) void offerToApply(view);
    return view;
  };

  const offerToApply = async (view: PlanView): Promise<void> => {
    if (view.blocked.length > 0) {
      void vscode.window.showWarningMessage(`This plan cannot be applied: ${view.blocked.join(" ")}`);
    } else if (view.changes + view.deletions === 0) {
      void vscode.window.showInformationMessage(
        `Nothing to change: ${view.target} is as the account file says.`,
      );
    } else {
      const chosen = await vscode.window.showInformationMessage(
        `${summary(view)} for ${view.target}.`,
        APPLY,
      );
      if (chosen === APPLY) await apply();
    }
  };

  const apply = async (decided: Decided = {}): Promise<ApplyView | undefined> => {
    const current = shown;
    if (current === undefined) {
      void vscode.window.showErrorMessage("There is no plan to apply. Run “IAM Policy: Plan…” first.");
      return undefined;
    }
    const { view, account } = current;
    if (view.blocked.length > 0 || view.changes + view.deletions === 0) {
      await offerToApply(view);
      return undefined;
    }
    const confirmed = decided.confirmed ?? (await confirm(view));
    if (!confirmed.apply) return undefined;
    const done = await askLong(server, `Applying to ${view.target}…`, "iamPolicy/apply", {
      plan: view.id,
      deletions: confirmed.deletions,
    });
    // Whatever happened, the account is not what the plan was made from any more.
    shown = undefined;
    await vscode.commands.executeCommand("setContext", "iamPolicy.plan", false);
    if (done !== undefined && done.record !== null) void applied(done.target);
    if (done !== undefined && decided.confirmed === undefined) void report(done, account);
    return done;
  };

  const report = async ({ state, message, record }: ApplyView, account: vscode.Uri): Promise<void> => {
    const next = record === null ? [] : state === "done" ? [ROLL_BACK] : [RESUME, ROLL_BACK];
    const tell = state === "done" ? vscode.window.showInformationMessage : vscode.window.showWarningMessage;
    const chosen = await tell(message, ...next);
    if (record === null || chosen === undefined) return;
    await (chosen === RESUME ? resume({ account, record }) : rollBack({ account, record }));
  };

  const rollBack = async (decided: Decided = {}): Promise<PlanView | undefined> => {
    const picked = await pickRecord(
      server,
      decided,
      "Roll back which apply?",
      ({ state }) => state !== "rolled back",
    );
    if (picked === undefined) return undefined;
    const { account, record } = picked;
    const params = { account: account.toString(), record };
    const view = await askLong(server, "Planning the way back…", "iamPolicy/planRollback", params);
    if (view === undefined) return undefined;
    await show(view, account);
    if (decided.confirmed === undefined) void offerToApply(view);
    return view;
  };

  const resume = async (decided: Decided = {}): Promise<ApplyView | undefined> => {
    const picked = await pickRecord(
      server,
      decided,
      "Resume which apply?",
      ({ state }) => state === "unfinished",
    );
    if (picked === undefined) return undefined;
    const { account, record } = picked;
    const params = { account: account.toString(), record };
    const done = await askLong(server, "Resuming…", "iamPolicy/resume", params);
    if (done !== undefined && done.record !== null) void applied(done.target);
    if (done !== undefined && decided.confirmed === undefined) void report(done, account);
    return done;
  };

  return {
    get shown() {
      return shown?.view;
    },
    plan,
    apply,
    rollBack,
    resume,
    dispose: () => {
      shown = undefined;
    },
  };
}

async function confirm(view: PlanView): Promise<{ readonly apply: boolean; readonly deletions: boolean }> {
  const { showWarningMessage } = vscode.window;
  const no = { apply: false, deletions: false };
  if (view.changes > 0) {
    const title = `Apply ${counted(view.changes, "change")} to ${view.target}?`;
    const detail = "Every step is recorded, and the apply can be rolled back.";
    if ((await showWarningMessage(title, { modal: true, detail }, APPLY)) !== APPLY) return no;
  }
  if (view.deletions === 0) return { apply: true, deletions: false };
  const title = `Delete too? The plan has ${counted(view.deletions, "deletion")} in ${view.target}.`;
  const detail = "What is deleted gets new ids and dates when it is created again.";
  const choices = view.changes > 0 ? [APPLY_AND_DELETE, KEEP] : [APPLY_AND_DELETE];
  const chosen = await showWarningMessage(title, { modal: true, detail }, ...choices);
  if (chosen === undefined) return no;
  return { apply: true, deletions: chosen === APPLY_AND_DELETE };
}

async function pickRecord(
  server: LanguageServer,
  decided: Decided,
  title: string,
  fits: (record: RecordView) => boolean,
): Promise<{ readonly account: vscode.Uri; readonly record: string } | undefined> {
  const account = await accountFile(decided.account);
  if (account === undefined) return undefined;
  if (decided.record !== undefined) return { account, record: decided.record };
  const records = await askLong(server, "Reading the journal…", "iamPolicy/records", {
    account: account.toString(),
  });
  const fitting = records?.filter(fits) ?? [];
  if (fitting.length === 0) {
    if (records !== undefined) void vscode.window.showInformationMessage("No recorded apply fits.");
    return undefined;
  }
  const items = fitting.map((it) => ({
    label: new Date(it.when).toLocaleString(),
    description: it.target,
    detail: `${it.title}, ${it.state}`,
    record: it.id,
  }));
  const picked = await vscode.window.showQuickPick(items, { title });
  return picked && { account, record: picked.record };
}

function summary({ changes, deletions }: PlanView): string {
  return [counted(changes, "change"), ...(deletions > 0 ? [counted(deletions, "deletion")] : [])].join(
    " and ",
  );
}
