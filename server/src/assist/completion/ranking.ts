/** Which suggestions fit what has been typed, and in which order they stand. */
import { remembered } from "../../policy/once.js";
import type { Counts } from "../usage.js";
import type { Suggestion } from "./offer.js";

/** No score makes up for a worse fit. */
export const FIT_WEIGHT = 1000;

/** How well a word fits the typed text: lower is better, `undefined` not at all. Case never matters. */
export function fitOf(word: string, typed: string): number | undefined {
  if (typed === "") return 0;
  const folded = word.toLowerCase();
  const at = folded.indexOf(typed);
  if (at === 0) return 0;
  if (at > 0) return startsWord(word, at) ? 1 : typed.length > 2 ? 2 : undefined;
  if (typed.length < 2 || (/^[a-z]/.test(folded) && folded[0] !== typed[0])) return undefined;
  return humps(word).startsWith(typed) ? 2 : undefined;
}

/** Does a suggestion fit the typed text at all? In lower case. */
export function fits(suggestion: Pick<Suggestion, "label" | "words">, typed: string): boolean {
  return typed === "" || bestFit(suggestion, typed) !== undefined;
}

/** A count as a score: ten times as often is worth the same step everywhere. */
export function weight(count: number | undefined): number {
  return Math.log2(1 + (count ?? 0));
}

/** The highest of counts that stand in their order, to measure the others by. */
export function mostOf(counts: Counts): number {
  for (const count of counts.values()) return Math.max(1, count);
  return 1;
}

/** As many as most people look through; the rest comes with more letters. */
const MOST = 60;

/**
 * By fit, then by score; the most that an editor is sent.
 * @param whole a list of up to so many is sent as a whole; of a longer one the best
 */
export function ranked(
  suggestions: Iterable<Suggestion>,
  typed: string,
  whole = MOST,
): { readonly found: readonly Suggestion[]; readonly left: boolean } {
  const folded = typed.toLowerCase();
  const fitting: { readonly suggestion: Suggestion; readonly rank: number }[] = [];
  const seen = new Set<string>();
  for (const suggestion of suggestions) {
    if (seen.has(suggestion.label)) continue;
    const best = bestFit(suggestion, folded);
    if (best === undefined) continue;
    seen.add(suggestion.label);
    fitting.push({ suggestion, rank: suggestion.score - FIT_WEIGHT * best });
  }
  fitting.sort((a, b) => b.rank - a.rank);
  const most = fitting.length > whole ? MOST : whole;
  return {
    found: fitting.slice(0, most).map(({ suggestion }) => suggestion),
    left: fitting.length > most,
  };
}

/** Of the label or of the words that stand for it. Typed in lower case. */
export function bestFit(
  { label, words }: Pick<Suggestion, "label" | "words">,
  typed: string,
): number | undefined {
  const own = fitOf(label, typed);
  if (own === 0 || words === undefined) return own;
  const other = fitOf(words, typed);
  return other === undefined ? own : Math.min(own ?? 9, other + 0.5);
}

/** Is there a capital, or no letter in front? */
function startsWord(word: string, at: number): boolean {
  return /[A-Z0-9]/.test(word[at] ?? "") || !/[A-Za-z0-9]/.test(word[at - 1] ?? "");
}

/** The letters that words begin with: `gobj` is not asked for, `go` finds `GetObject`. */
const humps = remembered((word: string): string =>
  word.replace(/([A-Za-z])[a-z0-9]*|[^A-Za-z]/g, "$1").toLowerCase(),
);
