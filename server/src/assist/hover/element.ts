/** What a hover says about the elements of a policy and the words that AWS gives them. */
import { userGuidePage } from "../reference-page.js";
import { link, paragraphs } from "./markdown.js";

const TEXTS: Readonly<Record<string, string>> = {
  Version:
    "The version of the policy language, not of this policy. `2012-10-17` is the current one; `2008-10-17` has no policy variables.",
  Id: "A name for the whole policy. Some services want one; IAM ignores it.",
  Statement:
    "What the policy says: one statement or a list of them. Each stands alone; a Deny in any wins over every Allow.",
  Sid: "A name for the statement, unique in the policy. It decides nothing.",
  Effect: "`Allow` or `Deny`. What no statement allows is denied, and a Deny wins over every Allow.",
  Principal:
    "Who the statement is about: accounts, users, roles, services or identity providers. For policies on resources and roles; elsewhere the principal is whoever the policy is attached to.",
  NotPrincipal:
    "Everyone except those listed. With Allow that is nearly the whole world, and with Deny the accounts of those excepted must be listed as well.",
  Action: "What may or may not be done, as `service:Action`. `*` and `?` are wildcards; case does not count.",
  NotAction: "Everything except what is listed, of every service, including what AWS adds in the future.",
  Resource:
    "What it may be done to, as ARNs. `*` and `?` are wildcards and also match `/` and `:` within the last part.",
  NotResource: "Everything except what is listed, of every service.",
  Condition:
    "When the statement counts: all operators and all keys must hold; of several values for a key one is enough.",
  Allow: "Grants what the statement describes, unless a Deny of any policy matches as well.",
  Deny: "Forbids what the statement describes. No Allow of any policy overrides it.",
  AWS: "Accounts, users, roles and their sessions, by account ID or ARN.",
  Service: "Services of AWS, such as `lambda.amazonaws.com`, that act on their own behalf.",
  Federated: "Identity providers, by ARN or domain; whoever signs in there is meant.",
  CanonicalUser: "Accounts, by their canonical user IDs: the long ones that Amazon S3 knows them by.",
};

export function elementText(name: string): string | undefined {
  const text = Object.hasOwn(TEXTS, name) ? TEXTS[name] : undefined;
  if (text === undefined) return undefined;
  const element = OF_ELEMENT[name] ?? name;
  const page = userGuidePage(`reference_policies_elements_${element.toLowerCase()}`);
  return paragraphs(`**${name}**`, text, link(`${element} in AWS's guide`, page));
}

/** Words that have no page of their own, with the element that does. */
const OF_ELEMENT: Readonly<Record<string, string>> = {
  Allow: "Effect",
  Deny: "Effect",
  AWS: "Principal",
  Service: "Principal",
  Federated: "Principal",
  CanonicalUser: "Principal",
};
