/** Principals by their type: accounts and roles, service principals, identity providers. */
import { GITHUB } from "../../policy/federated-provider.js";
import { stop } from "../snippet-text.js";
import { servicePrincipals } from "./condition-values.js";
import type { Suggestion } from "./offer.js";
import { accountId, type Scope, textsLike } from "./scope.js";

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
  const forms: readonly (readonly [path: string, text: string, detail: string])[] = [
    ["root", "root", "everyone in the account whom it lets"],
    ["role/<role-name>", `role/${stop(2, "role-name")}`, "one role"],
    ["user/<user-name>", `user/${stop(2, "user-name")}`, "one user"],
  ];
  const found: Suggestion[] = forms.map(([path, text, detail], index) => ({
    label: `arn:aws:iam::${shown}:${path}`,
    type: "principal",
    detail,
    insert: { text: `arn:aws:iam::${stop(1, id)}:${text}` },
    about: { what: "principal", type: "AWS", name: `arn:aws:iam::${shown}:${path}` },
    score: 20 - index,
  }));
  found.push({
    label: `arn:aws:sts::${shown}:assumed-role/<role-name>/<session-name>`,
    type: "principal",
    detail: "one session of a role",
    insert: {
      text: `arn:aws:sts::${stop(1, id)}:assumed-role/${stop(2, "role-name")}/${stop(3, "session-name")}`,
    },
    score: 10,
  });
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
  const forms: readonly (readonly [path: string, text: string, detail: string])[] = [
    [`oidc-provider/${GITHUB}`, `oidc-provider/${GITHUB}`, "GitHub Actions"],
    ["saml-provider/<provider-name>", `saml-provider/${stop(2, "provider-name")}`, "SAML"],
    ["oidc-provider/<provider-host>", `oidc-provider/${stop(2, "provider-host")}`, "OpenID Connect"],
  ];
  const found: Suggestion[] = forms.map(([path, text, detail], index) => ({
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
