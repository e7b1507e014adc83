/** The real editor with a stand-in for AWS: its address in the user's settings, credentials in the environment. */
import * as vscode from "vscode";
import type { Snapshot } from "../../server/src/account/change/snapshot-shape.js";
import { StandIn } from "../aws/stand-in/server.js";

const CREDENTIALS = { AWS_ACCESS_KEY_ID: "AKIAEXAMPLE", AWS_SECRET_ACCESS_KEY: "secret-of-the-story" };

export async function withStandIn(
  use: (standIn: StandIn) => Promise<void>,
  account?: Snapshot,
): Promise<void> {
  const standIn = await StandIn.start(account);
  const settings = vscode.workspace.getConfiguration("iamPolicy.aws");
  const { Global } = vscode.ConfigurationTarget;
  Object.assign(process.env, CREDENTIALS);
  try {
    await settings.update("endpointUrl", standIn.url, Global);
    // The server has the environment of its start.
    await vscode.commands.executeCommand("iamPolicy.restartServer");
    await use(standIn);
  } finally {
    for (const key of Object.keys(CREDENTIALS)) delete process.env[key];
    await settings.update("endpointUrl", undefined, Global);
    await vscode.commands.executeCommand("iamPolicy.restartServer");
    await standIn.close();
  }
}
