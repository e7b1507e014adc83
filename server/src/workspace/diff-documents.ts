/**
 * Two versions of a document that holds policies, compared policy by policy: which of them are the same ones, and which
 * access each of them gains and loses. Accounts are compared as a whole, by `account/diff-accounts.ts`.
 */
import { askersOf, diffPolicies } from "../account/diff-policies.js";
import type { DiffSection, PolicyInDocument } from "../account/diff-report.js";
import { noAccess } from "../account/full-access.js";
import type { Catalogue } from "../catalogue/catalogue.js";
import type { Policy } from "../policy/policy.js";
import { toJson } from "../syntax/to-json.js";
import { toPointer } from "../syntax/tree.js";
import { atSameKeys } from "./counterpart.js";
import { type DocumentPolicies, isTemplate, pathOfPolicy } from "./document-policies.js";

export interface DocumentsDiff {
  /** One for each policy; about where it stands, unless it is the only one. */
  readonly sections: readonly DiffSection[];
  /** What cannot be compared, each in a sentence. */
  readonly notes: readonly string[];
}

export function diffDocuments(
  before: DocumentPolicies,
  now: DocumentPolicies,
  catalogue: Catalogue,
): DocumentsDiff {
  const { pairs, unclear } = pairsOf(before, now);
  const several = pairs.length + unclear.length > 1;
  const notes = unclear.map((policy) => leftOut(policy, UNCLEAR));
  const sections: DiffSection[] = [];
  for (const { policy, old, fresh } of pairs) {
    const about = several ? policy : undefined;
    const [was, is] = [old ?? noAccess(), fresh ?? noAccess()];
    if (was === undefined || is === undefined || sameText(was, is)) {
      sections.push({ about, differences: [], callers: [] });
    } else if (isTemplate(was) || isTemplate(is)) {
      notes.push(leftOut(policy, TEMPLATE));
    } else {
      const callers = askersOf([was, is]).map(({ who }) => who);
      sections.push({ about, differences: diffPolicies(was, is, catalogue), callers });
    }
  }
  return { sections, notes };
}

function leftOut({ name }: PolicyInDocument, why: string): string {
  return `\`${name}\` is left out: ${why}.`;
}

const UNCLEAR = "which policy of the other version it is cannot be told";
const TEMPLATE = "a template fills in a part of it when it is deployed";

interface Pair {
  readonly policy: PolicyInDocument;
  /** `undefined` for a policy that came, or that went. */
  readonly old: Policy | undefined;
  readonly fresh: Policy | undefined;
}

/** By place, then those that say the same; what is left on one side alone came or went. */
function pairsOf(
  before: DocumentPolicies,
  now: DocumentPolicies,
): { readonly pairs: readonly Pair[]; readonly unclear: readonly PolicyInDocument[] } {
  const pairs: Pair[] = [];
  const olds = new Set(before.policies);
  const news = new Set(now.policies);
  const pair = (old: Policy, fresh: Policy) => {
    olds.delete(old);
    news.delete(fresh);
    pairs.push({ policy: placeOf(now, fresh), old, fresh });
  };
  const pairEach = (find: (fresh: Policy) => Policy | undefined) => {
    for (const fresh of news) {
      const old = find(fresh);
      if (old !== undefined && olds.has(old)) pair(old, fresh);
    }
  };
  pairEach((fresh) => atSameKeys(now, fresh, before));
  const byText = new Map([...olds].map((it) => [textOf(it), it]));
  pairEach((fresh) => byText.get(textOf(fresh)));
  if (olds.size === news.size) {
    const inOrder = new Map([...news].map((it, index) => [it, [...olds][index]]));
    pairEach((fresh) => inOrder.get(fresh));
  } else if (olds.size > 0 && news.size > 0) {
    return { pairs, unclear: [...news].map((it) => placeOf(now, it)) };
  }
  for (const fresh of news) pairs.push({ policy: placeOf(now, fresh), old: undefined, fresh });
  for (const old of olds) pairs.push({ policy: placeOf(before, old), old, fresh: undefined });
  return { pairs, unclear: [] };
}

function placeOf(document: DocumentPolicies, policy: Policy): PolicyInDocument {
  const path = pathOfPolicy(document, policy);
  const pointer = toPointer(path);
  const byKeys = path.every((step) => typeof step === "string");
  return { pointer, name: byKeys ? pointer : `line ${document.lineOf(policy)}` };
}

function sameText(a: Policy, b: Policy): boolean {
  return textOf(a) === textOf(b);
}

function textOf({ node }: Policy): string {
  return JSON.stringify(toJson(node));
}
