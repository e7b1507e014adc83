/** `iamPolicy/prepareAwsCheck`, `iamPolicy/runAwsCheck`: the checks of access that AWS charges for. */
import { createAwsChecks } from "../aws-checks.js";
import { answerLong } from "../long-answers.js";
import type { Session } from "../session.js";

export function awsChecks(session: Session): void {
  const checks = createAwsChecks(session);
  answerLong(session, "iamPolicy/prepareAwsCheck", "Preparing", (params, asking, token) =>
    checks.prepare(params, asking, token),
  );
  answerLong(session, "iamPolicy/runAwsCheck", "Asking Access Analyzer", ({ id }, asking, token) =>
    checks.run(id, asking, token),
  );
}
