/**
 * What is worth knowing beside the text: how much a wildcard in an action takes in, and how much room a policy has left.
 * It says so and judges nothing: rules do that.
 */
import type { AccessLevel, Action, Catalogue } from "../catalogue/catalogue.js";
import type { Policy } from "../policy/policy.js";
import { IDENTITY_POLICY, quotaFor } from "../policy/policy-quota.js";
import { sizeOf } from "../policy/policy-size.js";
import type { PolicyKind } from "../policy/words.js";
import { overlaps, type Span } from "../syntax/span.js";

export interface InlayHint {
  /** In front of the character at this offset. */
  readonly at: number;
  readonly label: string;
  /** Markdown. */
  readonly tooltip: string;
}

/** What the hints look at: a policy, and what it is thought to hang on. */
export interface HintedPolicy {
  readonly policy: Policy;
  readonly kind: PolicyKind;
  readonly resourceType: string | undefined;
}

export interface HintOptions {
  readonly wildcardActions: boolean;
  readonly size: boolean;
}

/** In text order. Only what touches `within` is looked at. */
export function inlayHintsIn(
  text: string,
  policies: readonly HintedPolicy[],
  catalogue: Catalogue,
  options: HintOptions,
  within: Span,
): readonly InlayHint[] {
  const hints: InlayHint[] = [];
  for (const hinted of policies) {
    const { node, statements } = hinted.policy;
    if (options.wildcardActions) {
      for (const { actions, notActions } of statements.filter((it) => overlaps(it, within))) {
        for (const { wildcard, value, end } of actions)
          if (wildcard && !isEverything(value))
            hints.push({ at: end, ...wildcardWords(value, "", catalogue) });
        for (const { wildcard, value, end } of notActions)
          if (wildcard && !isEverything(value))
            hints.push({ at: end, ...wildcardWords(value, "but ", catalogue) });
      }
    }
    const size = options.size && overlaps({ start: node.end, end: node.end }, within);
    const words = size ? sizeWords(text, hinted) : undefined;
    if (words !== undefined) hints.push({ at: node.end, ...words });
  }
  return hints.sort((a, b) => a.at - b.at);
}

/** Needs no number; and counting would unpack the whole catalogue. */
function isEverything(pattern: string): boolean {
  return pattern === "*" || pattern === "*:*";
}

type Words = Omit<InlayHint, "at">;

const LEVELS: readonly AccessLevel[] = ["List", "Read", "Write", "Tagging", "Permissions management"];
/** So many names of each access level are shown. */
const SHOWN = 12;

const remembered = new WeakMap<Catalogue, Map<string, Words>>();

function wildcardWords(pattern: string, lead: string, catalogue: Catalogue): Words {
  const known = remembered.get(catalogue) ?? new Map<string, Words>();
  remembered.set(catalogue, known);
  const key = lead + pattern.toLowerCase();
  const words = known.get(key) ?? describe(pattern, lead, catalogue.expand(pattern));
  if (known.size > 1000) known.clear();
  known.set(key, words);
  return words;
}

function describe(pattern: string, lead: string, actions: readonly Action[]): Words {
  const levels = new Map<AccessLevel, Action[]>(LEVELS.map((level) => [level, []]));
  for (const action of actions) levels.get(action.accessLevel)?.push(action);
  const managing = levels.get("Permissions management")?.length ?? 0;
  const count =
    actions.length === 0
      ? "no actions"
      : actions.length === 1
        ? "1 action"
        : `${number(actions.length)} actions`;
  const lines = [...levels].filter(([, of]) => of.length > 0).map(([level, of]) => levelLine(level, of));
  return {
    label: `${lead}${count}${managing > 0 ? `, ${number(managing)} permissions management` : ""}`,
    tooltip: [`\`${pattern}\` matches ${count} today.`, ...lines].join("\n\n"),
  };
}

function levelLine(level: AccessLevel, actions: readonly Action[]): string {
  const names = actions.slice(0, SHOWN).map(({ fullName }) => `\`${fullName}\``);
  const rest = actions.length - names.length;
  return `**${level}** (${number(actions.length)}): ${names.join(", ")}${rest > 0 ? ` and ${number(rest)} more` : ""}`;
}

function sizeWords(text: string, { policy, kind, resourceType }: HintedPolicy): Words | undefined {
  const quota = quotaFor(kind, resourceType);
  if (quota === undefined) return undefined;
  const { limit, measure } = quota;
  const size = sizeOf(text, policy.node)[measure];
  const unit = measure === "bytes" ? "bytes" : "characters";
  const counted =
    measure === "dense" ? "White space between the parts does not count." : "White space counts as well.";
  const raised =
    kind === "identity" ? ` Inline policies of a role may have ${number(IDENTITY_POLICY)} together.` : "";
  return {
    label: `${number(size)} of ${number(limit)} ${unit}`,
    tooltip: `AWS takes ${number(limit)} ${unit} here; ${number(Math.abs(limit - size))} are ${size > limit ? "too many" : "left"}. ${counted}${raised}`,
  };
}

function number(value: number): string {
  return value.toLocaleString("en");
}
