/** What is meant by a list with ticks in it and a text above it. It knows no list of VS Code's. */
export interface Ticks<Item extends { readonly label: string }> {
  readonly text: string;
  readonly items: readonly Item[];
  /** What was ticked when the text was last changed, and what is ticked now. */
  readonly ticked: readonly Item[];
  readonly selected: readonly Item[];
}

/** What somebody has typed and not ticked is meant all the same, unless it was for finding what they then ticked. */
export function pickedOf<Item extends { readonly label: string }>({
  text,
  items,
  ticked,
  selected,
}: Ticks<Item>): readonly Item[] {
  const has = (list: readonly Item[], { label }: Item) => list.some((it) => it.label === label);
  const isForFinding = selected.some((it) => !has(ticked, it)) || ticked.some((it) => !has(selected, it));
  const typed = items.find(({ label }) => label === text.trim());
  return typed === undefined || isForFinding || has(selected, typed) ? selected : [...selected, typed];
}
