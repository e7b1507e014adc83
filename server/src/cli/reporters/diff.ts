/** Access gained and lost, for people and for programs: each difference with the request that shows it. */
import { actionNames, byCallers, describeWitness } from "../../account/diff-report.js";
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
  const lines = byCallers(differences).flatMap(({ who, differences: own }) => [
    paint("bold", who),
    ...own.flatMap((difference) => {
      const sign = difference.change === "gained" ? paint("cyan", "+ gains") : paint("red", "- loses");
      return [
        `  ${sign} ${actionNames(difference.actions, catalogue)}`,
        `      ${paint("dim", describeWitness(difference))}`,
      ];
    }),
  ]);
  return `${lines.join("\n")}\n`;
}
