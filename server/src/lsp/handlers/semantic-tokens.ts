/** `textDocument/semanticTokens/full`: tokens in the protocol's relative numbers. */
import { type SemanticTokens, SemanticTokensBuilder } from "vscode-languageserver";
import { semanticTokensIn, TOKEN_MODIFIERS, TOKEN_TYPES } from "../../assist/semantic-tokens.js";
import { guarded } from "../guard.js";
import { policyViewOf, type Session } from "../session.js";

export function semanticTokens(session: Session): void {
  const nothing: SemanticTokens = { data: [] };
  session.connection.languages.semanticTokens.on(
    guarded("textDocument/semanticTokens/full", session.log, nothing, ({ textDocument }) => {
      const view = policyViewOf(session, textDocument.uri);
      if (view === undefined) return nothing;
      const builder = new SemanticTokensBuilder();
      for (const { start, end, type, modifier } of semanticTokensIn(
        view.analysis.policies.map(({ policy }) => policy),
      )) {
        const { line, character } = view.positions.position(start);
        const modifiers = modifier === undefined ? 0 : 1 << TOKEN_MODIFIERS.indexOf(modifier);
        builder.push(line, character, end - start, TOKEN_TYPES.indexOf(type), modifiers);
      }
      return builder.build();
    }),
  );
}
