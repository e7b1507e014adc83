/** `iamPolicy/validate`, `iamPolicy/disagreements`: what Access Analyzer says about an open document, beside what we say. */
import { LSPErrorCodes, ResponseError } from "vscode-languageserver";
import { findDisagreements, renderDisagreements } from "../../workspace/disagreements.js";
import { validateWithAws } from "../../workspace/validate-with-aws.js";
import { asking } from "../asking.js";
import { guarded } from "../guard.js";
import type { ChangeRequests } from "../protocol.js";
import { refusal, refusing } from "../refusal.js";
import { pathOf, type Session, viewOf } from "../session.js";
import { refreshFindings } from "./did-change.js";

type Params<M extends keyof ChangeRequests> = ChangeRequests[M]["params"];

export function validate(session: Session): void {
  const { connection, log, awsFindings, workspace } = session;
  connection.onRequest(
    "iamPolicy/validate",
    guarded(
      "iamPolicy/validate",
      log,
      null as unknown,
      async (params: Params<"iamPolicy/validate">, token) => {
        const view = viewOf(session, params.uri);
        const path = pathOf(params.uri);
        if (view === undefined || view.analysis.policies.length === 0)
          throw refusal("No policy was found in this document.");
        const { variables } = workspace.configurationFor(path ?? "").configuration;
        const { validator } = await session.aws.connection();
        const { locale } = session;
        const validated = await refusing(() =>
          asking(connection, params, token, "Asking Access Analyzer", ({ signal }) =>
            validateWithAws(view.analysis, variables, validator, { signal, ...(locale && { locale }) }),
          ),
        );
        if (session.documents.get(params.uri)?.version !== view.version)
          throw new ResponseError(
            LSPErrorCodes.ContentModified,
            "The policy has changed meanwhile: validate it again.",
          );
        if (validated.asked.length === 0) throw refusal(validated.notAsked.map(({ why }) => why).join(" "));
        awsFindings.keep(view, validated);
        refreshFindings(session, params.uri);
        return {
          findings: validated.asked.reduce((sum, { answer }) => sum + answer.length, 0),
          disagreements: findDisagreements(validated.asked, workspace.catalogue).length,
          notAsked: validated.notAsked.map(({ why }) => why),
        };
      },
    ),
  );
  connection.onRequest(
    "iamPolicy/disagreements",
    guarded("iamPolicy/disagreements", log, "", ({ uri }: Params<"iamPolicy/disagreements">) => {
      const view = viewOf(session, uri);
      const asked = view && awsFindings.asked(view);
      if (asked === undefined) throw refusal("AWS has not been asked about this text: validate it first.");
      return renderDisagreements(findDisagreements(asked, workspace.catalogue), session.version);
    }),
  );
  session.documents.onDidClose(({ document }) => awsFindings.forget(document.uri));
}
