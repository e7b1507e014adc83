/**
 * Roles that trust one another, or themselves: AWS takes no trust policy that names somebody who is not there yet. One
 * of them starts with a trust policy that lets nobody in, and gets its own when all of them are there.
 */
import type { DraftStep } from "./change-steps.js";
import { EXISTS, TRUST } from "./facts.js";
import { principalArns } from "./perform-on.js";

/** @returns the drafts with one circle less; `undefined` where there is none among those that cannot be made */
export function breakTrustCycle(
  drafts: readonly DraftStep[],
  refused: ReadonlySet<string>,
): readonly DraftStep[] | undefined {
  const stuck = drafts.filter(
    ({ id, call, changes }) =>
      refused.has(id) &&
      call.operation === "CreateRole" &&
      !changes.some(({ part, after }) => part === TRUST && after === CLOSED),
  );
  const arns = new Set(
    stuck.flatMap(({ changes }) => changes.find(({ part }) => part === EXISTS)?.after ?? []),
  );
  const waits = stuck.find((draft) => principalArns(trustOf(draft)).some((arn) => arns.has(arn)));
  return waits && drafts.flatMap((draft) => (draft === waits ? split(draft) : [draft]));
}

/** Nobody is let in by it. */
const CLOSED = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Deny", Principal: { AWS: "*" }, Action: "sts:AssumeRole" }],
});

function split(draft: DraftStep): readonly DraftStep[] {
  const { call, about, changes, words } = draft;
  if (call.service !== "iam" || call.operation !== "CreateRole") return [draft];
  const { RoleName } = call.input;
  const trust = { subject: about, part: TRUST, before: CLOSED, after: trustOf(draft) };
  return [
    {
      ...draft,
      words: `${words}, for nobody yet`,
      call: { ...call, input: { ...call.input, AssumeRolePolicyDocument: CLOSED } },
      changes: changes.map((it) => (it.part === TRUST ? { ...it, after: CLOSED } : it)),
    },
    {
      id: `UpdateAssumeRolePolicy ${about}#${TRUST}`,
      about,
      section: "change",
      // As soon as everybody is there.
      phase: draft.phase + 1,
      words: `Let those in who may assume the role \`${RoleName}\``,
      call: {
        service: "iam",
        operation: "UpdateAssumeRolePolicy",
        input: { RoleName, PolicyDocument: trust.after },
      },
      changes: [trust],
    },
  ];
}

function trustOf({ changes }: DraftStep): string {
  return changes.find(({ part }) => part === TRUST)?.after ?? "";
}
