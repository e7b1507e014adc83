/** A quick pick that also takes what is typed, knows the way back, and is one step of several. */
import * as vscode from "vscode";
import { pickedOf } from "./picked.js";

export interface PickStep {
  readonly title: string;
  readonly placeholder: string;
  readonly step: number;
  readonly steps: number;
  readonly items: readonly vscode.QuickPickItem[];
  /** Several at once; those that are picked to begin with. */
  readonly many?: readonly vscode.QuickPickItem[];
  /** The item that a typed text stands for; `undefined` where it stands for none. */
  readonly typed: (text: string) => vscode.QuickPickItem | undefined;
}

export type Picked = { readonly labels: readonly string[] } | "back" | undefined;

export async function pickOrType(options: PickStep): Promise<Picked> {
  const { title, placeholder, step, steps, items, many, typed } = options;
  const pick = vscode.window.createQuickPick();
  pick.title = title;
  pick.placeholder = placeholder;
  if (steps > 1) {
    pick.step = step;
    pick.totalSteps = steps;
  }
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.ignoreFocusOut = true;
  pick.canSelectMany = many !== undefined;
  pick.items = items;
  pick.selectedItems = many ?? [];
  if (step > 1) pick.buttons = [vscode.QuickInputButtons.Back];
  let own: readonly vscode.QuickPickItem[] = [];
  /** What was ticked when the text was last changed. */
  let ticked: readonly vscode.QuickPickItem[] = pick.selectedItems;
  pick.onDidChangeValue((text) => {
    const item = items.some(({ label }) => label === text) ? undefined : typed(text.trim());
    const selected = pick.selectedItems;
    ticked = selected;
    // What was typed and chosen stays in the list.
    const kept = own.filter((it) => selected.includes(it) && it.label !== item?.label);
    own = item === undefined ? kept : [item, ...kept];
    pick.items = [...own, ...items];
    if (many !== undefined) pick.selectedItems = selected;
  });
  const picked = await new Promise<Picked>((resolve) => {
    pick.onDidAccept(() => {
      const active = pick.activeItems.slice(0, 1);
      const several = pickedOf({ text: pick.value, items: pick.items, ticked, selected: pick.selectedItems });
      const chosen = many === undefined || (several.length === 0 && pick.value !== "") ? active : several;
      if (many !== undefined || chosen.length > 0) resolve({ labels: chosen.map(({ label }) => label) });
    });
    pick.onDidTriggerButton(() => resolve("back"));
    pick.onDidHide(() => resolve(undefined));
    pick.show();
  });
  pick.dispose();
  return picked;
}
