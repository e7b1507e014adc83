/**
 * Does somebody have, in the middle of a plan, more than before it and more than after it? Told from statements as a
 * whole, without deciding requests: "no" is sure as far as the statements of users and roles go, "yes" is a guess.
 */

import { opened } from "../../policy/arn-pattern.js";
import { canonicalStatement } from "../../policy/canonical-statement.js";
import { coversExtent, type Extent, extentOf } from "../../policy/extent.js";
import { patternsOverlap } from "../../policy/wildcard.js";
import { ALLOW } from "../../policy/words.js";
import { policyIn, sameDocument } from "./document-meaning.js";
import {
  ATTACHED,
  BOUNDARY,
  BUCKET_POLICY,
  DOCUMENT,
  type Facts,
  factOf,
  GROUP,
  INLINE,
  kindOf,
  nameOf,
  policyName,
  restOf,
  type SubjectId,
  subjectId,
  TRUST,
} from "./facts.js";

export interface TransientAccess {
  /**
   * Those whom a state in between gives what neither the start nor the end gives them.
   * @param touched the subjects that the last step changed: nobody else is looked at
   */
  excess(state: Facts, touched: SubjectId): readonly SubjectId[];
}

interface Atom {
  readonly key: string;
  readonly extent: Extent | undefined;
}

interface Grants {
  readonly allows: readonly Atom[];
  readonly denies: readonly Atom[];
  readonly keys: ReadonlySet<string>;
  /** What the boundary allows; `undefined` without one. */
  readonly boundary: ReadonlySet<string> | undefined;
}

/** @param documentOfAws the text of a policy of AWS, by ARN */
export function transientAccess(
  before: Facts,
  after: Facts,
  documentOfAws: (arn: string) => string | undefined,
): TransientAccess {
  const affected = affectedBy(before, after);
  const buckets = [...after.keys()].filter(
    (it) => kindOf(it) === "bucket" && factOf(before, it, BUCKET_POLICY) !== factOf(after, it, BUCKET_POLICY),
  );
  // A bucket matters to what people have by their own policies only where it denies something.
  const denying = buckets.filter((it) =>
    [before, after].some((facts) => atomsOf(factOf(facts, it, BUCKET_POLICY) ?? "").denies.length > 0),
  );
  const remembered = { before: new Map<SubjectId, Grants>(), after: new Map<SubjectId, Grants>() };
  const side = (which: "before" | "after", who: SubjectId) => {
    let grants = remembered[which].get(who);
    if (grants === undefined) {
      grants = grantsOf(which === "before" ? before : after, who, documentOfAws);
      remembered[which].set(who, grants);
    }
    return grants;
  };

  const exceeds = (state: Facts, who: SubjectId, touched: SubjectId): boolean => {
    const now = grantsOf(state, who, documentOfAws);
    if (now.allows.length === 0) return false;
    const old = side("before", who);
    const next = side("after", who);
    const { mustFitOld, mustFitNext } = trustDemands(before, state, after, who);
    const scopes = kindOf(touched) === "bucket" ? [touched] : [undefined, ...denying];
    return scopes.some((bucket) => {
      const [nowHere, oldHere, nextHere] = [
        withBucket(now, state, bucket),
        withBucket(old, before, bucket),
        withBucket(next, after, bucket),
      ];
      return nowHere.allows.some((atom) => {
        const fitsOld = isWithin(atom, nowHere, oldHere);
        const fitsNext = isWithin(atom, nowHere, nextHere);
        return (!fitsOld && (mustFitOld || !fitsNext)) || (!fitsNext && mustFitNext);
      });
    });
  };
  return { excess: (state, touched) => affected(touched).filter((who) => exceeds(state, who, touched)) };
}

/** Whoever may assume the role only before, or only after, must not meet what the role has at the other time. */
function trustDemands(before: Facts, state: Facts, after: Facts, who: SubjectId) {
  const [old, now, next] = [before, state, after].map((it) => factOf(it, who, TRUST));
  const changes = old !== undefined && now !== undefined && next !== undefined && !sameDocument(old, next);
  if (!changes) return { mustFitOld: false, mustFitNext: false };
  const isOld = sameDocument(old, now);
  return {
    mustFitOld: isOld && allowsMore(old, next),
    mustFitNext: !isOld && allowsMore(next, old),
  };
}

function allowsMore(text: string, than: string): boolean {
  const others = atomsOf(than).allows;
  return atomsOf(text).allows.some((it) => !isAmong(it, others));
}

/** The allowed statement is there on that side too, and nothing that limits it there is missing now. */
function isWithin(atom: Atom, now: Grants, side: Grants): boolean {
  if (!isAmong(atom, side.allows)) return false;
  if (side.boundary !== undefined) {
    const limits = side.boundary;
    if (now.boundary === undefined || ![...now.boundary].every((it) => limits.has(it))) return false;
  }
  return side.denies.every((it) => now.keys.has(it.key) || !mayMeet(it.extent, atom.extent));
}

