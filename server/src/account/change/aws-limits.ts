/**
 * How many of a thing AWS lets an account have. How long policies may be is `policy/policy-quota.ts`'s.
 * See https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
import { IDENTITY_POLICY, INLINE_OF_GROUP, INLINE_OF_USER } from "../../policy/policy-quota.js";

export const VERSIONS_OF_POLICY = 5;
export const GROUPS_OF_USER = 10;
export const ATTACHED_POLICIES = 10;
/** AWS raises the quota up to this on request. */
export const RAISED_ATTACHED_POLICIES = 20;
export const TAGS = 50;
/** Characters of all inline policies together, white space not counted. */
export const INLINE_POLICIES = {
  user: INLINE_OF_USER,
  group: INLINE_OF_GROUP,
  role: IDENTITY_POLICY,
} as const;

export const IAM_NAME = /^[\w+=,.@-]+$/;
/** Characters. */
export const NAME_LENGTH = {
  user: 64,
  role: 64,
  group: 128,
  policy: 128,
  "instance profile": 128,
} as const;
