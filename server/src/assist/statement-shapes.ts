/**
 * The statements that people write often, from `snippets/`: the same files that VS Code's command "Insert Snippet"
 * shows. Where they are offered, and what is filled in from what is known, is completion's business.
 */
import endpoint from "../../../snippets/endpoint.json" with { type: "json" };
import guardrails from "../../../snippets/guardrails.json" with { type: "json" };
import identity from "../../../snippets/identity.json" with { type: "json" };
import rcp from "../../../snippets/rcp.json" with { type: "json" };
import resource from "../../../snippets/resource.json" with { type: "json" };
import scp from "../../../snippets/scp.json" with { type: "json" };
import trust from "../../../snippets/trust.json" with { type: "json" };
import type { PolicyKind } from "../policy/words.js";
import type { Json } from "../syntax/edits.js";
import { stop } from "./snippet-text.js";

export interface StatementShape {
  readonly name: string;
  readonly description: string;
  readonly kinds: readonly PolicyKind[];
  /** Of its first action, such as `s3`. */
  readonly service: string;
  /** With stops in its texts. */
  readonly statement: { readonly [element: string]: Json };
}

interface SnippetFile {
  readonly [name: string]: { readonly description: string; readonly body: readonly string[] };
}

/** Kinds that have a file's shapes; most of an identity's fit wherever permissions are granted. */
const FILES: readonly (readonly [SnippetFile, readonly PolicyKind[]])[] = [
  [identity, ["identity", "boundary", "session", "unknown"]],
  [guardrails, ["identity", "boundary", "scp", "unknown"]],
  [scp, ["scp"]],
  [resource, ["resource", "unknown"]],
  [endpoint, ["endpoint"]],
  [trust, ["trust"]],
  [rcp, ["rcp"]],
];

let known: readonly StatementShape[] | undefined;

/** Read when they are first asked for. */
export function statementShapes(): readonly StatementShape[] {
  known ??= FILES.flatMap(([file, kinds]) =>
    Object.entries(file).map(([name, { description, body }]) => {
      const statement = readBody(body.join("\n"));
      const actions = JSON.stringify(statement["Action"] ?? statement["NotAction"] ?? "");
      return { name, description, kinds, service: /[\w-]+(?=:)/.exec(actions)?.[0] ?? "", statement };
    }),
  );
  return known;
}

/** VS Code's escapes, places and choices. */
const PARTS = /\\([\\$}])|\$\{(\d+)(?::([^}]*)|\|([^}]*)\|)?\}/g;

/** Places stand inside texts only, so that what is left is JSON. */
function readBody(body: string): { readonly [element: string]: Json } {
  const json = body.replace(
    PARTS,
    (part, plain?: string, number?: string, proposal?: string, choices?: string) => {
      // An escape that is not the snippet's is JSON's own.
      if (plain !== undefined) return plain === "\\" ? part : plain;
      return stop(Number(number), ...(choices?.split(",") ?? (proposal === undefined ? [] : [proposal])));
    },
  );
  return JSON.parse(json);
}
