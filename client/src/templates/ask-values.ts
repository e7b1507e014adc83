/** Asks for the values of a template one by one, each checked by the server while it is typed; knows the way back. */
import * as vscode from "vscode";
import type { TemplateVariableView, TemplateView } from "../../../server/src/lsp/protocol.js";
import type { LanguageServer } from "../language-server.js";

type Values = Readonly<Record<string, string>>;

/** @returns `undefined` where the user goes away */
export async function askValues(
  server: LanguageServer,
  template: TemplateView,
  folder: vscode.Uri,
  given: Values,
): Promise<Values | undefined> {
  const asked = template.variables.filter(({ name }) => given[name] === undefined);
  const look = (values: Values) =>
    server.ask("iamPolicy/expandTemplate", { template: template.name, folder: folder.toString(), values });
  const proposed = (await look(given))?.proposed ?? {};
  const answers = new Map<string, string>();
  for (let step = 0; step < asked.length; ) {
    const variable = asked[step];
    if (variable === undefined) break;
    const problem = async (text: string) =>
      (await look({ [variable.name]: text }))?.problems.find((it) => it.variable === variable.name)?.message;
    const answer = await askValue(template, variable, {
      value: answers.get(variable.name) ?? proposed[variable.name] ?? "",
      step: step + 1,
      steps: asked.length,
      problem,
    });
    if (answer === undefined) return undefined;
    if (answer === BACK) step--;
    else {
      answers.set(variable.name, answer);
      step++;
    }
  }
  return { ...given, ...Object.fromEntries(answers) };
}

const BACK = Symbol("back");

interface Step {
  readonly value: string;
  readonly step: number;
  readonly steps: number;
  readonly problem: (text: string) => Promise<string | undefined>;
}

async function askValue(
  { title }: TemplateView,
  variable: TemplateVariableView,
  { value, step, steps, problem }: Step,
): Promise<string | typeof BACK | undefined> {
  const box = vscode.window.createInputBox();
  box.title = title;
  box.step = step;
  box.totalSteps = steps;
  box.ignoreFocusOut = true;
  box.value = value;
  box.placeholder = `such as ${variable.example}`;
  box.prompt = [`${variable.title}.`, variable.description].filter((it) => it !== undefined).join(" ");
  if (step > 1) box.buttons = [vscode.QuickInputButtons.Back];
  const check = async (text: string): Promise<boolean> => {
    const message = await problem(text);
    // The answer to an older text must not stand below a newer one.
    if (box.value.trim() === text) box.validationMessage = message ?? "";
    return message === undefined;
  };
  box.onDidChangeValue((text) => void check(text.trim()));
  const answer = await new Promise<string | typeof BACK | undefined>((resolve) => {
    box.onDidAccept(async () => {
      const text = box.value.trim();
      if (await check(text)) resolve(text);
    });
    box.onDidTriggerButton(() => resolve(BACK));
    box.onDidHide(() => resolve(undefined));
    box.show();
  });
  box.dispose();
  return answer;
}
