/**
 * OpenID Connect providers that sign tokens for many customers with one address, and the condition keys of which IAM
 * wants one in every trust policy for them.
 * See https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html
 */

/** The claim behind the issuer's address, or a full condition key. */
const CLAIMS: Readonly<Record<string, readonly string[]>> = {
  "agent.buildkite.com": ["sub"],
  "api.pulumi.com/oidc": ["aud"],
  "app.terraform.io": ["sub"],
  "cognito-identity.amazonaws.com": ["aud"],
  "gitlab.com": ["sub"],
  "oidc-configuration.audit-log.githubusercontent.com": ["sub"],
  "oidc.codefresh.io": ["sub"],
  "oidc.op1.openshiftapps.com/2c51blsaqa9gkjt0o9rt11mle8mmropu": ["sub"],
  "oidc.op1.openshiftapps.com/2f785sojlpb85i7402pk3qogugim5nfb": ["sub"],
  "oidc.vercel.com": ["aud"],
  "proidc.upbound.io": ["sub"],
  "rh-oidc.s3.us-east-1.amazonaws.com/22ejnvnnturfmt6km08idd0nt4hekbn7": ["sub"],
  "rh-oidc.s3.us-east-1.amazonaws.com/23e3sd27sju1hoou6ohfs68vbno607tr": ["sub"],
  "rh-oidc.s3.us-east-1.amazonaws.com/23ne21h005qjl3n33d8dui5dlrmv2tmg": ["sub"],
  "rh-oidc.s3.us-east-1.amazonaws.com/24jrf12m5dj7ljlfb4ta2frhrcoadm26": ["sub"],
  "sandboxes.cloud": ["aud"],
  "scalr.io": ["sub"],
  "sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d": ["sts:rolesessionname"],
  "studio.datachain.ai/api": ["sub"],
  "token.actions.githubusercontent.com": ["sub", "job_workflow_ref"],
  "tokens.cloud.shisho.dev": ["sub"],
  "vstoken.actions.githubusercontent.com": ["sub"],
};

/** Condition keys in lower case, any of which will do; `undefined` for a provider that is not shared. */
export function requiredClaims(issuer: string): readonly string[] | undefined {
  if (!Object.hasOwn(CLAIMS, issuer)) return undefined;
  return CLAIMS[issuer]?.map((claim) => (claim.includes(":") ? claim : `${issuer}:${claim}`));
}
