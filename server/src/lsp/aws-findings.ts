/** What Access Analyzer said about open documents, kept as long as the text is the one that it saw. */
import type { Finding } from "../lint/rule.js";
import type { ValidatedDocument, ValidatedPolicy } from "../workspace/validate-with-aws.js";
import type { View } from "./session.js";

export interface AwsFindings {
  keep(view: View, validated: ValidatedDocument): void;
  /** What AWS alone reports; empty once the text has changed. */
  of(view: Pick<View, "uri" | "version">): readonly Finding[];
  /** The policies that AWS was asked about; `undefined` once the text has changed. */
  asked(view: Pick<View, "uri" | "version">): readonly ValidatedPolicy[] | undefined;
  forget(uri: string): void;
}

export function createAwsFindings(): AwsFindings {
  const kept = new Map<string, { readonly version: number; readonly validated: ValidatedDocument }>();
  const known = ({ uri, version }: Pick<View, "uri" | "version">): ValidatedDocument | undefined => {
    const found = kept.get(uri);
    return found?.version === version ? found.validated : undefined;
  };
  return {
    keep: ({ uri, version }, validated) => void kept.set(uri, { version, validated }),
    of: (view) =>
      (known(view)?.findings ?? []).flatMap(({ finding, said }) => (said === "aws" ? [finding] : [])),
    asked: (view) => known(view)?.asked,
    forget: (uri) => void kept.delete(uri),
  };
}
