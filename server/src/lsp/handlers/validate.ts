/** `iamPolicy/validate`, `iamPolicy/disagreements`: what Access Analyzer says about an open document, beside what we say. */
import { LSPErrorCodes, ResponseError } from "vscode-languageserver";
import { findDisagreements, renderDisagreements } from "../../workspace/disagreements.js";
import { validateWithAws } from "../../workspace/validate-with-aws.js";
import { guarded } from "../guard.js";
import { answerLong } from "../long-answers.js";
import type { ChangeRequests } from "../protocol.js";
import { refusal } from "../refusal.js";
import { pathOf, type Session, viewOf } from "../session.js";
import { refreshFindings } from "./did-change.js";

export function validate(session: Session): void {
  const { connection, log, awsFindings, workspace } = session;
  answerLong(session, "iamPolicy/validate", "Asking Access Analyzer", async ({ uri }, { signal }) => {
    const view = viewOf(session, uri);
    if (view === undefined || view.analysis.policies.length === 0)
      throw refusal("No policy was found in this document.");
    const { variables } = workspace.configurationFor(pathOf(uri) ?? "").configuration;
    const { validator } = await session.aws.connection();
    const { locale } = session;
    const options = { signal, ...(locale && { locale }) };
    const validated = await validateWithAws(view.analysis, variables, validator, options);
    if (session.documents.get(uri)?.version !== view.version)
      throw new ResponseError(
        LSPErrorCodes.ContentModified,
        "The policy has changed meanwhile: validate it again.",
      );
    if (validated.asked.length === 0) throw refusal(validated.notAsked.map(({ why }) => why).join(" "));
    awsFindings.keep(view, validated);
    refreshFindings(session, uri);
    return {
      findings: validated.asked.reduce((sum, { answer }) => sum + answer.length, 0),
      disagreements: findDisagreements(validated.asked, workspace.catalogue).length,
      notAsked: validated.notAsked.map(({ why }) => why),
    };
  });
  connection.onRequest(
    "iamPolicy/disagreements",
    guarded(
      "iamPolicy/disagreements",
      log,
      "",
      ({ uri }: ChangeRequests["iamPolicy/disagreements"]["params"]) => {
        const view = viewOf(session, uri);
        const asked = view && awsFindings.asked(view);
        if (asked === undefined) throw refusal("AWS has not been asked about this text: validate it first.");
        return renderDisagreements(findDisagreements(asked, workspace.catalogue), session.version);
      },
    ),
  );
  session.documents.onDidClose(({ document }) => awsFindings.forget(document.uri));
}
