/**
 * The credential report of IAM: comma-separated values without quotes.
 * See https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
 */
import type { CredentialRow } from "./account-facts.js";

export function readCredentialReport(csv: string): readonly CredentialRow[] {
  const [head = "", ...lines] = csv.split(/\r?\n/).filter((line) => line !== "");
  const columns = head.split(",");
  return lines.map((line) => {
    const cells = line.split(",");
    const cell = (name: string) => cells[columns.indexOf(name)] ?? "";
    const keys = [1, 2].map((number) => ({
      active: cell(`access_key_${number}_active`).toLowerCase() === "true",
      rotated: time(cell(`access_key_${number}_last_rotated`)),
      used: time(cell(`access_key_${number}_last_used_date`)),
    }));
    return {
      user: cell("user"),
      hasPassword: cell("password_enabled").toLowerCase() === "true",
      passwordUsed: time(cell("password_last_used")),
      hasMfa: cell("mfa_active").toLowerCase() === "true",
      keys: keys.filter(({ active, rotated }) => active || rotated !== undefined),
    };
  });
}

/** The report writes `N/A`, `no_information` and `not_supported` where there is no time. */
function time(cell: string): string | undefined {
  return /^\d{4}-\d\d-\d\dT/.test(cell) ? cell : undefined;
}
