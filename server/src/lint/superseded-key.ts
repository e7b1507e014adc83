/** The one global key that AWS has replaced. Two checks report it: which of them depends on the kind of policy. */

/** In lower case. */
export const SUPERSEDED_KEY = "aws:arn";
export const SUPERSEDING_KEY = "aws:PrincipalArn";
