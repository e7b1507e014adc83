/** New names for Sids and placeholders: what may be renamed, which names are names, and what changes. */
import type { Policy } from "../policy/policy.js";
import type { Edit } from "../syntax/span.js";
import type { Tree } from "../syntax/tree.js";
import { type NamedPlace, nameAt, occurrencesOf } from "./occurrences.js";

export interface Renamable {
  readonly place: NamedPlace;
  /** What to show for editing: a placeholder without its delimiters. */
  readonly name: string;
}

export type Renamed = { readonly edits: readonly Edit[] } | { readonly refusal: string };

const SID = /^[A-Za-z0-9]+$/;
/** Resource policies take more; quotes, backslashes and what controls the text stay out all the same. */
const WIDE_SID = /^[^"\\\p{Cc}]+$/u;
const PLACEHOLDER = /^[A-Za-z][\w .-]{0,62}$/;
const DELIMITERS = /^(<|\{\{\s*)(.*?)(>|\s*\}\})$/s;

/** `undefined` where nothing can be renamed. */
export function renamableAt(tree: Tree, policies: readonly Policy[], offset: number): Renamable | undefined {
  const place = nameAt(tree, policies, offset);
  if (place?.type === "sid") return { place, name: place.text };
  if (place?.type !== "placeholder") return undefined;
  return { place, name: DELIMITERS.exec(place.text)?.[2] ?? place.text };
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
    if (!(wide ? WIDE_SID : SID).test(newName))
      return {
        refusal: wide ? "Quotes and backslashes do not go into a Sid." : "A Sid has letters and digits only.",
      };
    return { edits: [{ ...place.at, newText: newName }] };
  }
  const name = (DELIMITERS.exec(newName)?.[2] ?? newName).trim();
  if (!PLACEHOLDER.test(name))
    return {
      refusal:
        "The name of a placeholder starts with a letter and has letters, digits, spaces and . _ - only.",
    };
  const [, open = "<", , close = ">"] = DELIMITERS.exec(place.text) ?? [];
  const newText = open + name + close;
  return {
    edits: occurrencesOf(place, tree, policies).map(({ start, end }) => ({ start, end, newText })),
  };
}
