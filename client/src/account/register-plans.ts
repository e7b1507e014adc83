/** The commands that change accounts. An argument that is no URI holds what somebody has decided already. */
import * as vscode from "vscode";
import type { LanguageServer } from "../language-server.js";
import type { ShownTexts } from "../shown-texts.js";
import { createPlans, type Decided, type Plans } from "./plans.js";

export function registerPlans(
  { subscriptions }: vscode.ExtensionContext,
  server: LanguageServer,
  texts: ShownTexts,
  connected: () => Promise<boolean>,
  applied: (target: string) => Promise<void>,
): Plans {
  const plans = createPlans(server, texts, connected, applied);
  const { registerCommand } = vscode.commands;
  subscriptions.push(
    plans,
    registerCommand("iamPolicy.plan", (it?: vscode.Uri | Decided | AboutPolicy) => plans.plan(decisions(it))),
    registerCommand("iamPolicy.apply", (it?: vscode.Uri | Decided) => plans.apply(decisions(it))),
    registerCommand("iamPolicy.rollBack", (it?: vscode.Uri | Decided) => plans.rollBack(decisions(it))),
    registerCommand("iamPolicy.resumeApply", (it?: vscode.Uri | Decided) => plans.resume(decisions(it))),
  );
  return plans;
}

/** Menus of files give the file, and what stands above a policy gives its document. */
function decisions(given: vscode.Uri | Decided | AboutPolicy | undefined): Decided {
  if (given instanceof vscode.Uri) return { account: given };
  if (given !== undefined && "uri" in given) return { document: vscode.Uri.parse(given.uri) };
  return given ?? {};
}

/** The argument of commands that are offered above a policy. */
interface AboutPolicy {
  readonly uri: string;
}
