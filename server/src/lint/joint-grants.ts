/**
 * Sets of actions that somebody holds by several policies, and by none of them alone. Denials of all of them, boundary
 * and organisation are taken off; what a set makes possible is the business of the rules that ask.
 */
import type { Catalogue } from "../catalogue/catalogue.js";
import type { Policy } from "../policy/policy.js";
import { DENY } from "../policy/words.js";
import { broadGrants, type ChosenActions, type Grant } from "./grants.js";
import type { HeldPolicy, Holder } from "./holder.js";

export interface ActionSet {
  /** In lower case. */
  readonly folded: readonly string[];
}

/** What one policy adds to a set. */
export interface Piece {
  readonly held: HeldPolicy;
  readonly grant: Grant;
}

/** What is chosen for one action of a set. */
export interface Part extends Piece {
  readonly action: string;
}

export interface JointGrant<S extends ActionSet> {
  readonly holder: Holder;
  readonly sets: readonly S[];
  /** By action. */
  readonly pieces: ReadonlyMap<string, readonly Piece[]>;
}

/** @param enough whoever has one of these by a single policy has nothing to gain */
export function jointGrants<S extends ActionSet>(
  holders: readonly Holder[],
  sets: readonly S[],
  enough: readonly ActionSet[],
  chosen: ChosenActions,
  catalogue: Catalogue,
): readonly JointGrant<S>[] {
  const undenied = new Map<Policy, Grants>();
  const grantedBy = (policy: Policy, among: readonly Policy[]): Grants => {
    const known = undenied.get(policy) ?? broadGrants(policy, chosen, catalogue, NOBODY);
    undenied.set(policy, known);
    // Many hold the same policies, and few deny anything: then what one grants is the same for all.
    const denying = known.size === 0 ? NOBODY : among.filter(denies);
    return denying.length === 0 ? known : broadGrants(policy, chosen, catalogue, denying);
  };
  const levels = new Map<readonly Policy[], ReadonlySet<string>>();
  const allowedBy = (level: readonly Policy[]): ReadonlySet<string> => {
    const known = levels.get(level) ?? new Set(level.flatMap((it) => [...grantedBy(it, level).keys()]));
    levels.set(level, known);
    return known;
  };
  const pieces = new Map<string, Pieces>();
  const members = new Map<string, string[]>();
  for (const { name, policies, limits, groups } of holders) {
    pieces.set(name, piecesOf(policies, limits.map(allowedBy), grantedBy));
    for (const group of groups) members.set(group, [...(members.get(group) ?? []), name]);
  }
  const has = (name: string, set: ActionSet) => isComplete(set, pieces.get(name));
  return holders.flatMap((holder) => {
    const own = pieces.get(holder.name) ?? new Map();
    if (own.size === 0 || enough.some((set) => isComplete(set, own) && isAlone(set, own))) return [];
    const inGroup = members.get(holder.name);
    const joint = sets.filter(
      (set) =>
        isComplete(set, own) &&
        !isAlone(set, own) &&
        // A group has it for its members, unless each of them is kept from it.
        !holder.groups.some((group) => has(group, set)) &&
        inGroup?.some((member) => has(member, set)) !== false,
    );
    return joint.length === 0 ? [] : [{ holder, sets: joint, pieces: own }];
  });
}

/** One policy for each action, as few as there can be. */
export function choosePieces({ folded }: ActionSet, pieces: ReadonlyMap<string, readonly Piece[]>): Part[] {
  const chosen: Part[] = [];
  const byChoice = [...folded].sort((a, b) => (pieces.get(a)?.length ?? 0) - (pieces.get(b)?.length ?? 0));
  for (const action of byChoice) {
    const options = pieces.get(action) ?? [];
    const piece = options.find(({ held }) => chosen.some((it) => it.held === held)) ?? options[0];
    if (piece !== undefined) chosen.push({ ...piece, action });
  }
  return chosen;
}

type Pieces = ReadonlyMap<string, readonly Piece[]>;
type Grants = ReadonlyMap<string, Grant>;

const NOBODY: readonly never[] = [];

function piecesOf(
  held: readonly HeldPolicy[],
  limits: readonly ReadonlySet<string>[],
  grantedBy: (policy: Policy, among: readonly Policy[]) => Grants,
): Pieces {
  const pieces = new Map<string, Piece[]>();
  const among = held.map(({ policy }) => policy);
  for (const it of held) {
    for (const [name, grant] of grantedBy(it.policy, among)) {
      if (!limits.every((limit) => limit.has(name))) continue;
      const known = pieces.get(name);
      if (known === undefined) pieces.set(name, [{ held: it, grant }]);
      else known.push({ held: it, grant });
    }
  }
  return pieces;
}

function denies({ statements }: Policy): boolean {
  return statements.some(({ effect }) => effect?.value === DENY);
}

function isComplete({ folded }: ActionSet, pieces: Pieces | undefined): boolean {
  return pieces !== undefined && folded.every((name) => pieces.has(name));
}

/** Of a set that is complete. */
function isAlone({ folded: [first = "", ...others] }: ActionSet, pieces: Pieces): boolean {
  return (pieces.get(first) ?? []).some(({ held }) =>
    others.every((name) => pieces.get(name)?.some((it) => it.held === held)),
  );
}
