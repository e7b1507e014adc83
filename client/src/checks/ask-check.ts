/**
 * Asks the user for what a check of access lacks: which policy, which check, and what it is about. What there is to
 * choose comes from the server; other actions and ARNs can be typed.
 */
import * as vscode from "vscode";
import type { AccessQuestion, CheckAccessParams, PolicyChoice } from "../../../server/src/lsp/protocol.js";
import { type Against, otherState, pickAgainst, pickFile } from "../compared-with.js";
import type { LanguageServer } from "../language-server.js";
import { pickOrType } from "../simulate/pick-or-type.js";

export const TITLE = "Check Access";

/** What is decided already, for keybindings and tests. */
export interface CheckWish {
  readonly uri?: string;
  readonly policy?: number;
  readonly check?: AccessQuestion["check"];
  readonly against?: Against | "live" | OtherPolicy | LiveId;
  readonly actions?: readonly string[];
  readonly resources?: readonly string[];
  readonly type?: string;
}

/** A policy of another file. */
interface OtherPolicy {
  readonly uri: string;
  readonly policy?: number;
}

/** A policy of the AWS account, such as `policy/engineer_access`. */
export interface LiveId {
  readonly live: string;
}

/** A policy of the AWS account as it is now. */
export interface LivePolicy extends LiveId {
  readonly text: string;
}

/**
 * Reads the AWS account.
 * @param near the document that is checked
 * @param wanted the user chooses unless it is given
 * @returns `undefined` where the user wants none, or was told why there is none
 */
export type ReadLivePolicy = (
  near: vscode.Uri,
  wanted: LiveId | undefined,
) => Promise<LivePolicy | undefined>;

/**
 * @param readLive absent where the workspace is not trusted
 * @returns `undefined` where the user wants no answer any more
 */
export async function askCheck(
  server: LanguageServer,
  readLive: ReadLivePolicy | undefined,
  wish: CheckWish,
): Promise<CheckAccessParams | undefined> {
  const uri = wish.uri ?? vscode.window.activeTextEditor?.document.uri.toString();
  const chosen = uri === undefined ? undefined : await choosePolicy(server, uri, wish.policy);
  if (uri === undefined || chosen === undefined) return undefined;
  const check = wish.check ?? (await pickCheck(chosen.policy));
  const params = { uri, policy: chosen.index };
  switch (check) {
    case "no-new-access": {
      const against = await reference(server, readLive, uri, wish.against);
      return against && { ...params, check, ...against };
    }
    case "access-not-granted": {
      const access = await askAccess(server, params, wish);
      return access && { ...params, check, ...access };
    }
    case "no-public-access": {
      const type = wish.type ?? chosen.policy.checkedType ?? (await pickType(chosen.types));
      return type === undefined ? undefined : { ...params, check, type };
    }
    default:
      return undefined;
  }
}

interface ChosenPolicy {
  readonly policy: PolicyChoice;
  readonly index: number;
  /** What it may hang on. */
  readonly types: readonly string[];
}

/** The one that the cursor is in, or else the one that the user chooses. */
async function choosePolicy(
  server: LanguageServer,
  uri: string,
  wanted: number | undefined,
): Promise<ChosenPolicy | undefined> {
  const editor = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri);
  const {
    policies,
    at,
    checkedTypes: types,
  } = await server.ask("iamPolicy/policies", {
    uri,
    ...(editor && { position: editor.selection.active }),
  });
  if (policies.length === 0) {
    void vscode.window.showInformationMessage("Open a policy to check what it gives: there is none here.");
    return undefined;
  }
  const index = wanted ?? at ?? (await pickPolicy(policies, "Which policy is to be checked?"));
  const policy = index === undefined ? undefined : policies[index];
  return index === undefined || policy === undefined ? undefined : { policy, index, types };
}

async function pickPolicy(
  policies: readonly PolicyChoice[],
  placeHolder: string,
): Promise<number | undefined> {
  const items = policies.map(({ name, detail }, index) => ({ label: name, description: detail, index }));
  return (await vscode.window.showQuickPick(items, { title: TITLE, placeHolder }))?.index;
}

