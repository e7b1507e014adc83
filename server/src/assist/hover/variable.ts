/** What a hover says about a policy variable: what AWS puts in its place, and what happens where it cannot. */
import type { Catalogue } from "../../catalogue/catalogue.js";
import { isEscapeVariable, type PolicyVariable } from "../../policy/variable.js";
import { userGuidePage } from "../reference-page.js";
import { ended } from "./condition-key.js";
import { code, link, paragraphs } from "./markdown.js";

export function variableText(
  catalogue: Catalogue,
  variable: Pick<PolicyVariable, "key" | "defaultValue">,
): string | undefined {
  const { key, defaultValue } = variable;
  const written = code(`\${${key}}`);
  if (isEscapeVariable(variable as PolicyVariable)) {
    return paragraphs(
      `**Policy variable** ${written}`,
      `The character ${code(key)} itself, not what it stands for.`,
    );
  }
  const known = catalogue.conditionKey(key);
  return paragraphs(
    `**Policy variable** ${written}`,
    known === undefined || known.description === "" ? undefined : ended(known.description),
    defaultValue === undefined
      ? "AWS fills it in at the time of the request. For requests without the key, the text that holds it matches nothing."
      : `AWS fills it in at the time of the request; requests without the key get the default ${code(defaultValue)}.`,
    "Only policies of version `2012-10-17` have variables.",
    link("Policy variables in AWS's guide", userGuidePage("reference_policies_variables")),
  );
}
