/** `iamPolicy/checkAccount`: a report about the AWS account as a whole. */
import { checkAccount as check } from "../../account/check/check-account.js";
import { renderAccountChecks } from "../../account/check/check-report.js";
import { asking } from "../asking.js";
import { guarded } from "../guard.js";
import type { ChangeRequests } from "../protocol.js";
import { refusing } from "../refusal.js";
import type { Session } from "../session.js";

export function checkAccount({ connection, aws, workspace, log }: Session): void {
  type Params = ChangeRequests["iamPolicy/checkAccount"]["params"];
  connection.onRequest(
    "iamPolicy/checkAccount",
    guarded("iamPolicy/checkAccount", log, "", async (params: Params, token) => {
      const { facts } = await aws.connection();
      const found = await refusing(() =>
        asking(connection, params, token, "Checking the account", ({ signal, report }) =>
          facts.read({ signal, progress: (what) => report(what) }),
        ),
      );
      return renderAccountChecks(found.account, check(found, workspace.today()));
    }),
  );
}