async function pickCheck({ onResource }: PolicyChoice): Promise<AccessQuestion["check"] | undefined> {
  const items: readonly (vscode.QuickPickItem & { readonly check: AccessQuestion["check"] })[] = [
    {
      label: "No new access",
      detail: "It allows nothing that another version of it does not.",
      check: "no-new-access",
    },
    {
      label: "Access not granted",
      detail: "It allows none of some actions on any of some resources.",
      check: "access-not-granted",
    },
    // A policy that names nobody cannot be public.
    ...(onResource
      ? [
          {
            label: "No public access",
            detail: "It lets in nobody but those whom it names or picks out.",
            check: "no-public-access" as const,
          },
        ]
      : []),
  ];
  const placeHolder = "What is to be made sure of?";
  return (await vscode.window.showQuickPick(items, { title: TITLE, placeHolder }))?.check;
}

async function pickType(types: readonly string[]): Promise<string | undefined> {
  const placeHolder = "What does the policy hang on?";
  return await vscode.window.showQuickPick([...types], { title: TITLE, placeHolder });
}

type Reference = Pick<AccessQuestion & { readonly check: "no-new-access" }, "against" | "title">;

async function reference(
  server: LanguageServer,
  readLive: ReadLivePolicy | undefined,
  uri: string,
  wanted: CheckWish["against"],
): Promise<Reference | undefined> {
  const liveItem = { label: "The live version…", description: "as AWS has it now", against: "live" } as const;
  const chosen = wanted ?? (await pickAgainst(TITLE, readLive === undefined ? [] : [liveItem]));
  if (chosen === "head" || chosen === "saved") return await otherState(server, uri, chosen);
  if (chosen === "live" || (typeof chosen === "object" && "live" in chosen)) {
    const live = await readLive?.(vscode.Uri.parse(uri), chosen === "live" ? undefined : chosen);
    return live && { against: { text: live.text }, title: `${live.live} as it is live` };
  }
  const file = chosen === "file" ? await pickFile(TITLE) : chosen;
  return file && (await fileReference(server, file));
}

async function fileReference(server: LanguageServer, file: OtherPolicy): Promise<Reference | undefined> {
  if (file.policy !== undefined) return { against: file };
  const { policies } = await server.ask("iamPolicy/policies", { uri: file.uri });
  const policy =
    policies.length < 2 ? 0 : await pickPolicy(policies, "Which of its policies is to be compared with?");
  return policy === undefined ? undefined : { against: { uri: file.uri, policy } };
}

/** Actions first, then resources; either may be left out, not both. */
async function askAccess(
  server: LanguageServer,
  policy: { readonly uri: string; readonly policy: number },
  { actions, resources }: CheckWish,
): Promise<{ readonly actions: readonly string[]; readonly resources: readonly string[] } | undefined> {
  if (actions !== undefined || resources !== undefined)
    return { actions: actions ?? [], resources: resources ?? [] };
  const choices = await server.ask("iamPolicy/simulateChoices", policy);
  const base = { title: TITLE, steps: 2, many: [] };
  for (;;) {
    const what = await pickOrType({
      ...base,
      step: 1,
      placeholder: "Which actions must it not give? Choose or type patterns; none means any action.",
      items: choices.actions.map(({ action, description }) => ({ label: action, description })),
      typed: (text) => (text === "*" || text.includes(":") ? { label: text } : undefined),
    });
    if (what === undefined || what === "back") return undefined;
    const on = await pickOrType({
      ...base,
      step: 2,
      placeholder: "On which resources? Choose or type ARNs; none means any resource.",
      items: choices.resources.map((label) => ({ label })),
      typed: (text) => (text === "*" || text.startsWith("arn:") ? { label: text } : undefined),
    });
    if (on === undefined) return undefined;
    if (on !== "back") return { actions: what.labels, resources: on.labels };
  }
}
