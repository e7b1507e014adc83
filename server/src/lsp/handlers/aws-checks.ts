/** `iamPolicy/prepareAwsCheck`, `iamPolicy/runAwsCheck`: the checks of access that AWS charges for. */
import { asking } from "../asking.js";
import { createAwsChecks } from "../aws-checks.js";
import { guarded } from "../guard.js";
import type { ChangeRequests } from "../protocol.js";
import { refusing } from "../refusal.js";
import type { Session } from "../session.js";

type Params<M extends keyof ChangeRequests> = ChangeRequests[M]["params"];

export function awsChecks(session: Session): void {
  const { connection, log } = session;
  const desk = createAwsChecks(session);
  connection.onRequest(
    "iamPolicy/prepareAwsCheck",
    guarded(
      "iamPolicy/prepareAwsCheck",
      log,
      null as unknown,
      (params: Params<"iamPolicy/prepareAwsCheck">, token) =>
        refusing(() =>
          asking(connection, params, token, "Preparing", (it) => desk.prepare(params, it, token)),
        ),
    ),
  );
  connection.onRequest(
    "iamPolicy/runAwsCheck",
    guarded("iamPolicy/runAwsCheck", log, null as unknown, (params: Params<"iamPolicy/runAwsCheck">, token) =>
      refusing(() =>
        asking(connection, params, token, "Asking Access Analyzer", (it) => desk.run(params.id, it, token)),
      ),
    ),
  );
}
