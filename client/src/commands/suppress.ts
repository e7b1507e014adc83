/** "Suppress here, because …": asks for the reason; the server writes it into the configuration. */
import * as vscode from "vscode";
import type { SuppressParams } from "../../../server/src/lsp/protocol.js";
import type { LanguageServer } from "../language-server.js";

/** `finding` comes with the code action; its `reason` is for tests: without it, the user is asked. */
export async function suppress(
  server: LanguageServer,
  finding: Omit<SuppressParams, "reason"> & { readonly reason?: string },
): Promise<void> {
  const reason =
    finding.reason ??
    (await vscode.window.showInputBox({
      title: `Suppress ${finding.rule}`,
      prompt: "Why is this right as it is? The reason is written into iam-policy.config.json.",
      validateInput: (text) => (text.trim() === "" ? "A suppression needs its reason." : undefined),
    }));
  if (reason === undefined || reason.trim() === "") return;
  const written = await server.ask("iamPolicy/suppress", { ...finding, reason: reason.trim() });
  if (!written)
    void vscode.window.showErrorMessage("The suppression could not be written into iam-policy.config.json.");
}
