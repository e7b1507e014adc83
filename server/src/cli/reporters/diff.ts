/** Access gained and lost, for people and for programs: each difference with the request that shows it. */
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
  for (const difference of summed(differences)) {
    if (difference.who !== who) lines.push(paint("bold", difference.who));
    who = difference.who;
    const { change, actions, resources, witness } = difference;
    const sign = change === "gained" ? paint("cyan", "+ gains") : paint("red", "- loses");
    const context = Object.entries(witness.context).map(([key, value]) => `${key}=${String(value)}`);
    const under = context.length === 0 ? "" : ` with ${context.join(" ")}`;
    const more = resources.length > 1 ? ` (and ${resources.length - 1} more)` : "";
    const shown = `${witness.action} on ${witness.resource}${more}${under}: ${witness.before} → ${witness.after}`;
    lines.push(`  ${sign} ${namesOf(actions, catalogue)}`, `      ${paint("dim", shown)}`);
  }
  return `${lines.join("\n")}\n`;
}

/** For people, one line for a service where nothing but the kind of resource differs. */
function summed(differences: readonly Difference[]): readonly Difference[] {
  const found = new Map<string, Difference>();
  for (const difference of differences) {
    const { who, change, actions, resources, witness } = difference;
    const [service] = witness.action.split(":");
    const key = JSON.stringify([who, change, service, witness.context, witness.before, witness.after]);
    const known = found.get(key);
    found.set(
      key,
      known === undefined
        ? difference
        : {
            ...known,
            actions: [...new Set([...known.actions, ...actions])].sort(),
            resources: [...new Set([...known.resources, ...resources])],
          },
    );
  }
  return [...found.values()];
}

const FEW = 4;

/** All of a service's actions, the few there are, or how many and which first. */
function namesOf(actions: readonly string[], catalogue: Catalogue): string {
  const [first = ""] = actions;
  const service = first.slice(0, first.indexOf(":"));
  if (actions.length > 1 && actions.length === catalogue.service(service)?.actions.size)
    return `${service}:*`;
  if (actions.length <= FEW) return actions.join(", ");
  return `${actions.slice(0, FEW).join(", ")} and ${actions.length - FEW} more`;
}
