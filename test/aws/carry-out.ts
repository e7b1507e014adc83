/** Carries a plan out on a target, without waiting, and keeps the journal in memory. */
import { type ApplyPorts, applyPlan } from "../../server/src/account/change/apply-plan.js";
import { journalLine, readJournal } from "../../server/src/account/change/journal.js";
import type { PlannedAccount } from "../../server/src/account/change/plan-changes.js";
import type { AccountTarget } from "../../server/src/account/change/target.js";

export async function carryOut({ plan }: PlannedAccount, target: AccountTarget) {
  let text = "";
  const ports: ApplyPorts = {
    lock: async () => ({ release: async () => undefined }),
    createJournal: async (header) => {
      text = journalLine(header);
      return {
        id: "run",
        append: async (entry) => {
          text += journalLine(entry);
        },
      };
    },
    now: () => "2026-11-22T00:00:00.000Z",
    random: () => 0,
    wait: async () => undefined,
  };
  const { state } = await applyPlan(plan, target, ports, { kind: "apply" });
  return { state, record: readJournal("run", text) };
}
