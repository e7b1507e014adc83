/** Principals by their type: accounts and roles, service principals, identity providers. */
import { GITHUB } from "../../policy/federated-provider.js";
import { stop } from "../snippet-text.js";
import { servicePrincipals } from "./condition-values.js";
import type { Suggestion } from "./offer.js";
import { accountId, type Scope, textsLike } from "./scope.js";

type Part = readonly [path: string, text: string, detail: string];

const OF_ACCOUNT: readonly Part[] = [
  ["root", "root", "everyone in the account whom it lets"],
  ["role/<role-name>", `role/${stop(2, "role-name")}`, "one role"],
  ["user/<user-name>", `user/${stop(2, "user-name")}`, "one user"],
];
const SESSIONS: readonly Part[] = [
  [
    "assumed-role/<role-name>/<session-name>",
    `assumed-role/${stop(2, "role-name")}/${stop(3, "session-name")}`,
    "one session of a role",
  ],
  ["federated-user/<user-name>", `federated-user/${stop(2, "user-name")}`, "one federated user"],
];
const PROVIDERS_OF_ACCOUNT: readonly Part[] = [
  [`oidc-provider/${GITHUB}`, `oidc-provider/${GITHUB}`, "GitHub Actions"],
  ["saml-provider/<provider-name>", `saml-provider/${stop(2, "provider-name")}`, "SAML"],
  ["oidc-provider/<provider-host>", `oidc-provider/${stop(2, "provider-host")}`, "OpenID Connect"],
];
/** By the type of the principal and the service of its ARN. */
const PARTS: Readonly<Record<string, readonly Part[]>> = {
  "AWS iam": OF_ACCOUNT,
  "AWS sts": SESSIONS,
  "Federated iam": PROVIDERS_OF_ACCOUNT,
};

/** Everyone, or an object that says who. */
export function principalForms({ kind }: Scope): readonly Suggestion[] {
  const forms: readonly (readonly [label: string, value: object | string, detail: string])[] = [
    ["*", "*", "everyone"],
    ["AWS", { AWS: stop(1) }, "accounts, users, roles"],
    ["Service", { Service: stop(1) }, "AWS services"],
    ["Federated", { Federated: stop(1) }, "identity providers"],
  ];
  const first = kind === "trust" ? "Service" : kind === "rcp" || kind === "endpoint" ? "*" : "AWS";
  return forms.map(([label, value, detail], index) => ({
    label,
    type: "principal",
    detail,
    ...(typeof value === "object" && { insert: { value: value as { readonly [key: string]: string } } }),
    more: typeof value === "object",
    score: label === first ? 10 : -index,
  }));
}

/** Who of an account or of a service an ARN can name, behind its fifth colon; `undefined` where none is being written. */
export function principalParts({ place, cursor }: Scope): readonly Suggestion[] | undefined {
  if (place.at !== "principal-value") return undefined;
  const [, head = "", service = ""] = /^(arn:[\w-]*:(\w+)::[^:]*:)[^:]*$/.exec(cursor.word.typed) ?? [];
  const parts = Object.hasOwn(PARTS, `${place.type} ${service}`)
    ? PARTS[`${place.type} ${service}`]
    : undefined;
  const within = { start: head.length, end: cursor.word.text.length };
  return parts?.map(([path, text, detail], index) => ({
    label: path,
    type: "principal",
    detail,
    insert: { text, within },
    score: -index,
  }));
}

export function principals(scope: Scope, type: string, siblings: readonly string[]): readonly Suggestion[] {
  const taken = new Set(siblings);
  return unfiltered(scope, type).filter(({ label }) => !taken.has(label));
}

function unfiltered(scope: Scope, type: string): readonly Suggestion[] {
  switch (type) {
    case "Service":
      return servicePrincipals(scope, 0);
    case "Federated":
      return federated(scope);
    case "AWS":
      return accounts(scope);
    default:
      return [];
  }
}

function accounts(scope: Scope): readonly Suggestion[] {
  const account = accountId(scope);
  const shown = account ?? "<account>";
  const id = account ?? "account";
  const found: Suggestion[] = OF_ACCOUNT.map(([path, text, detail], index) => ({
    label: `arn:aws:iam::${shown}:${path}`,
    type: "principal",
    detail,
    insert: { text: `arn:aws:iam::${stop(1, id)}:${text}` },
    about: { what: "principal", type: "AWS", name: `arn:aws:iam::${shown}:${path}` },
    score: 20 - index,
  }));
  for (const [index, [path, text, detail]] of SESSIONS.entries()) {
    const insert = { text: `arn:aws:sts::${stop(1, id)}:${text}` };
    found.push({
      label: `arn:aws:sts::${shown}:${path}`,
      type: "principal",
      detail,
      insert,
      score: 10 - index,
    });
  }
  found.push({ label: "*", type: "principal", detail: "everyone", score: scope.kind === "trust" ? -5 : 12 });
  for (const [index, label] of [...(scope.account?.roles ?? []), ...(scope.account?.users ?? [])].entries()) {
    const about = { what: "principal", type: "AWS" } as const;
    found.push({ label, type: "principal", detail: "of your account", about, score: 30 - index / 100 });
  }
  if (account !== undefined)
    found.push({ label: account, type: "principal", detail: "the account", score: 15 });
  for (const [index, label] of textsLike(
    scope,
    /^arn:[\w-]*:(?:iam|sts)::[^:]*:(?:user|role|root|assumed-role)/,
  ).entries()) {
    found.push({ label, type: "principal", detail: "used in this policy", score: 40 - index });
  }
  return found;
}

const PROVIDERS = [
  "cognito-identity.amazonaws.com",
  "www.amazon.com",
  "graph.facebook.com",
  "accounts.google.com",
];

function federated(scope: Scope): readonly Suggestion[] {
  const account = accountId(scope);
  const shown = account ?? "<account>";
  const id = account ?? "account";
  const found: Suggestion[] = PROVIDERS_OF_ACCOUNT.map(([path, text, detail], index) => ({
    label: `arn:aws:iam::${shown}:${path}`,
    type: "principal",
    detail,
    insert: { text: `arn:aws:iam::${stop(1, id)}:${text}` },
    score: 10 - index,
  }));
  for (const [index, label] of PROVIDERS.entries())
    found.push({ label, type: "principal", score: 5 - index });
  return found;
}
