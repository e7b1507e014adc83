/** What a hover says about an action with wildcards: how many it matches, which, and what listing them would take. */

import type { AccessLevel, Action, Catalogue } from "../../catalogue/catalogue.js";
import { counted } from "../../policy/counted.js";
import { servicePage } from "../reference-page.js";
import { bullets, code, link, paragraphs } from "./markdown.js";

/** The most dangerous first. */
const LEVELS: readonly AccessLevel[] = ["Permissions management", "Write", "Tagging", "Read", "List"];
/** Longer lists nobody reads; they are counted by service. */
const MOST_LISTED = 1000;

export function wildcardText(catalogue: Catalogue, pattern: string): string {
  const actions = catalogue.expand(pattern);
  const retired = catalogue.retiredLike(pattern);
  const title = `${code(pattern)} · ${counted(actions.length, "action")}`;
  if (actions.length === 0) {
    const gone =
      retired.length === 0
        ? undefined
        : `It matched ${counted(retired.length, "action")} that AWS has dropped.`;
    return paragraphs(title, gone ?? "It matches no action of AWS.");
  }
  const service = catalogue.service(pattern.slice(0, Math.max(0, pattern.indexOf(":"))));
  return paragraphs(
    title,
    pattern === "*" ? "Every action of every service, those that AWS adds in the future too." : undefined,
    levels(actions),
    actions.length > MOST_LISTED ? byService(actions) : byLevel(actions),
    actions.length > MOST_LISTED ? undefined : writtenOut(pattern, actions),
    service && link(`${service.name} in AWS's reference`, servicePage(service)),
  );
}

function levels(actions: readonly Action[]): string {
  return LEVELS.flatMap((level) => {
    const number = actions.filter(({ accessLevel }) => accessLevel === level).length;
    return number === 0 ? [] : [`${number} ${level.toLowerCase()}`];
  }).join(" · ");
}

function byLevel(actions: readonly Action[]): string {
  return LEVELS.flatMap((level) => {
    const found = actions.filter(({ accessLevel }) => accessLevel === level);
    return found.length === 0
      ? []
      : [`**${level}**: ${found.map(({ fullName }) => code(fullName)).join(", ")}`];
  }).join("\n\n");
}

function byService(actions: readonly Action[]): string {
  const counts = new Map<string, number>();
  for (const { service } of actions) counts.set(service, (counts.get(service) ?? 0) + 1);
  const most = [...counts].sort((a, b) => b[1] - a[1]);
  const shown = most.slice(0, 10).map(([service, number]) => `${code(service)} ${number}`);
  return `Of ${counted(most.length, "service")}, the largest of which are:\n${bullets(shown)}`;
}

/** As a compact list, which is how AWS counts the size of a policy. */
function writtenOut(pattern: string, actions: readonly Action[]): string {
  const size = actions.reduce((sum, { fullName }) => sum + fullName.length + 3, 0);
  return `One by one they would take ${size} characters instead of ${pattern.length + 2}.`;
}
