/**
 * Has the server push its findings rather than wait to be asked. VS Code would ask for visible documents only, and the
 * client asks too early when the server starts beside open documents: it then shows nothing until the next keystroke.
 */
import type { StaticFeature } from "vscode-languageclient/node";

export const pushedDiagnostics: StaticFeature = {
  fillClientCapabilities({ textDocument }) {
    if (textDocument) delete textDocument.diagnostic;
  },
  preInitialize(capabilities) {
    delete capabilities.diagnosticProvider;
  },
  initialize() {},
  getState: () => ({ kind: "static" }),
  clear() {},
};
