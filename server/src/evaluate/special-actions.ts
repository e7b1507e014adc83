/** The few actions that AWS weighs by a rule of their own, by name in lower case; the rules are `decide.ts`'s and `request.ts`'s. */

/** Asking who one is. */
export const WHO_AM_I = "sts:getcalleridentity";
/** Handing a permission for a key back. */
export const RETIRE_GRANT = "kms:retiregrant";

/** Working with the policy of a bucket. */
export function isBucketPolicyAction(action: string): boolean {
  return BUCKET_POLICY_ACTION.test(action);
}

const BUCKET_POLICY_ACTION = /^s3:(get|put|delete)bucketpolicy$/;

/** Taking on a role, and what belongs to it: the trust policy has to allow it. */
export function isTrustAction(action: string): boolean {
  return TRUST_ACTION.test(action);
}

const TRUST_ACTION =
  /^sts:(assumerole|assumerolewithsaml|assumerolewithwebidentity|tagsession|setsourceidentity|setcontext)$/;

/** Does it matter to AWS itself which resource the action is about? Keys and roles rule themselves. */
export function isAboutRuler(action: string): boolean {
  return action.startsWith("kms:") || isTrustAction(action);
}

/** Can the action turn out otherwise than its neighbours, although every statement treats them alike? */
export function hasOwnRule(action: string): boolean {
  return (
    action === WHO_AM_I || action === RETIRE_GRANT || isBucketPolicyAction(action) || isTrustAction(action)
  );
}
