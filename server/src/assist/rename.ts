/**
 * New names for Sids and placeholders: what may be renamed, which names are names, and what changes. A placeholder gets
 * another name in delimiters, and anything else in its place fills it.
 */
import type { Policy } from "../policy/policy.js";
import type { Edit } from "../syntax/span.js";
import type { Tree } from "../syntax/tree.js";
import { type NamedPlace, nameAt, occurrencesOf } from "./occurrences.js";

export interface Renamable {
  readonly place: NamedPlace;
  /** What to show for editing. */
  readonly name: string;
}

export type Renamed = { readonly edits: readonly Edit[] } | { readonly refusal: string };

const SID = /^[A-Za-z0-9]+$/;
/** What goes into a text as it is: no quotes, no backslashes, nothing that controls the text. */
const VALUE = /^[^"\\\p{Cc}]+$/u;
const PLACEHOLDER = /^[A-Za-z][\w .-]{0,62}$/;
const DELIMITERS = /^(<|\{\{\s*)(.*?)(>|\s*\}\})$/s;

/** `undefined` where nothing can be renamed. */
export function renamableAt(tree: Tree, policies: readonly Policy[], offset: number): Renamable | undefined {
  const place = nameAt(tree, policies, offset);
  return place?.type === "sid" || place?.type === "placeholder" ? { place, name: place.text } : undefined;
}

/** @param wide may the Sid have other characters than letters and digits, as in policies of resources? */
export function rename(
  { place }: Renamable,
  newName: string,
  tree: Tree,
  policies: readonly Policy[],
  wide: boolean,
): Renamed {
  if (place.type === "sid") {
    if (!(wide ? VALUE : SID).test(newName))
      return {
        refusal: wide ? "Quotes and backslashes do not go into a Sid." : "A Sid has letters and digits only.",
      };
    return { edits: [{ ...place.at, newText: newName }] };
  }
  const named = DELIMITERS.exec(newName.trim());
  if (named === null && !VALUE.test(newName))
    return { refusal: "Quotes and backslashes are not put in the place of a placeholder." };
  if (named !== null && !PLACEHOLDER.test(named[2] ?? ""))
    return {
      refusal:
        "The name of a placeholder starts with a letter and has letters, digits, spaces and . _ - only.",
    };
  const [, open = "<", , close = ">"] = DELIMITERS.exec(place.text) ?? [];
  const newText = named === null ? newName : open + named[2] + close;
  return {
    edits: occurrencesOf(place, tree, policies).map(({ start, end }) => ({ start, end, newText })),
  };
}
