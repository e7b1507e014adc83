/** Access gained and lost, for people and for programs: each difference with the request that shows it. */
import {
  actionNames,
  byCallers,
  type DiffSection,
  describeWitness,
  few,
  shownOf,
  VERBS,
} from "../../account/diff-report.js";
import type { Difference } from "../../account/semantic-diff.js";
import type { Catalogue } from "../../catalogue/catalogue.js";
import { painter } from "../terminal.js";

/** Of several policies, each difference says whose it is. */
export function reportDiffJson(sections: readonly DiffSection[], unchanged: readonly string[]): string {
  const differences = sections.flatMap(({ about, differences: own }) =>
    own.map((it) => (about === undefined ? it : { policy: about.pointer, ...it })),
  );
  const count = (change: string) => differences.filter((it) => it.change === change).length;
  const summary = { gained: count("gained"), lost: count("lost") };
  return `${JSON.stringify({ version: 1, differences, unchanged, summary }, null, 2)}\n`;
}

export function reportSectionsText(
  sections: readonly DiffSection[],
  unchanged: readonly string[],
  catalogue: Catalogue,
  colours: boolean,
): string {
  const found = sections.filter(({ differences }) => differences.length > 0);
  if (found.length === 0) return reportDiffText([], catalogue, colours);
  const paint = painter(colours);
  const rest = unchanged.length === 0 ? [] : [`${paint("dim", `unchanged: ${few(unchanged)}`)}\n`];
  const texts = found.map(({ about, differences }) => {
    const text = reportDiffText(differences, catalogue, colours);
    if (about === undefined) return text;
    return `${paint("bold", about.name)}\n${text.replace(/^(?=.)/gm, "  ")}`;
  });
  return [...texts, ...rest].join("\n");
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
    ...(["gained", "lost"] as const).flatMap((change) => {
      const changed = own.filter((it) => it.change === change);
      const { shown, others } = shownOf(changed, catalogue);
      const sign = `  ${change === "gained" ? paint("cyan", `+ ${VERBS.gained}`) : paint("red", `- ${VERBS.lost}`)}`;
      return [
        ...shown.flatMap((it) => [
          `${sign} ${actionNames(it.actions, catalogue)}`,
          `      ${paint("dim", describeWitness(it))}`,
        ]),
        ...(others.length === 0
          ? []
          : [
              `${sign} also ${others.join(", ")}`,
              `      ${paint("dim", "the requests that show these are in --format json")}`,
            ]),
      ];
    }),
  ]);
  return `${lines.join("\n")}\n`;
}
