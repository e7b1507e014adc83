/**
 * What IAM Access Analyzer is asked about policies, and what it answers: a port. `aws/access-analyzer.ts` stands behind
 * it. See https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_ValidatePolicy.html
 */

export interface PolicyValidator {
  /** Free of charge. Rejects with a `TargetError`, as everything here. */
  validate(policy: SubmittedPolicy, options?: AskOptions): Promise<readonly AwsFinding[]>;
  /**
   * Does the new text allow something that the old one does not? This call and the two below are charged for: each is
   * sent once, and tried again by nobody but the caller.
   */
  checkNoNewAccess(old: string, updated: SubmittedPolicy, options?: AskOptions): Promise<CheckResult>;
  checkAccessNotGranted(
    policy: SubmittedPolicy,
    access: { readonly actions: readonly string[]; readonly resources: readonly string[] },
    options?: AskOptions,
  ): Promise<CheckResult>;
  /** @param resourceType as the check calls it, such as `AWS::S3::Bucket` */
  checkNoPublicAccess(text: string, resourceType: string, options?: AskOptions): Promise<CheckResult>;
}

export interface AskOptions {
  readonly signal?: AbortSignal;
  /** A language tag such as `de`; messages come in the nearest language that AWS writes. */
  readonly locale?: string;
}

export type AwsPolicyType =
  | "IDENTITY_POLICY"
  | "RESOURCE_POLICY"
  | "SERVICE_CONTROL_POLICY"
  | "RESOURCE_CONTROL_POLICY";

/** A policy as AWS gets it. */
export interface SubmittedPolicy {
  readonly text: string;
  readonly type: AwsPolicyType;
  /** As CloudFormation names it, such as `AWS::S3::Bucket`. */
  readonly resourceType: string | undefined;
}

export interface AwsFinding {
  /** The name of the check, such as `INVALID_ACTION`. */
  readonly code: string;
  readonly type: "ERROR" | "SECURITY_WARNING" | "WARNING" | "SUGGESTION";
  readonly message: string;
  readonly link: string;
  readonly locations: readonly AwsLocation[];
}

export interface AwsLocation {
  readonly path: readonly AwsPathElement[];
  /** Characters from the start of the text. What counts as one is not documented for those beyond the BMP. */
  readonly start: number;
  readonly end: number;
}

export type AwsPathElement =
  | { readonly index: number }
  /** The key itself. */
  | { readonly key: string }
  /** What the key leads to. */
  | { readonly value: string }
  | { readonly substring: { readonly start: number; readonly length: number } };

export interface CheckResult {
  readonly passed: boolean;
  readonly message: string;
  /** Why not. */
  readonly reasons: readonly CheckReason[];
}

export interface CheckReason {
  readonly description: string;
  /** From 0, in the text that was sent. */
  readonly statementIndex: number | undefined;
  readonly statementId: string | undefined;
}
