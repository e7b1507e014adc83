/** AWS's own words for the parts of a policy, each stated once. */

export const VERSIONS = ["2012-10-17", "2008-10-17"] as const;
/** The version with policy variables, and the one to write. */
export const CURRENT_VERSION = VERSIONS[0];

export const ALLOW = "Allow";
export const DENY = "Deny";
export const EFFECTS = [ALLOW, DENY] as const;

export const DOCUMENT_ELEMENTS = ["Version", "Id", "Statement"] as const;
export const STATEMENT_ELEMENTS = [
  "Sid",
  "Effect",
  "Principal",
  "NotPrincipal",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
] as const;

export type DocumentElement = (typeof DOCUMENT_ELEMENTS)[number];
export type StatementElement = (typeof STATEMENT_ELEMENTS)[number];

export const PRINCIPAL_TYPES = ["AWS", "Service", "Federated", "CanonicalUser"] as const;
export type PrincipalType = (typeof PRINCIPAL_TYPES)[number];

/** What a policy hangs on decides its grammar. `unknown` is a policy that could be several of them. */
export const POLICY_KINDS = [
  "identity",
  "resource",
  "trust",
  "scp",
  "rcp",
  "boundary",
  "session",
  "endpoint",
  "unknown",
] as const;
export type PolicyKind = (typeof POLICY_KINDS)[number];

/** What a role's trust policy can grant. See https://docs.aws.amazon.com/STS/latest/APIReference/API_Operations.html */
export const TRUST_ACTIONS = [
  "sts:AssumeRole",
  "sts:AssumeRoleWithSAML",
  "sts:AssumeRoleWithWebIdentity",
  "sts:SetContext",
  "sts:SetSourceIdentity",
  "sts:TagSession",
] as const;
