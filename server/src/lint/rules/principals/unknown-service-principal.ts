import type { Catalogue } from "../../../catalogue/catalogue.js";
import { distance } from "../../../policy/nearest.js";
import { isOfType } from "../../../policy/principal.js";
import { hasWildcard } from "../../../policy/wildcard.js";
import { fixedText } from "../../fixed-text.js";
import { defineRule } from "../../rule.js";

export const unknownServicePrincipal = defineRule({
  name: "unknown-service-principal",
  group: "principals",
  severity: "warning",
  since: "0.1.0",
  summary: "A service principal is misspelt",
  fix: "suggestion",
  appliesTo: ["resource", "trust", "endpoint", "unknown"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-services",
  ],

  principal(principal, _statement, { report, edits, catalogue }) {
    if (!isOfType(principal, "Service")) return;
    const text = fixedText(principal.node);
    // A wildcard is the business of `wildcard-in-principal`.
    if (text === undefined || hasWildcard(text)) return;
    if (text === COGNITO || catalogue.servicePrincipals.includes(text)) return;
    const meant = meantService(text, catalogue);
    if (meant === undefined && FORM.test(text)) return;
    const why = meant === undefined ? "does not look like a service principal" : "is not a service principal";
    report({
      at: principal,
      message: `\`${text}\` ${why}.`,
      fix:
        meant === undefined
          ? undefined
          : { title: `Replace with \`${meant}\``, edits: edits.setText(principal.node, meant) },
    });
  },
});

/** As a provider in the wrong place it is reported with its action. */
const COGNITO = "cognito-identity.amazonaws.com";
/** Under the domains of AWS's partitions, and the one of Alexa. */
const FORM =
  /^[a-z\d][a-z\d-]*(?:\.[a-z\d-]+)*\.(?:amazonaws\.[a-z.-]+|amazon\.com|c2s\.ic\.gov|sc2s\.sgov\.gov|csp\.hci\.ic\.gov|cloud\.adc-e\.uk)$/;
const REGION = /\.[a-z]{2}(?:-[a-z]+)+-\d(?=\.)/;

/** The principal that is one slip away, in the same Region if there is one. */
function meantService(text: string, { servicePrincipals, service }: Catalogue): string | undefined {
  const folded = text.toLowerCase();
  const lowerCase = folded === text ? undefined : folded;
  const region = REGION.exec(folded)?.[0] ?? "";
  const name = folded.replace(REGION, "");
  const inRegion = (found: string) => found.replace(/(?=\.amazon)/, region);
  if (servicePrincipals.includes(name)) return lowerCase;
  const [label = ""] = name.split(".");
  const usual = `${label}.amazonaws.com`;
  if (servicePrincipals.includes(usual) && (!FORM.test(name) || name.endsWith(".amazon.com")))
    return inRegion(usual);
  // Services have principals that the list lacks, most under their own prefix.
  if (label.length < 3 || service(label) !== undefined) return lowerCase;
  const near = servicePrincipals.find((it) => distance(name, it, 1) <= 1);
  return near === undefined ? lowerCase : inRegion(near);
}
