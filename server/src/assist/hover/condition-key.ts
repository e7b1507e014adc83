/** What a hover says about a condition key: what it holds, of which type, how many values, and when it is there. */
import type { Catalogue, ConditionKey } from "../../catalogue/catalogue.js";
import { servicePage, userGuidePage } from "../reference-page.js";
import { bullets, code, link, paragraphs } from "./markdown.js";

const MOST_ACTIONS = 20;

/** When requests carry a global key; by the key in lower case. */
const PRESENCE: Readonly<Record<string, string>> = {
  "aws:calledvia": "When a service calls on behalf of the principal with its credentials.",
  "aws:calledviafirst": "When a service calls on behalf of the principal with its credentials.",
  "aws:calledvialast": "When a service calls on behalf of the principal with its credentials.",
  "aws:currenttime": "Always.",
  "aws:epochtime": "Always.",
  "aws:federatedprovider": "In sessions of principals that signed in through an OpenID Connect provider.",
  "aws:multifactorauthage": "With temporary credentials that were given after MFA; never with access keys.",
  "aws:multifactorauthpresent":
    "With temporary credentials only; with access keys of a user it is absent, not false.",
  "aws:principalaccount": "In all requests of signed-in principals.",
  "aws:principalarn": "In all requests of signed-in principals; for sessions it is the role's ARN.",
  "aws:principalisawsservice": "In all requests of signed-in principals.",
  "aws:principalorgid": "When the principal's account belongs to an organization.",
  "aws:principalorgpaths": "When the principal's account belongs to an organization.",
  "aws:principalservicename": "When a service calls with a service principal of its own.",
  "aws:principalservicenameslist": "When a service calls with a service principal of its own.",
  "aws:principaltag": "When the user or role, or the session, has tags.",
  "aws:principaltype": "Always.",
  "aws:referer": "When a browser sends the header; anyone can forge it.",
  "aws:requestedregion": "Always.",
  "aws:requesttag": "When the request passes tags to the action.",
  "aws:resourceaccount": "For most actions on resources, not for all services.",
  "aws:resourceorgid": "When the resource's account belongs to an organization; not for all services.",
  "aws:resourcetag": "When the resource exists, has tags, and its service supports them in policies.",
  "aws:securetransport": "Always, except for some requests that services make.",
  "aws:sourceaccount": "When a service calls directly, with its service principal, for a resource.",
  "aws:sourcearn": "When a service calls directly, with its service principal, for a resource.",
  "aws:sourceorgid": "When a service calls directly for a resource of an account in an organization.",
  "aws:sourceip":
    "Not for requests through a VPC endpoint, nor when a service calls on behalf of the principal.",
  "aws:sourcevpc": "For requests through a VPC endpoint.",
  "aws:sourcevpce": "For requests through a VPC endpoint.",
  "aws:tagkeys": "When the request passes tags to the action.",
  "aws:tokenissuetime": "With temporary credentials.",
  "aws:useragent": "Always; anyone can forge it.",
  "aws:userid": "In all requests of signed-in principals.",
  "aws:username": "For IAM users only; absent for roles and sessions.",
  "aws:viaawsservice": "Always.",
  "aws:vpcsourceip": "For requests through a VPC endpoint.",
};

export function conditionKeyText(catalogue: Catalogue, written: string): string | undefined {
  const key = catalogue.conditionKey(written);
  if (key === undefined) return undefined;
  const folded = key.key.toLowerCase();
  const presence = PRESENCE[folded.split("/")[0] ?? ""];
  const prefix = folded.slice(0, folded.indexOf(":"));
  const service = catalogue.service(prefix);
  return paragraphs(
    `**${key.key}** · ${typeText(key)}`,
    key.description === "" ? undefined : ended(key.description),
    presence === undefined ? sentWith(catalogue, prefix, key) : `When it is there: ${presence}`,
    service === undefined
      ? prefix === "aws"
        ? link("Global condition keys", userGuidePage("reference_policies_condition-keys"))
        : undefined
      : link(`${service.name} in AWS's reference`, servicePage(service)),
  );
}

export function typeText({ type, multivalued }: ConditionKey): string {
  return multivalued ? `${type}, multivalued: needs \`ForAnyValue\` or \`ForAllValues\`` : type;
}

/** The service's actions that the reference lists the key for. */
function sentWith(catalogue: Catalogue, prefix: string, { key }: ConditionKey): string | undefined {
  const actions = [...(catalogue.service(prefix)?.actions.values() ?? [])].filter(
    ({ conditionKeys, resourceTypes }) =>
      conditionKeys.includes(key) || resourceTypes.some((it) => it.conditionKeys.includes(key)),
  );
  if (actions.length === 0) return undefined;
  if (actions.length === 1) return `Sent with ${code(actions[0]?.fullName ?? "")}.`;
  const shown = actions.slice(0, MOST_ACTIONS).map(({ fullName }) => code(fullName));
  const more = actions.length > MOST_ACTIONS ? [`and ${actions.length - MOST_ACTIONS} more`] : [];
  return `Sent with ${actions.length} actions:\n${bullets([...shown, ...more])}`;
}

export function ended(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
