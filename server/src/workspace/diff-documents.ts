/**
 * Two versions of a document that holds policies, compared policy by policy: which of them are the same ones, and which
 * access each of them gains and loses. Accounts are compared as a whole, by `account/diff-accounts.ts`.
 */
import { diffPolicies } from "../account/diff-policies.js";
import type { DiffSection } from "../account/diff-report.js";
import { noAccess } from "../account/full-access.js";
import type { Difference } from "../account/semantic-diff.js";
import type { Catalogue } from "../catalogue/catalogue.js";
import type { Policy } from "../policy/policy.js";
import { toJson } from "../syntax/to-json.js";
import { atSameKeys } from "./counterpart.js";
import { type DocumentPolicies, isTemplate, pointerOfPolicy } from "./document-policies.js";

/** The difference of a policy, with where it stands: now, or before it went. */
export interface PolicyDifference extends Difference {
  /** A JSON pointer; empty where the document is the policy. */
  readonly policy: string;
}

export interface DocumentsDiff {
  readonly differences: readonly PolicyDifference[];
  /** How many policies there are to compare, those that are left out included. */
  readonly compared: number;
  /** Pointers of the policies that cannot be compared, with the reason. */
  readonly left: readonly { readonly policy: string; readonly why: string }[];
}

export function diffDocuments(
  before: DocumentPolicies,
  now: DocumentPolicies,
  catalogue: Catalogue,
): DocumentsDiff {
  const { pairs, unclear } = pairsOf(before, now);
  const left = unclear.map((policy) => ({ policy, why: UNCLEAR }));
  const differences: PolicyDifference[] = [];
  for (const { policy, old, fresh } of pairs) {
    if (old !== undefined && fresh !== undefined && sameText(old, fresh)) continue;
    if ([old, fresh].some((it) => it !== undefined && isTemplate(it))) {
      left.push({ policy, why: TEMPLATE });
      continue;
    }
    const [was, is] = [old ?? noAccess(), fresh ?? noAccess()];
    const found = was === undefined || is === undefined ? [] : diffPolicies(was, is, catalogue);
    differences.push(...found.map((it) => ({ policy, ...it })));
  }
  return { differences, compared: pairs.length + unclear.length, left };
}

/** The differences policy by policy, as reports show them, and what was left out in sentences. */
export function sectionsOf({ differences, compared, left }: DocumentsDiff): {
  readonly sections: readonly DiffSection[];
  readonly notes: readonly string[];
} {
  const several = compared > 1;
  const byPolicy = new Map<string, Difference[]>();
  for (const { policy, ...difference } of differences) {
    const known = byPolicy.get(policy);
    if (known === undefined) byPolicy.set(policy, [difference]);
    else known.push(difference);
  }
  return {
    sections: [...byPolicy].map(([policy, own]) => ({
      about: several ? policy : undefined,
      differences: own,
    })),
    notes: left.map(({ policy, why }) => `\`${policy}\` is left out: ${why}.`),
  };
}

const UNCLEAR = "which policy of the other version it is cannot be told";
const TEMPLATE = "a template fills in a part of it when it is deployed";

interface Pair {
  readonly policy: string;
  /** `undefined` for a policy that came, or that went. */
  readonly old: Policy | undefined;
  readonly fresh: Policy | undefined;
}

/** By place, then those that say the same; what is left on one side alone came or went. */
function pairsOf(
  before: DocumentPolicies,
  now: DocumentPolicies,
): { readonly pairs: readonly Pair[]; readonly unclear: readonly string[] } {
  const pairs: Pair[] = [];
  const olds = new Set(before.policies);
  const news = new Set(now.policies);
  const pair = (old: Policy, fresh: Policy) => {
    olds.delete(old);
    news.delete(fresh);
    pairs.push({ policy: pointerOfPolicy(now, fresh), old, fresh });
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
    return { pairs, unclear: [...news].map((it) => pointerOfPolicy(now, it)) };
  }
  for (const fresh of news) pairs.push({ policy: pointerOfPolicy(now, fresh), old: undefined, fresh });
  for (const old of olds) pairs.push({ policy: pointerOfPolicy(before, old), old, fresh: undefined });
  return { pairs, unclear: [] };
}

function sameText(a: Policy, b: Policy): boolean {
  return textOf(a) === textOf(b);
}

function textOf({ node }: Policy): string {
  return JSON.stringify(toJson(node));
}
