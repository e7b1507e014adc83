/** `iamPolicy/plan`, `iamPolicy/apply` and their kin: changes of accounts, shown before they are carried out. */
import { answerLong } from "../long-answers.js";
import { createPlans } from "../plans.js";
import type { Session } from "../session.js";

export function plans(session: Session): void {
  const desk = createPlans(session);
  answerLong(session, "iamPolicy/plan", "Planning", (params, it) => desk.plan(params, it));
  answerLong(session, "iamPolicy/apply", "Applying", ({ plan, deletions }, it) =>
    desk.apply(plan, deletions, it),
  );
  answerLong(session, "iamPolicy/records", "Reading", ({ account }) => desk.records(account));
  answerLong(session, "iamPolicy/planRollback", "Planning", ({ account, record }, it) =>
    desk.planRollback(account, record, it),
  );
  answerLong(session, "iamPolicy/resume", "Resuming", ({ account, record }, it) =>
    desk.resume(account, record, it),
  );
}
