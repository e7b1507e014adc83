/** `iamPolicy/checkAccount`: a report about the AWS account as a whole. */
import { checkAccount as check } from "../../account/check/check-account.js";
import { renderAccountChecks } from "../../account/check/check-report.js";
import { answerLong } from "../long-answers.js";
import type { Session } from "../session.js";

export function checkAccount(session: Session): void {
  const { aws, workspace } = session;
  answerLong(
    session,
    "iamPolicy/checkAccount",
    "Checking the account",
    async (_params, { signal, report }) => {
      const { facts } = await aws.connection();
      const found = await facts.read({ signal, progress: (what) => report(what) });
      return renderAccountChecks(found.account, check(found, workspace.today()));
    },
  );
}
