/** What a hover says about an entry of `Principal`: who that is. */

import type { Catalogue } from "../../catalogue/catalogue.js";
import { parseArn } from "../../policy/arn.js";
import { federatedProvider } from "../../policy/federated-provider.js";
import { code, paragraphs } from "./markdown.js";

export function principalText(
  catalogue: Catalogue,
  type: string | undefined,
  value: string,
): string | undefined {
  if (value === "*")
    return paragraphs("**Everyone**", "Anyone, signed in to AWS or not, unless a condition narrows it.");
  switch (type) {
    case "Service":
      return serviceText(catalogue, value);
    case "Federated":
      return federatedText(value);
    case "CanonicalUser":
      return paragraphs("**Canonical user**", "An account, by the long ID that Amazon S3 knows it by.");
    case "AWS":
      return accountText(value);
    default:
      return undefined;
  }
}

function serviceText(catalogue: Catalogue, value: string): string {
  const [head = ""] = value.split(".");
  const name = catalogue.service(head)?.name;
  const known = catalogue.servicePrincipals.includes(value);
  return paragraphs(
    `**Service principal** ${code(value)}`,
    name === undefined ? undefined : `${name}, when it acts on its own behalf.`,
    known ? undefined : "It is not among the service principals that are known here.",
  );
}

function federatedText(value: string): string | undefined {
  const provider = federatedProvider(value);
  if (provider === undefined) return undefined;
  const who =
    provider.protocol === "SAML" ? "a SAML provider" : `the OpenID Connect provider ${code(provider.issuer)}`;
  return paragraphs(
    "**Federated principal**",
    `Whoever signs in through ${who}; narrow it with conditions on its claims.`,
  );
}

const UNIQUE_IDS: readonly (readonly [RegExp, string])[] = [
  [/^AIDA/, "user"],
  [/^AROA/, "role"],
  [/^AGPA/, "group"],
];

function accountText(value: string): string | undefined {
  const id = UNIQUE_IDS.find(([form]) => form.test(value));
  if (id !== undefined) {
    return paragraphs(
      `**Unique ID of a ${id[1]}**`,
      "AWS puts this in the place of an ARN once what it named has been deleted: nobody can use it any more.",
    );
  }
  if (/^\d{12}$/.test(value)) return account(value);
  const arn = parseArn(value);
  if (arn === undefined || (arn.service !== "iam" && arn.service !== "sts")) return undefined;
  const where = arn.account === "*" ? "of any account" : `of account ${code(arn.account)}`;
  const [head = "", ...rest] = arn.resource.split("/");
  const name = rest.at(-1) ?? "";
  switch (head) {
    case "root":
      return account(arn.account);
    case "user":
      return paragraphs(
        `**User** ${code(name)} ${where}`,
        "The ARN stands for this user; one that is deleted and made anew is another.",
      );
    case "role":
      return paragraphs(
        `**Role** ${code(name)} ${where}`,
        "All its sessions; a role that is deleted and made anew is another.",
      );
    case "assumed-role":
      return paragraphs(`**Session** ${code(name)} of role ${code(rest[0] ?? "")} ${where}`);
    case "federated-user":
      return paragraphs(`**Federated user** ${code(name)} ${where}`);
    case "group":
      return paragraphs(`**Group** ${code(name)} ${where}`, "A group can be no principal.");
    default:
      return undefined;
  }
}

function account(id: string): string {
  return paragraphs(
    `**Account** ${code(id)}`,
    "Everyone in the account to whom its own policies give the permission; not only its root user.",
  );
}
