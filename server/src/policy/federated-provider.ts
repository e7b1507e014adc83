/**
 * The identity provider that an entry of `Principal.Federated` names. Whether a role should trust it is not told here.
 * See https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-federated-web-identity
 */
import { parseArn } from "./arn.js";
import type { Principal } from "./principal.js";

export interface FederatedProvider {
  readonly protocol: "SAML" | "OIDC";
  /** Host and path without `https://`: what the provider's condition keys begin with. Empty for SAML. */
  readonly issuer: string;
}

const DOMAIN = /^(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+[a-z]{2,}(?::\d+)?(?:\/\S*)?$/i;
const SAML = "saml-provider/";
const OIDC = "oidc-provider/";

/** `undefined` where the text names no provider of either protocol. */
export function federatedProvider(value: string): FederatedProvider | undefined {
  const arn = parseArn(value);
  if (arn === undefined) return DOMAIN.test(value) ? { protocol: "OIDC", issuer: value } : undefined;
  if (arn.service !== "iam" || arn.region !== "") return undefined;
  const { resource } = arn;
  if (resource.startsWith(SAML) && resource.length > SAML.length) return { protocol: "SAML", issuer: "" };
  if (!resource.startsWith(OIDC) || resource.length === OIDC.length) return undefined;
  return { protocol: "OIDC", issuer: resource.slice(OIDC.length) };
}

/** The provider that an entry trusts; `undefined` for entries of other types. */
export function trustedProvider({ type, value }: Principal): FederatedProvider | undefined {
  return type?.value === "Federated" ? federatedProvider(value) : undefined;
}

/** The issuer of the tokens of GitHub Actions. */
export const GITHUB = "token.actions.githubusercontent.com";
