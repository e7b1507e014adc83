/** Families of actions: `s3:*`, those that begin with the typed letters, and those that people write. */
import type { Service } from "../../catalogue/catalogue.js";
import type { Usage } from "../usage.js";
import type { ActionScores } from "./action-score.js";
import type { Suggestion } from "./offer.js";

const WORD = /[A-Z][a-z0-9]*|[A-Z0-9]+(?![a-z])|./g;

/** `s3:Get*`, behind `Get` also `s3:GetObject*`, and what people write although it ends inside a word. */
export function families(
  usage: Usage,
  service: Service,
  typedName: string,
  granted: (name: string) => boolean,
  scores: ActionScores,
): readonly Suggestion[] {
  const { prefix, actions } = service;
  const folded = typedName.toLowerCase();
  const { counts, fitting } = stemsBehind(service, folded);
  for (const [stem, count] of writtenFamilies(usage, service)) {
    if (stem.toLowerCase().startsWith(folded)) counts.set(stem, count);
  }
  const found: Suggestion[] = [];
  const add = (label: string, detail: string, score: number) => {
    if (!granted(label)) found.push({ label, type: "wildcard", detail, about: { what: "wildcard" }, score });
  };
  for (const [stem, count] of counts) {
    // All that the letters can become is likely to be meant.
    const whole = folded !== "" && (stem.toLowerCase() === folded || count === fitting) ? 3 : 0;
    const score = scores.family(`${stem}*`) + Math.log2(count) / 4 + whole;
    add(`${prefix}:${stem}*`, count === 1 ? "1 action" : `${count} actions`, score);
  }
  add(`${prefix}:*`, `all ${actions.size} actions`, Math.max(scores.family("*"), scores.everything));
  return found;
}

/** The typed letters up to the end of a word, and up to the end of the next, with how many actions begin so. */
function stemsBehind(service: Service, folded: string) {
  const counts = new Map<string, number>();
  let fitting = 0;
  const count = (stem: string) => counts.set(stem, (counts.get(stem) ?? 0) + 1);
  for (const { name, lower, ends } of namesOf(service)) {
    if (!lower.startsWith(folded)) continue;
    fitting++;
    const next = ends.find((end) => end > folded.length) ?? name.length;
    count(name.slice(0, next));
    // The typed word itself is a family too.
    if (folded !== "" && ends.includes(folded.length)) count(name.slice(0, folded.length));
  }
  for (const [stem, number] of counts) if (number < 2) counts.delete(stem);
  return { counts, fitting };
}

interface Name {
  readonly name: string;
  readonly lower: string;
  /** Where its words end. */
  readonly ends: readonly number[];
}

const names = new WeakMap<Service, readonly Name[]>();

function namesOf(service: Service): readonly Name[] {
  let known = names.get(service);
  if (known === undefined) {
    known = [...service.actions].map(([lower, { name }]) => {
      let end = 0;
      return { name, lower, ends: (name.match(WORD) ?? []).map((word) => (end += word.length)) };
    });
    names.set(service, known);
  }
  return known;
}

const written = new WeakMap<Usage, Map<string, ReadonlyMap<string, number>>>();

/** What people write of the service, without the asterisk, with how many actions it matches. */
function writtenFamilies(usage: Usage, service: Service): ReadonlyMap<string, number> {
  const ofUsage = written.get(usage) ?? new Map<string, ReadonlyMap<string, number>>();
  written.set(usage, ofUsage);
  let known = ofUsage.get(service.prefix);
  if (known === undefined) {
    const counts = new Map<string, number>();
    // In one text, which is searched faster than many.
    const all = ["", ...namesOf(service).map(({ name }) => name)].join("\n");
    const folded = all.toLowerCase();
    for (const pattern of usage.actions(service.prefix).keys()) {
      if (!/^\w+\*$/.test(pattern)) continue;
      const line = `\n${pattern.slice(0, -1)}`;
      const first = folded.indexOf(line);
      if (first < 0) continue;
      counts.set(all.slice(first + 1, first + line.length), folded.split(line).length - 1);
    }
    known = counts;
    ofUsage.set(service.prefix, known);
  }
  return known;
}