function isAmong(atom: Atom, atoms: readonly Atom[]): boolean {
  return atoms.some(
    ({ key, extent }) =>
      key === atom.key ||
      (extent !== undefined && atom.extent !== undefined && coversExtent(extent, atom.extent)),
  );
}

function mayMeet(deny: Extent | undefined, allow: Extent | undefined): boolean {
  if (deny === undefined || allow === undefined) return true;
  const meet = (a: Extent["resources"], b: Extent["resources"], open: (text: string) => string) =>
    a === undefined ||
    b === undefined ||
    a.negated ||
    b.negated ||
    a.patterns.some((one) => b.patterns.some((other) => patternsOverlap(open(one), open(other))));
  return meet(deny.actions, allow.actions, (it) => it) && meet(deny.resources, allow.resources, opened);
}

function grantsOf(facts: Facts, who: SubjectId, documentOfAws: (arn: string) => string | undefined): Grants {
  const texts: string[] = [];
  const managed = (arn: string) =>
    factOf(facts, subjectId("policy", policyName(arn)), DOCUMENT) ?? documentOfAws(arn);
  const collect = (subject: SubjectId) => {
    for (const [part, value] of facts.get(subject) ?? []) {
      if (part.startsWith(INLINE)) texts.push(value);
      const arn = restOf(part, ATTACHED);
      const text = arn === undefined ? undefined : managed(arn);
      if (text !== undefined) texts.push(text);
      const group = restOf(part, GROUP);
      if (group !== undefined) collect(subjectId("group", group));
    }
  };
  collect(who);
  const limit = factOf(facts, who, BOUNDARY);
  const boundary = limit === undefined ? undefined : atomsOf(managed(limit) ?? "");
  const atoms = texts.map(atomsOf);
  return grants(
    atoms.flatMap((it) => it.allows),
    [...atoms.flatMap((it) => it.denies), ...(boundary?.denies ?? [])],
    boundary === undefined ? undefined : new Set(boundary.allows.map(({ key }) => key)),
  );
}

function withBucket(identity: Grants, facts: Facts, bucket: SubjectId | undefined): Grants {
  const text = bucket === undefined ? undefined : factOf(facts, bucket, BUCKET_POLICY);
  if (text === undefined) return identity;
  const { allows, denies } = atomsOf(text);
  return grants([...identity.allows, ...allows], [...identity.denies, ...denies], identity.boundary);
}

function grants(allows: readonly Atom[], denies: readonly Atom[], boundary: Grants["boundary"]): Grants {
  return { allows, denies, boundary, keys: new Set(denies.map(({ key }) => key)) };
}

type Atoms = Pick<Grants, "allows" | "denies">;
const known = new Map<string, Atoms>();
const MOST = 4_096;

function atomsOf(text: string): Atoms {
  let found = known.get(text);
  if (found === undefined) {
    const allows: Atom[] = [];
    const denies: Atom[] = [];
    for (const statement of policyIn(text)?.statements ?? []) {
      const atom = { key: canonicalStatement(statement), extent: extentOf(statement) };
      (statement.effect?.value === ALLOW ? allows : denies).push(atom);
    }
    found = { allows, denies };
    if (known.size >= MOST) known.clear();
    known.set(text, found);
  }
  return found;
}

/** Whose access may change when a subject does: who is in the group, who has the policy, at either end of the plan. */
function affectedBy(before: Facts, after: Facts): (subject: SubjectId) => readonly SubjectId[] {
  const members = new Map<string, Set<SubjectId>>();
  const holders = new Map<string, Set<SubjectId>>();
  const add = (map: Map<string, Set<SubjectId>>, key: string, who: SubjectId) => {
    const set = map.get(key) ?? new Set();
    map.set(key, set.add(who));
  };
  const people = new Set<SubjectId>();
  for (const [subject, parts] of [...before, ...after]) {
    const kind = kindOf(subject);
    if (kind === "user" || kind === "role") people.add(subject);
    for (const [part, value] of parts) {
      const group = restOf(part, GROUP);
      const arn = restOf(part, ATTACHED) ?? (part === BOUNDARY ? value : undefined);
      if (group !== undefined) add(members, group, subject);
      if (arn !== undefined) add(holders, policyName(arn), subject);
    }
  }
  const membersOf = (group: string) => [...(members.get(group) ?? [])];
  return (subject) => {
    const name = nameOf(subject);
    switch (kindOf(subject)) {
      case "user":
      case "role":
        return [subject];
      case "group":
        return membersOf(name);
      case "policy": {
        const found = [...(holders.get(name) ?? [])];
        const direct = found.filter((it) => kindOf(it) !== "group");
        return [
          ...new Set([
            ...direct,
            ...found.filter((it) => kindOf(it) === "group").flatMap((it) => membersOf(nameOf(it))),
          ]),
        ];
      }
      case "bucket":
        return [...people];
      case "instance-profile":
        // It gives to nobody whom a plan knows: whoever starts a machine with it needs more than that.
        return [];
    }
  };
}
