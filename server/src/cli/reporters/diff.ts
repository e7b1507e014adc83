/** Access gained and lost, for people and for programs: each difference with the request that shows it. */
import { actionNames, describeWitness, summedDifferences } from "../../account/diff-report.js";
import type { Difference } from "../../account/semantic-diff.js";
import type { Catalogue } from "../../catalogue/catalogue.js";
import { painter } from "../terminal.js";

export function reportDiffJson(differences: readonly Difference[]): string {
  const count = (change: string) => differences.filter((it) => it.change === change).length;
  const summary = { gained: count("gained"), lost: count("lost") };
  return `${JSON.stringify({ version: 1, differences, summary }, null, 2)}\n`;
}

export function reportDiffText(
  differences: readonly Difference[],
  catalogue: Catalogue,
  colours: boolean,
): string {
  if (differences.length === 0) return "No difference in access was found.\n";
  const paint = painter(colours);
  const lines: string[] = [];
  let who: string | undefined;
  for (const difference of summedDifferences(differences)) {
    if (difference.who !== who) lines.push(paint("bold", difference.who));
    who = difference.who;
    const { change, actions } = difference;
    const sign = change === "gained" ? paint("cyan", "+ gains") : paint("red", "- loses");
    lines.push(
      `  ${sign} ${actionNames(actions, catalogue)}`,
      `      ${paint("dim", describeWitness(difference))}`,
    );
  }
  return `${lines.join("\n")}\n`;
}
