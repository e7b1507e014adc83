/** `iamPolicy/plan`, `iamPolicy/apply` and their kin: changes of accounts, shown before they are carried out. */
import type { CancellationToken } from "vscode-languageserver";
import { type Asking, asking } from "../asking.js";
import { guarded } from "../guard.js";
import { createPlans } from "../plans.js";
import type { ChangeRequests } from "../protocol.js";
import { refusing } from "../refusal.js";
import type { Session } from "../session.js";

type Method =
  | "iamPolicy/plan"
  | "iamPolicy/apply"
  | "iamPolicy/records"
  | "iamPolicy/planRollback"
  | "iamPolicy/resume";
type Params<M extends Method> = ChangeRequests[M]["params"];
type Result<M extends Method> = ChangeRequests[M]["result"];

export function plans(session: Session): void {
  const { connection, log } = session;
  const desk = createPlans(session);
  const on = <M extends Method>(
    method: M,
    title: string,
    answer: (params: Params<M>, asking: Asking) => Promise<Result<M>>,
  ): void => {
    const handle = (params: Params<M>, token: CancellationToken): Promise<unknown> =>
      refusing(() => asking(connection, params, token, title, (it) => answer(params, it)));
    connection.onRequest(method, guarded<Params<M>, unknown>(method, log, null, handle));
  };
  on("iamPolicy/plan", "Planning", (params, it) => desk.plan(params, it));
  on("iamPolicy/apply", "Applying", ({ plan, deletions }, it) => desk.apply(plan, deletions, it));
  on("iamPolicy/records", "Reading", ({ account }) => desk.records(account));
  on("iamPolicy/planRollback", "Planning", ({ account, record }, it) =>
    desk.planRollback(account, record, it),
  );
  on("iamPolicy/resume", "Resuming", ({ account, record }, it) => desk.resume(account, record, it));
}
