/** What an account file names, for completion: ARNs as the file writes them, placeholders and all. */
export interface AccountNames {
  /** Twelve digits, or a placeholder. */
  readonly id: string | undefined;
  readonly region: string | undefined;
  readonly users: readonly string[];
  readonly roles: readonly string[];
  readonly buckets: readonly string[];
  /** Managed policies and whatever else has an ARN. */
  readonly others: readonly string[];
}
