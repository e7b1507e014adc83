/** Access gained and lost in words, the same for the terminal and for editors, and as a Markdown document. */
import type { Catalogue } from "../catalogue/catalogue.js";
import type { Difference } from "./semantic-diff.js";

/** One document about two states of an account or of a policy. */
export interface DiffHeading {
  readonly title: string;
  readonly before: string;
  readonly after: string;
}

/** One of several policies. */
export interface PolicyInDocument {
  /** A JSON pointer. */
  readonly pointer: string;
  /** For people: the pointer where keys lead to it, otherwise the line. */
  readonly name: string;
}

/** Differences that belong together. */
export interface DiffSection {
  /** What they are about; `undefined` where there is one thing alone. */
  readonly about: PolicyInDocument | undefined;
  readonly differences: readonly Difference[];
  /** Who was compared. */
  readonly callers: readonly string[];
}

/** What stays as it is: of several policies those, of one thing the callers. */
export function unchangedIn(
  sections: readonly DiffSection[],
  nameOf: (policy: PolicyInDocument) => string = ({ name }) => name,
): readonly string[] {
  return sections.flatMap(({ about, differences, callers }) => {
    if (about !== undefined) return differences.length === 0 ? [nameOf(about)] : [];
    const touched = new Set(differences.map(({ who }) => who));
    return callers.filter((it) => !touched.has(it));
  });
}

/** The first few, and how many more. */
export function few(names: readonly string[]): string {
  if (names.length <= FEW_CALLERS) return names.join(", ");
  return `${names.slice(0, FEW_CALLERS).join(", ")} and ${names.length - FEW_CALLERS} more`;
}

/** @param notes what is not compared, each in a sentence */
export function diffMarkdown(
  sections: readonly DiffSection[],
  { title, before, after }: DiffHeading,
  catalogue: Catalogue,
  notes: readonly string[] = [],
): string {
  const intro = [`# ${title}`, "", `From ${before} to ${after}, by what the policies mean.`, ""];
  const found = sections.filter(({ differences }) => differences.length > 0);
  const lines = found.flatMap(({ about, differences }) =>
    about === undefined
      ? callerSections(differences, catalogue, "## ")
      : [`## \`${about.name}\``, "", ...callerSections(differences, catalogue, "### ")],
  );
  const unchanged = found.length === 0 ? [] : unchangedIn(sections);
  const more = [
    ...(unchanged.length === 0 ? [] : [`Unchanged: ${few(unchanged.map((it) => `\`${it}\``))}.`, ""]),
    ...(notes.length === 0 ? [] : [...notes.map((it) => `- ${it}`), ""]),
  ];
  const ends = found.length === 0 ? [NOTHING, "", ...more] : [...lines, ...more, CLOSING, ""];
  return [...intro, ...ends].join("\n");
}

const NOTHING = "No difference in access was found.";
const CLOSING = [
  "---",
  "",
  "Every difference is shown by a request that both sides have decided, and decided differently. That nothing else is named is strong evidence and no proof.",
].join("\n");

export function accessMarkdown(differences: readonly Difference[], catalogue: Catalogue): string {
  if (differences.length === 0) return NOTHING;
  return [...callerSections(differences, catalogue, "### "), CLOSING].join("\n");
}

/** @param level of the headings, one for each caller */
function callerSections(
  differences: readonly Difference[],
  catalogue: Catalogue,
  level: "## " | "### ",
): readonly string[] {
  return byCallers(differences).flatMap(({ who, differences: own }) => {
    const lines = (["gained", "lost"] as const).flatMap((change) =>
      changeLines(
        own.filter((it) => it.change === change),
        catalogue,
      ),
    );
    return [`${level}${who}`, "", ...lines, ""];
  });
}

function changeLines(differences: readonly Difference[], catalogue: Catalogue): readonly string[] {
  const { shown, others } = shownOf(differences, catalogue);
  const [first] = differences;
  return [
    ...shown.flatMap((it) => [
      `- **${VERBS[it.change]}** \`${actionNames(it.actions, catalogue)}\`  `,
      `  \`${describeWitness(it)}\``,
    ]),
    ...(first === undefined || others.length === 0
      ? []
      : [`- **${VERBS[first.change]}** also ${others.map((it) => `\`${it}\``).join(", ")}`]),
  ];
}

/** Beyond so many differences of one caller, people read names and no requests. */
const SHOWN = 12;

/** The differences of one caller that are shown with their requests, and what the others are about. */
export function shownOf(
  differences: readonly Difference[],
  catalogue: Catalogue,
): { readonly shown: readonly Difference[]; readonly others: readonly string[] } {
  const others = differences.slice(SHOWN).map(({ actions }) => actionNames(actions, catalogue));
  return { shown: differences.slice(0, SHOWN), others: [...new Set(others)] };
}

export const VERBS = { gained: "gains", lost: "loses" } as const;

/** The request that shows a difference: what, on what, under which circumstances, and how it turned out before and after. */
export function describeWitness({ resources, witness }: Difference): string {
  const context = Object.entries(witness.context).map(([key, value]) => `${key}=${String(value)}`);
  const under = context.length === 0 ? "" : ` with ${context.join(" ")}`;
  const more = resources.length > 1 ? ` (and ${resources.length - 1} more)` : "";
  return `${witness.action} on ${witness.resource}${more}${under}: ${witness.before} → ${witness.after}`;
}

export interface CallersDifferences {
  /** One caller, or several with whom exactly the same becomes different. */
  readonly who: string;
  readonly differences: readonly Difference[];
}

const FEW_CALLERS = 3;

/** For people: callers with the same differences together, and one line for each service. */
export function byCallers(differences: readonly Difference[]): readonly CallersDifferences[] {
  const own = new Map<string, Difference[]>();
  for (const difference of summedDifferences(differences)) {
    const list = own.get(difference.who);
    if (list === undefined) own.set(difference.who, [difference]);
    else list.push(difference);
  }
  const alike = new Map<
    string,
    { readonly callers: string[]; readonly differences: readonly Difference[] }
  >();
  for (const [who, list] of own) {
    const key = JSON.stringify(list.map((it) => ({ ...it, who: "" })));
    const known = alike.get(key);
    if (known === undefined) alike.set(key, { callers: [who], differences: list });
    else known.callers.push(who);
  }
  return [...alike.values()].map(({ callers, differences: list }) => ({
    who: few(callers),
    differences: list,
  }));
}

/** One difference for a service where nothing but the kind of resource differs. */
function summedDifferences(differences: readonly Difference[]): readonly Difference[] {
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
export function actionNames(actions: readonly string[], catalogue: Catalogue): string {
  const [first = ""] = actions;
  const service = first.slice(0, first.indexOf(":"));
  if (actions.length > 1 && actions.length === catalogue.service(service)?.actions.size)
    return `${service}:*`;
  if (actions.length <= FEW) return actions.join(", ");
  return `${actions.slice(0, FEW).join(", ")} and ${actions.length - FEW} more`;
}
