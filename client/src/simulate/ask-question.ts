/**
 * Asks the user for what a question lacks: which account, who, what, on what, under which circumstances. What there is
 * to choose comes from the server; anything else can be typed.
 */
import * as vscode from "vscode";
import type { PrincipalChoice, SimulateChoices, SimulateParams } from "../../../server/src/lsp/protocol.js";
import type { LanguageServer } from "../language-server.js";
import { type Picked, pickOrType } from "./pick-or-type.js";

const STEPS = 4;

/** @returns `undefined` where the user wants no answer any more */
export async function askQuestion(
  server: LanguageServer,
  start: SimulateParams,
  title: string,
): Promise<SimulateParams | undefined> {
  const account = start.account ?? (await chooseAccount(server, start, title));
  if (account === "none") return undefined;
  let question: SimulateParams = { ...start, ...(account !== undefined && { account }) };
  for (let step = 1; step <= STEPS; ) {
    const choices = await server.ask("iamPolicy/simulateChoices", question);
    const { principals, actions, problems } = choices;
    if ((step === 1 && principals.length === 0) || (step === 2 && actions.length === 0)) {
      const [why] = problems;
      if (why !== undefined) {
        void vscode.window.showWarningMessage(why);
        return undefined;
      }
    }
    const picked = await ask(step, choices, question, title);
    if (picked === undefined) return undefined;
    if (picked === "back") {
      step--;
      question = without(question, step);
    } else {
      question = filled(question, step, picked.labels);
      step++;
    }
  }
  return question;
}

/** Without one where the policy is asked about alone; `none` where there is nothing to ask. */
export async function chooseAccount(
  server: LanguageServer,
  start: SimulateParams,
  title: string,
): Promise<string | "none" | undefined> {
  const { accounts, problems } = await server.ask("iamPolicy/simulateChoices", start);
  const own = accounts.filter(({ mentions }) => mentions);
  if (own.length === 1) return own[0]?.uri;
  if (own.length === 0 && problems.length === 0) return undefined;
  const list = own.length > 0 ? own : accounts;
  if (list.length === 0) {
    void vscode.window.showInformationMessage(
      problems[0] ?? "Open a policy or an account to simulate requests.",
    );
    return "none";
  }
  const items = list.map(({ name, uri }) => ({ label: name, uri }));
  const picked = await vscode.window.showQuickPick(items, { title, placeHolder: "In which account?" });
  return picked?.uri ?? "none";
}

function ask(
  step: number,
  { principals, actions, resources, context }: SimulateChoices,
  question: SimulateParams,
  title: string,
): Promise<Picked> {
  const base = { title, step, steps: STEPS };
  switch (step) {
    case 1:
      return pickOrType({
        ...base,
        placeholder: "Who asks? Choose, or type an ARN.",
        items: principals.map(principalItem),
        typed: labelled,
      });
    case 2:
      return pickOrType({
        ...base,
        placeholder: `What does ${question.as} want to do? Choose, or type an action.`,
        items: actions.map(({ action, description, named }) => ({
          label: action,
          description,
          ...(named ? {} : { detail: "Matched by a wildcard" }),
        })),
        typed: (text) => (text.includes(":") ? { label: text } : undefined),
      });
    case 3:
      return pickOrType({
        ...base,
        placeholder: `On which resource does it want to ${question.action}? Choose, or type an ARN.`,
        items: resources.map((label) => ({ label })),
        typed: (text) => (text === "*" || text.startsWith("arn:") ? { label: text } : undefined),
      });
    default: {
      const items = context.flatMap(({ key, values, policies }) => [
        { label: key, kind: vscode.QuickPickItemKind.Separator },
        ...values.map((value) => ({
          label: `${key}=${value}`,
          description: `tested by ${policies.join(", ")}`,
        })),
      ]);
      const suggested = new Set(
        context.flatMap(({ key, suggested: value }) => (value === undefined ? [] : [`${key}=${value}`])),
      );
      return pickOrType({
        ...base,
        placeholder:
          context.length === 0
            ? "No policy tests for circumstances: press Enter, or type KEY=VALUE."
            : "Under which circumstances? Choose what the request says, or type KEY=VALUE.",
        items,
        many: items.filter(({ label }) => suggested.has(label)),
        typed: (text) => (/^[^=\s]+=./.test(text) ? { label: text } : undefined),
      });
    }
  }
}

export function principalItem({ as, detail, suggested }: PrincipalChoice): vscode.QuickPickItem {
  return { label: as, description: suggested ? `${detail} · this policy hangs on it` : detail };
}

function labelled(text: string): vscode.QuickPickItem | undefined {
  return text === "" ? undefined : { label: text };
}

const PARTS = ["as", "action", "resource", "context"] as const;

function filled(question: SimulateParams, step: number, labels: readonly string[]): SimulateParams {
  const part = PARTS[step - 1] ?? "as";
  if (part !== "context") return { ...question, [part]: labels[0] ?? "" };
  const context: Record<string, string[]> = {};
  for (const label of labels) {
    const equals = label.indexOf("=");
    const key = label.slice(0, equals);
    context[key] = [...(context[key] ?? []), label.slice(equals + 1)];
  }
  return {
    ...question,
    context: Object.fromEntries(
      Object.entries(context).map(([key, values]) => [key, values.length === 1 ? (values[0] ?? "") : values]),
    ),
  };
}

/** What was said at a step and after it is asked anew. */
function without(question: SimulateParams, step: number): SimulateParams {
  const again = new Set<string>(PARTS.slice(step - 1));
  return Object.fromEntries(Object.entries(question).filter(([part]) => !again.has(part)));
}
