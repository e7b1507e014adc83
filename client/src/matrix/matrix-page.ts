/** The frame of the matrix's page: no script and no style but our own files, and nothing from anywhere else. */
import { randomBytes } from "node:crypto";
import * as vscode from "vscode";

export function matrixPage(webview: vscode.Webview, extensionUri: vscode.Uri): string {
  // A workspace that is not trusted reaches no AWS.
  const aws = vscode.workspace.isTrusted ? '<option value="aws">AWS\'s simulator</option>' : "";
  const nonce = randomBytes(16).toString("base64url");
  const file = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, "out", name));
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <link rel="stylesheet" href="${file("matrix-webview.css")}">
  <title>Permission Matrix</title>
</head>
<body>
  <h1 id="title">Permission Matrix</h1>
  <div class="bar" role="group" aria-label="What the matrix shows">
    <input id="filter" type="search" placeholder="Filter" title="Parts of actions, principals and resources" aria-label="Filter by parts of actions, principals and resources" aria-keyshortcuts="Control+F">
    <label>Rows <select id="by"><option value="action">Actions</option><option value="service">Services</option></select></label>
    <button id="choose-columns" type="button">Choose…</button>
    <button id="choose-principals" type="button">Principals…</button>
    <button id="choose-resources" type="button">Resources…</button>
    <label>Compare with <select id="compare"><option value="nothing">nothing</option><option value="saved">the saved version</option><option value="head">the committed version</option>${aws}</select></label>
    <label><input id="only-changes" type="checkbox" disabled> Only changes</label>
    <span role="group" aria-label="Export" class="bar">Export
      <button id="export-csv" type="button">CSV</button>
      <button id="export-markdown" type="button">Markdown</button>
      <button id="export-svg" type="button">SVG</button>
    </span>
  </div>
  <div id="problems" role="alert" hidden></div>
  <div id="scroller">
    <div id="grid" role="grid" aria-readonly="true" aria-describedby="keys" tabindex="0">
      <div id="names" role="row" aria-rowindex="1"></div>
      <div id="body" role="rowgroup"></div>
    </div>
  </div>
  <div class="bar">
    <span id="status" role="status"></span>
    <progress id="progress" aria-label="Decided so far" hidden></progress>
    <button id="stop" type="button" hidden>Stop</button>
    <button id="again" type="button" hidden>Start Again</button>
  </div>
  <div class="bar" id="detail" role="group" aria-label="The cell that is chosen" hidden>
    <span id="cell" aria-hidden="true"></span>
    <button id="why" type="button" aria-keyshortcuts="Enter">Why?</button>
    <button id="go" type="button" aria-keyshortcuts="Control+Enter">Go to Statement</button>
  </div>
  <div id="legend"></div>
  <div id="keys" hidden>Arrow keys, Home, End, Page Up and Page Down lead from cell to cell. Enter explains a cell, Control and Enter lead to the statement that decides.</div>
  <script nonce="${nonce}" src="${file("matrix-webview.js")}"></script>
</body>
</html>
`;
}
