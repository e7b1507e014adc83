/** "Compare Offline and AWS…": every request of a policy or of principals that AWS's simulator decides otherwise than we do. */
import * as vscode from "vscode";
import type { CompareLiveParams, LiveComparison, SimulateParams } from "../../../server/src/lsp/protocol.js";
import type { LanguageServer } from "../language-server.js";
import { askLong } from "../long-request.js";
import { chooseAccount, principalItem } from "../simulate/ask-question.js";
import type { Explanations } from "../simulate/explanation.js";
import { pickOrType } from "../simulate/pick-or-type.js";
import { policyInFront } from "./simulate.js";

const TITLE = "Compare Offline and AWS";
const REPORT = "Show Report";

/** @param wish from a menu, a keybinding or a test: a URI, or what is to be compared; who asks is asked for unless said */
export async function compareWithAws(
  server: LanguageServer,
  explanations: Explanations,
  connected: () => Promise<boolean>,
  wish?: unknown,
): Promise<LiveComparison | undefined> {
  if (!(await connected())) return undefined;
  const given = wishFrom(wish);
  const { as: _, ...about } = given;
  const asked = { ...given, ...(await policyInFront(server, about)) };
  const question = given.as === undefined ? await askWho(server, asked) : asked;
  if (question === undefined) return undefined;
  const found = await askLong(server, "Comparing with AWS…", "iamPolicy/compareLive", question);
  if (found === undefined) return undefined;
  await explanations.show(TITLE, found.document);
  void offerReport(found, explanations);
  return found;
}

/** A policy that stands alone is asked about as it is written. */
async function askWho(
  server: LanguageServer,
  start: CompareLiveParams,
): Promise<CompareLiveParams | undefined> {
  const { as: _, actions: __, resources: ___, ...open } = start;
  const account = start.account ?? (await chooseAccount(server, open satisfies SimulateParams, TITLE));
  if (account === "none") return undefined;
  if (account === undefined) return start;
  const { principals } = await server.ask("iamPolicy/simulateChoices", { ...open, account });
  // Others than users, groups, roles and policies AWS's simulator does not know.
  const known = principals.filter(({ as }) => as.includes("/"));
  const items = known.map(principalItem);
  const suggested = known.flatMap(({ as, suggested: hangs }) => (hangs ? [as] : []));
  const first = suggested.length > 0 ? suggested : known.slice(0, 1).map(({ as }) => as);
  const picked = await pickOrType({
    title: TITLE,
    placeholder: "Of whom? Everything that their policies name is compared.",
    step: 1,
    steps: 1,
    items,
    many: items.filter(({ label }) => first.includes(label)),
    typed: (text) => (text.startsWith("arn:") ? { label: text } : undefined),
  });
  if (picked === undefined || picked === "back" || picked.labels.length === 0) return undefined;
  return { ...start, account, as: picked.labels };
}

async function offerReport(
  { asked, disagreements, report }: LiveComparison,
  explanations: Explanations,
): Promise<void> {
  if (disagreements === 0) {
    vscode.window.setStatusBarMessage(`$(check) AWS decides ${asked} of ${asked} as we do.`, 10_000);
    return;
  }
  const message = `AWS decides ${disagreements} of ${asked} requests otherwise than we do.`;
  const offers = report === "" ? [] : [REPORT];
  if ((await vscode.window.showInformationMessage(message, ...offers)) === REPORT)
    await explanations.show("IAM Disagreements", report);
}

function wishFrom(wish: unknown): CompareLiveParams {
  if (wish instanceof vscode.Uri) return { uri: wish.toString() };
  return typeof wish === "object" && wish !== null ? (wish as CompareLiveParams) : {};
}
